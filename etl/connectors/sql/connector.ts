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
import { nearest } from '../../files/nearest.js';
import { capabilitiesOf } from '../../tables/capabilities.js';
import { checkColumns } from '../../tables/columns.js';
import { rowRecords, tableDependsOn } from '../../tables/records.js';
import { mapRow } from '../../tables/row.js';
import { checked } from '../checked.js';
import { openDatabase } from './client.js';
import type { Column, SourceDatabase } from './source-database.js';
import { clockAs, further, lowerBound, overlapOf, type CursorKind } from './cursor.js';
import { serverOf, sqlConfigSchema, type SqlConfig } from './payload.js';

const rowsPerPage = 5_000;
const charactersPerPage = 16 * 1024 ** 2;
const longestCell = 1024 ** 2;
/** Beyond this the clocks of the two machines are worth a word. */
const muchSkewMs = 30_000;

/** Where the next reading begins; `rows`: how many were read until here. */
interface State {
  column: string | null;
  kind: CursorKind | null;
  reached: string | null;
  rows: number;
}

/** A query against another PostgreSQL, MySQL or MariaDB. Its rows are read by a mapping like those of a table in a file. */
export const sqlConnector: Connector<SqlConfig> = {
  id: 'sql',
  mapVersion: 1,
  configSchema: sqlConfigSchema,
  secretNames: ['password'],
  address: ({ address }) => {
    const { dialect, host, port, user } = serverOf(address);
    return `${dialect}://${user}@${host}:${port}`;
  },
  check,
  discover: (config) =>
    Promise.resolve({
      streams: [{ name: 'rows', order: 'asc', grain: config.cursor ? 'ms' : 'id' }],
      capabilities: capabilitiesOf(config.mapping),
      settings: settingsOf(config.mapping, config.mapping.times.zone),
      calendars: calendarsOf(config.mapping, config.mapping.times.zone),
    }),
  read: (config, _stream, from, context) => read(config, from, context),
  map: (config, _stream, record) => mapRow(config, record),
  dependsOn({ address, query, cursor, mapping }) {
    const table = tableDependsOn(mapping);
    return { identity: [address, query, cursor?.column ?? null, table.identity], mapping: table.mapping };
  },
};

function check(config: SqlConfig, context: Context): Promise<CheckResult> {
  return checked(async () => {
    const database = await openDatabase(config, context);
    try {
      const findings = [`Opened ${database.about}.`];
      const columns = await columnsOf(config, database);
      findings.push(`The query has ${columns.length} columns, among them all that the mapping names.`);
      const cursor = cursorOf(config, columns);
      if (!cursor) findings.push('No cursor is named, so every sync reads all rows.');
      else if ((await database.isIndexed(cursor.name)) === false)
        findings.push(`No index begins with the cursor column "${cursor.name}", so every sync reads the whole table; ask for one.`);
      for (const found of await database.writes())
        findings.push(`The role can do more than read: ${found}. Give it the right to select, and no other.`);
      const skew = Date.parse(await database.now()) - context.now().getTime();
      if (Math.abs(skew) > muchSkewMs)
        findings.push(
          `The clock of the database is ${Math.abs(Math.round(skew / 1000))} s ${skew > 0 ? 'ahead of' : 'behind'} the one here; its own counts.`,
        );
      return { ok: true, findings };
    } finally {
      await database.close();
    }
  });
}

async function columnsOf(config: SqlConfig, database: SourceDatabase): Promise<Column[]> {
  const columns = await database.columns();
  checkColumns(
    columns.map((column) => column.name),
    config.mapping,
    'The query',
  );
  return columns;
}

/** Null where none is named. Throws `SourceError` where it is not there, or of a type that gives no order in time. */
function cursorOf({ cursor }: SqlConfig, columns: readonly Column[]): (Column & { kind: CursorKind }) | null {
  if (!cursor) return null;
  const names = columns.map((column) => column.name);
  const column = columns.find((candidate) => candidate.name === cursor.column);
  if (!column) {
    const close = nearest(cursor.column, names);
    throw new SourceError(
      `The query has no column "${cursor.column}", which cursor.column names${close ? `; did you mean "${close}"?` : '.'} Its columns: ${names.join(', ')}.`,
    );
  }
  const { kind } = column;
  if (kind === null)
    throw new SourceError(
      `The cursor column "${column.name}" is ${column.type}; it must be a time, a date or a whole number. Cast it in the query.`,
    );
  return { ...column, kind };
}

async function* read(config: SqlConfig, from: Cursor | null, context: Context): AsyncGenerator<Page> {
  const database = await openDatabase(config, context);
  try {
    yield* pagesOf(config, database, from?.state as unknown as State | undefined, context);
  } finally {
    await database.close();
  }
}

async function* pagesOf(config: SqlConfig, database: SourceDatabase, before: State | undefined, { signal }: Context): AsyncGenerator<Page> {
  const columns = await columnsOf(config, database);
  const cursor = cursorOf(config, columns);
  const sourceNow = await database.now();
  const clock = cursor ? clockAs(cursor.kind, sourceNow, config.mapping.times.zone) : '';
  const known = cursor && before?.column === cursor.name && before.kind === cursor.kind ? before.reached : null;
  const bound = cursor && { column: cursor, from: known === null ? null : lowerBound(cursor.kind, known, overlapOf(config, cursor.kind)) };
  const state: State = { column: cursor?.name ?? null, kind: cursor?.kind ?? null, reached: known, rows: before?.rows ?? 0 };
  const names = columns.map((column) => column.name);
  const at = names.indexOf(cursor?.name ?? '');
  const identify = identified(config, names, cursor?.kind === 'number' ? at : -1);
  let records: Page['records'] = [];
  let characters = 0;
  const page = (done: boolean): Page => ({
    records,
    next: { v: 1, state: { ...state } },
    done,
    sourceNow,
    progress: { done: state.rows - (before?.rows ?? 0), unit: 'records' },
  });
  for await (const batch of database.rows(bound)) {
    signal.throwIfAborted();
    for (const cells of batch) {
      state.rows += 1;
      const value = cells[at] ?? '';
      if (cursor && value !== '') state.reached = further(cursor.kind, state.reached, value, clock);
      records.push(identify(cells, state.rows - (before?.rows ?? 0)));
      characters += cells.reduce((sum, cell) => sum + cell.length, 0);
    }
    if (records.length < rowsPerPage && characters < charactersPerPage) continue;
    yield page(false);
    records = [];
    characters = 0;
  }
  yield page(true);
}

/** `orderColumn`: where the cursor is an id that grows, it also tells which of two rows of an item comes first; -1: nothing does. */
function identified(
  config: SqlConfig,
  names: string[],
  orderColumn: number,
): (cells: string[], number: number) => RawRecord | UnreadableRecord {
  const identify = rowRecords(config.mapping, names);
  return (cells, number) => {
    const position = `row ${number} of the query`;
    const long = cells.findIndex((cell) => cell.length > longestCell);
    if (long !== -1) {
      const reason = `Column "${names[long]}" has ${cells[long]?.length} characters; the limit is ${longestCell}.`;
      return { unreadable: { code: 'cell_too_long', reason, position, raw: Buffer.from(cells.join(',').slice(0, 64 * 1024)) } };
    }
    const order = Number(cells[orderColumn] ?? '');
    return identify({ cells, position, place: Number.isSafeInteger(order * 4) && order > 0 ? order : 1 });
  };
}
