import type { Page } from './connector.js';

/** Fetches and prepares the next page while this one is being written. */
export async function* readAhead<T>(pages: AsyncIterable<Page>, prepare: (page: Page) => T): AsyncGenerator<T> {
  const iterator = pages[Symbol.asyncIterator]();
  const fetch = async () => {
    const step = await iterator.next();
    return step.done ? null : prepare(step.value);
  };
  let next = fetch();
  try {
    for (;;) {
      const prepared = await next;
      if (prepared === null) return;
      next = fetch();
      // Its failure is met by the next turn of the loop, not before.
      next.catch(() => undefined);
      yield prepared;
    }
  } finally {
    await next.catch(() => undefined);
    await iterator.return?.();
  }
}
