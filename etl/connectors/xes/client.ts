import { openSourceFile, type SourceFile } from '../../files/source-file.js';
import { utf8Text } from '../../files/utf8-text.js';
import { TraceParser, type ParsedTrace } from './trace-parser.js';

/** Opens a log, plain or gzip, and yields its traces in file order as they end. */
export async function openLog(path: string, signal: AbortSignal): Promise<{ file: SourceFile; traces: AsyncIterable<ParsedTrace[]> }> {
  const file = await openSourceFile(path, signal);
  return { file, traces: parse(file) };
}

async function* parse(file: SourceFile): AsyncGenerator<ParsedTrace[]> {
  const parser = new TraceParser(file.name);
  for await (const text of utf8Text(file)) {
    const traces = parser.push(text);
    if (traces.length > 0) yield traces;
  }
  const last = parser.end();
  if (last.length > 0) yield last;
}
