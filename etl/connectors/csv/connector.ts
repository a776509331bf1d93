import { hash } from 'node:crypto';
import {
  SourceError,
  type CheckResult,
  type Connector,
  type Context,
  type Cursor,
  type Json,
  type Page,
  type RawRecord,
  type UnreadableRecord,
} from '../../connector.js';
import { calendarsOf, settingsOf } from '../../files/connection-settings.js';
import { capabilitiesOf } from './capabilities.js';
import { openTable, type Table } from './client.js';
import { Fingerprints } from '../../files/fingerprints.js';
import { isSameFile, type FileIdentity } from '../../files/source-file.js';
import { mapRow } from './map.js';
import { configSchema, type CsvConfig, type Mapping } from './payload.js';
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
  dependsOn: ({ mapping }) => ({ identity: identityOf(mapping), mapping: mappingOf(mapping) }),
};

async function check(config: CsvConfig, context: Context): Promise<CheckResult> {
  try {
    const table = await openTable(config, context.signal);
    await table.close();
    return { ok: true, findings: [`${table.file.name} has ${table.columns.length} columns, among them all that the mapping names.`] };
  } catch (error) {
    return { ok: false, findings: [error instanceof Error ? error.message : String(error)] };
  }
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

/**
 * Gives a row its identity: the id column where there is one, else the hash of its cells and how often that very row was
 * met before. Back-filled columns are left out, since a later export shows other values on the same old row.
 */
function recordsOf(mapping: Mapping, table: Table): (scanned: ScannedRecord) => RawRecord | UnreadableRecord {
  const { columns, file } = table;
  const rows = new Fingerprints();
  const ids = new Fingerprints();
  const items = new Fingerprints();
  const idColumn = columns.indexOf(mapping.rows === 'items' ? mapping.item.id : (mapping.event.id ?? ''));
  const itemColumn = columns.indexOf(mapping.item.id);
  const told = columns.map((_, index) => index).filter((index) => !mapping.backFilled.includes(columns[index] ?? ''));
  const ordered = [...told].sort((a, b) => ((columns[a] ?? '') < (columns[b] ?? '') ? -1 : 1));
  return (scanned) => {
    const position = `${file.name} line ${scanned.line}`;
    if ('broken' in scanned) return { unreadable: { ...scanned.broken, position } };
    const { cells } = scanned;
    const unreadable = (code: string, reason: string) => ({
      unreadable: { code, reason, position, raw: Buffer.from(cells.join(mapping.file.delimiter)) },
    });
    if (cells.length !== columns.length)
      return unreadable('wrong_cell_count', `The row has ${cells.length} cells, the header names ${columns.length}.`);
    const digest = hash('sha256', ordered.map((index) => cells[index]).join('\u001f'), 'buffer');
    const occurrence = rows.countDigest(digest);
    const n = items.count(cells[itemColumn] ?? '');
    const id = idColumn === -1 ? '' : (cells[idColumn] ?? '').trim();
    if (id !== '' && ids.count(id) > 1 && occurrence === 1) {
      return unreadable(
        'id_twice',
        `Column "${columns[idColumn]}" has "${id}" on an earlier row too, and the rows differ; each row needs an id of its own.`,
      );
    }
    const externalId = id !== '' ? id : `${digest.toString('hex', 0, 16)}${occurrence > 1 ? `-${occurrence}` : ''}`;
    return { externalId, payload: { columns, cells, n: idColumn !== -1 && mapping.rows === 'items' ? 1 : n }, op: 'upsert', position };
  };
}

function identityOf({ rows, item, event, backFilled }: Mapping): Json {
  return { rows, id: rows === 'items' ? item.id : (event.id ?? null), itemId: item.id, backFilled: [...backFilled].sort() };
}

/** Of the statuses only those that end an item change what a row says; the courts are looked up later. */
function mappingOf({ settings: _settings, calendar: _calendar, statuses, ...rest }: Mapping): Json {
  const ends = Object.entries(statuses).filter(([, meaning]) => meaning === 'done' || meaning === 'cancelled');
  return JSON.parse(JSON.stringify({ ...rest, statuses: Object.fromEntries(ends) })) as Json;
}
