import {
  SourceError,
  type CheckResult,
  type Connector,
  type Context,
  type Cursor,
  type Page,
  type RawRecord,
  type UnreadableRecord,
} from '../../connector.js';
import { calendarsOf, settingsOf } from '../../files/connection-settings.js';
import { isSameFile, type FileIdentity } from '../../files/source-file.js';
import { capabilitiesOf } from '../../tables/capabilities.js';
import { rowRecords, tableDependsOn } from '../../tables/records.js';
import { mapRow } from '../../tables/row.js';
import { checked } from '../checked.js';
import { openTable, type Table } from './client.js';
import { configSchema, type CsvConfig } from './payload.js';
import type { ScannedRecord } from './scanner.js';

const pageSize = 5_000;

interface State {
  file: FileIdentity;
  /** Records after the header that are loaded. */
  records: number;
  done: boolean;
}

/** Any event log or item list in a table: plain or gzip, streamed. What its columns mean is told by a mapping. */
export const csvConnector: Connector<CsvConfig> = {
  id: 'csv',
  mapVersion: 1,
  configSchema,
  secretNames: [],
  check,
  discover: (config) =>
    Promise.resolve({
      streams: [{ name: 'rows', order: 'asc', grain: 's' }],
      capabilities: capabilitiesOf(config.mapping),
      settings: settingsOf(config.mapping, config.mapping.times.zone),
      calendars: calendarsOf(config.mapping, config.mapping.times.zone),
    }),
  read: (config, _stream, from, context) => read(config, from, context),
  map: (config, _stream, record) => mapRow(config, record),
  dependsOn: ({ mapping }) => tableDependsOn(mapping),
};

function check(config: CsvConfig, context: Context): Promise<CheckResult> {
  return checked(async () => {
    const table = await openTable(config, context.signal);
    await table.close();
    return { ok: true, findings: [`${table.file.name} has ${table.columns.length} columns, among them all that the mapping names.`] };
  });
}

/** A file that is the same as at the checkpoint is read on from there; any other, or one read to its end, from the start. */
async function* read(config: CsvConfig, from: Cursor | null, context: Context): AsyncGenerator<Page> {
  const table = await openTable(config, context.signal);
  const state = from?.state as unknown as State | undefined;
  const isSame = state && !state.done && isSameFile(state.file, table.file.identity);
  const skipped = isSame ? state.records : 0;
  const identify = recordsOf(config.mapping, table);
  const page = (records: Page['records'], count: number, done: boolean): Page => ({
    records,
    next: { v: 1, state: { file: { ...table.file.identity }, records: count, done } },
    done,
    sourceNow: null,
    progress: table.file.progress(),
  });
  let count = 0;
  let records: Page['records'] = [];
  try {
    for await (const batch of table.records) {
      for (const scanned of batch) {
        const record = identify(scanned);
        count += 1;
        if (count > skipped) records.push(record);
        if (records.length < pageSize) continue;
        yield page(records, count, false);
        records = [];
      }
    }
  } catch (error) {
    if (records.length > 0) yield page(records, count, false);
    throw error;
  }
  if (count === 0) throw new SourceError(`${table.file.name} has a header but no rows; export it again.`);
  yield page(records, count, true);
}

function recordsOf(mapping: CsvConfig['mapping'], { columns, file }: Table): (scanned: ScannedRecord) => RawRecord | UnreadableRecord {
  const identify = rowRecords(mapping, columns, mapping.file.delimiter);
  return (scanned) => {
    const position = `${file.name} line ${scanned.line}`;
    if ('broken' in scanned) return { unreadable: { ...scanned.broken, position } };
    const { cells } = scanned;
    if (cells.length === columns.length) return identify({ cells, position });
    const reason = `The row has ${cells.length} cells, the header names ${columns.length}.`;
    return { unreadable: { code: 'wrong_cell_count', reason, position, raw: Buffer.from(cells.join(mapping.file.delimiter)) } };
  };
}
