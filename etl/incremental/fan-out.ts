/**
 * Asks for something of each item, at most `concurrency` at a time, and gives the answers in the order of the items. The
 * first failure ends it; requests under way are waited for, so that nothing runs on unseen.
 */
export async function fanOut<T, R>(items: readonly T[], concurrency: number, ask: (item: T) => Promise<R>): Promise<R[]> {
  const answers = new Array<R>(items.length);
  let next = 0;
  let failure: { cause: unknown } | null = null;
  const worker = async () => {
    for (;;) {
      const index = next;
      next += 1;
      const item = items[index];
      if (index >= items.length || failure !== null) return;
      try {
        answers[index] = await ask(item as T);
      } catch (cause) {
        failure ??= { cause };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
  // Assigned in the workers, which the compiler does not follow.
  const ended = failure as { cause: unknown } | null;
  if (ended !== null) throw ended.cause;
  return answers;
}
