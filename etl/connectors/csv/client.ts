import { SourceError } from '../../connector.js';
import { openSourceFile, type SourceFile } from '../../files/source-file.js';
import { lineBlocks } from '../../files/text-lines.js';
import { checkColumns } from '../../tables/columns.js';
import type { CsvConfig } from './payload.js';
import { CsvScanner, type ScannedRecord } from './scanner.js';

export interface Table {
  file: SourceFile;
  columns: string[];
  /** Records after the header, in file order. */
  records: AsyncIterable<ScannedRecord[]>;
  /** For those who do not read the records to their end. */
  close(): Promise<unknown>;
}

/** Opens the file, reads its header and compares it with the mapping. Throws `SourceError` where they do not fit. */
export async function openTable(config: CsvConfig, signal: AbortSignal): Promise<Table> {
  const file = await openSourceFile(config.file, signal);
  const batches = scan(file, config);
  const close = () => batches.return(undefined);
  try {
    const first = await batches.next();
    const [header, ...rest] = first.done ? [] : first.value;
    if (!header) throw new SourceError(`${file.name} is empty; export it again.`);
    if ('broken' in header) throw new SourceError(`${file.name} line ${header.line}: the header cannot be read: ${header.broken.reason}`);
    const columns = header.cells.map((cell) => cell.trim());
    const hint = columns.length === 1 ? ` The file has one column only: is the delimiter "${config.mapping.file.delimiter}" right?` : '';
    checkColumns(columns, config.mapping, file.name, hint);
    return { file, columns, records: following(rest, batches), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function* scan(file: SourceFile, config: CsvConfig): AsyncGenerator<ScannedRecord[]> {
  const { delimiter, quote, encoding } = config.mapping.file;
  const scanner = new CsvScanner(delimiter, quote);
  for await (const block of lineBlocks(file.chunks, encoding)) {
    const records = 'text' in block ? [...scanner.push(block.text, block.broken)] : [...scanner.oversize(block.oversize, block.bytes)];
    if (records.length > 0) yield records;
  }
  const last = [...scanner.end()];
  if (last.length > 0) yield last;
}

async function* following(rest: ScannedRecord[], batches: AsyncGenerator<ScannedRecord[]>): AsyncGenerator<ScannedRecord[]> {
  if (rest.length > 0) yield rest;
  yield* batches;
}
