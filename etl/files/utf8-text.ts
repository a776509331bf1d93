import { SourceError } from '../connector.js';
import type { SourceFile } from './source-file.js';

/** The file as text, cut between characters, without a byte order mark. Throws `SourceError` where it is not UTF-8. */
export async function* utf8Text({ chunks, name }: SourceFile): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of chunks) yield decode(() => decoder.decode(chunk, { stream: true }), name);
  yield decode(() => decoder.decode(), name);
}

function decode(work: () => string, name: string): string {
  try {
    return work();
  } catch (cause) {
    throw new SourceError(`${name} is not UTF-8; save it as UTF-8.`, { cause });
  }
}
