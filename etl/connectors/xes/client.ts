import { SourceError } from '../../connector.js';
import { openSourceFile, type SourceFile } from '../../files/source-file.js';
import { TraceParser, type ParsedTrace } from './trace-parser.js';

/** Opens a log, plain or gzip, and yields its traces in file order as they end. */
export async function openLog(path: string, signal: AbortSignal): Promise<{ file: SourceFile; traces: AsyncIterable<ParsedTrace[]> }> {
  const file = await openSourceFile(path, signal);
  return { file, traces: parse(file) };
}

async function* parse(file: SourceFile): AsyncGenerator<ParsedTrace[]> {
  const parser = new TraceParser(file.name);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of file.chunks) {
    const traces = parser.push(decode(decoder, chunk, file.name));
    if (traces.length > 0) yield traces;
  }
  const last = [...parser.push(decode(decoder, undefined, file.name)), ...parser.end()];
  if (last.length > 0) yield last;
}

function decode(decoder: TextDecoder, chunk: Buffer | undefined, name: string): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch (cause) {
    throw new SourceError(`${name} is not UTF-8; save it as UTF-8.`, { cause });
  }
}
