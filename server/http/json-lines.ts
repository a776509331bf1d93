import { Readable } from 'node:stream';
import { isAborted } from '#etl/error-code.js';
import { log } from '../console.js';
import { answerTo } from './error.filter.js';
import { httpErrorOf } from './refusals.interceptor.js';

/**
 * Objects as lines of NDJSON, each as soon as it is there; who leaves ends what makes them, which hears of it by a signal. What fails
 * before the first is thrown; what fails later is told by a last line, `{ "error": ErrorResponse }`.
 */
export async function jsonLines(make: (left: AbortSignal) => AsyncGenerator<object, void>, asked: string): Promise<Readable> {
  const left = new AbortController();
  const values = make(left.signal);
  const first = await values.next();
  const lines = async function* (): AsyncGenerator<string> {
    try {
      for (let next = first; !next.done; next = await values.next()) yield `${JSON.stringify(next.value)}\n`;
    } catch (error) {
      // Who asked has left; nobody reads a last line.
      if (isAborted(error)) throw error;
      yield `${JSON.stringify({ error: answerTo(httpErrorOf(error), asked, log) })}\n`;
    } finally {
      await values.return();
    }
  };
  const text = lines();
  const leaving: AsyncIterableIterator<string> = {
    next: () => text.next(),
    return() {
      // First: the generator returns when what it waits for has ended.
      left.abort();
      return text.return(undefined);
    },
    [Symbol.asyncIterator]: () => leaving,
  };
  return Readable.from(leaving, { objectMode: false });
}
