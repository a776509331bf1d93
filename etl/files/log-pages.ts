import type { Cursor, Page } from '../connector.js';
import { isSameFile, type FileIdentity, type SourceFile } from './source-file.js';

/** What a log says in one place, and how much of a page it fills beyond being one record. */
export interface LogRecord {
  record: Page['records'][number];
  weight: number;
}

interface State {
  file: FileIdentity;
  /** Records that are loaded. */
  records: number;
  done: boolean;
}

/**
 * The records of a log in pages. A log that is the same as at the checkpoint is read on from there; any other, or one read to
 * its end, from the start. Where the log breaks off, what was read of it is still given.
 */
export async function* logPages(
  file: SourceFile,
  batches: AsyncIterable<LogRecord[]>,
  from: Cursor | null,
  most: { records: number; weight: number },
): AsyncGenerator<Page> {
  const state = from?.state as unknown as State | undefined;
  const skipped = state && !state.done && isSameFile(state.file, file.identity) ? state.records : 0;
  let count = 0;
  let filled = 0;
  let records: Page['records'] = [];
  const page = (done: boolean): Page => ({
    records,
    next: { v: 1, state: { file: { ...file.identity }, records: count, done } },
    done,
    sourceNow: null,
    progress: file.progress(),
  });
  try {
    for await (const batch of batches) {
      for (const { record, weight } of batch) {
        count += 1;
        if (count <= skipped) continue;
        records.push(record);
        filled += weight;
        if (records.length < most.records && filled < most.weight) continue;
        yield page(false);
        records = [];
        filled = 0;
      }
    }
  } catch (error) {
    if (records.length > 0) yield page(false);
    throw error;
  }
  yield page(true);
}
