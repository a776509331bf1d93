import { isIP } from 'node:net';
import pg from 'pg';
import { SourceError } from '../../connector.js';
import type { CursorKind } from './cursor.js';
import { saidBy, type Bound, type Column, type Opening, type SourceDatabase } from './source-database.js';

const rowsPerFetch = 1_000;

const kinds: Record<string, CursorKind> = {
  'timestamp with time zone': 'instant',
  'timestamp without time zone': 'local',
  date: 'date',
  smallint: 'number',
  integer: 'number',
  bigint: 'number',
  numeric: 'number',
};

/** Values stay as PostgreSQL writes them; only booleans are spelt out. */
const boolean = 16;
const types = { getTypeParser: (oid: number) => (oid === boolean ? (value: string) => (value === 't' ? 'true' : 'false') : String) };

/** Opens PostgreSQL for reading alone. Throws `SourceError` with what to change. */
export async function openPostgres({ server, address, password, tls, query, timeoutMs }: Opening): Promise<SourceDatabase> {
  const { user, database, host, port } = server;
  const client = new pg.Client({
    host: address,
    port,
    user,
    database,
    password,
    // What the certificate must be for, since what is connected to is the address that was checked.
    ssl: tls === null ? false : { ...tls, host, ...(isIP(host) === 0 ? { servername: host } : {}) },
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'throughline',
    types,
  });
  // A session that is lost shows at the next statement.
  client.on('error', () => undefined);
  const where = `${database} on ${host}:${port}`;
  const run = (text: string, values: unknown[] = []) => statement(client, where, text, values);
  try {
    await client.connect().catch((cause: unknown) => {
      throw new SourceError(`${where} cannot be opened as "${user}": ${saidBy(cause)}.`, { cause });
    });
    await run('set session characteristics as transaction read only');
    await run(
      `select set_config('statement_timeout', $1, false), set_config('timezone', 'UTC', false), set_config('datestyle', 'ISO, YMD', false)`,
      [`${timeoutMs}ms`],
    );
    await run('begin isolation level repeatable read read only');
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  const version = (await run(`select current_setting('server_version')`)).rows[0]?.[0] ?? '';
  return {
    about: `PostgreSQL ${version}, ${where} as "${user}", ${tls === null ? 'without TLS' : tls.rejectUnauthorized ? 'TLS verified' : 'TLS not verified'}`,
    columns: async () => (await describe(run, query)).map(({ column }) => column),
    now: async () => (await run(`select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)).rows[0]?.[0] ?? '',
    rows: (bound) => fetchRows(run, query, bound),
    writes: () => writesOf(run),
    isIndexed: (name) => isIndexed(run, query, name),
    close: () => client.end().catch(() => undefined),
  };
}

type Run = (text: string, values?: unknown[]) => Promise<{ rows: string[][]; fields: pg.FieldDef[] }>;

/** Always by the extended protocol, which takes one statement and no more. */
async function statement(client: pg.Client, where: string, text: string, values: unknown[]): ReturnType<Run> {
  try {
    const config = { text, values, rowMode: 'array', queryMode: 'extended' } as pg.QueryArrayConfig;
    const { rows, fields } = await client.query<(string | null)[]>(config);
    return { rows: rows.map((row) => row.map((value) => value ?? '')), fields };
  } catch (cause) {
    throw new SourceError(`${where}: ${saidBy(cause)}.`, { cause });
  }
}

const wrapped = (query: string) => `select * from (\n${query}\n) as rows_of_query`;

async function describe(run: Run, query: string): Promise<{ column: Column; field: pg.FieldDef }[]> {
  const { fields } = await run(`${wrapped(query)} limit 0`);
  const oids = [...new Set(fields.map((field) => field.dataTypeID))];
  const named = await run('select oid::text, format_type(oid, null) from unnest($1::oid[]) as asked (oid)', [oids]);
  const names = new Map(named.rows.map(([oid = '', name = '']) => [Number(oid), name]));
  return fields.map((field) => {
    const type = names.get(field.dataTypeID) ?? '';
    return { column: { name: field.name, kind: kinds[type] ?? null, type }, field };
  });
}

async function* fetchRows(run: Run, query: string, bound: Bound | null): AsyncGenerator<string[][]> {
  const column = bound === null ? '' : pg.escapeIdentifier(bound.column.name);
  const where = bound === null || bound.from === null ? '' : `\nwhere ${column} >= $1::${bound.column.type} or ${column} is null`;
  const order = bound === null ? '' : `\norder by ${column}`;
  const values = bound === null || bound.from === null ? [] : [bound.from];
  await run(`declare reading no scroll cursor for ${wrapped(query)}${where}${order}`, values);
  for (;;) {
    const { rows } = await run(`fetch ${rowsPerFetch} from reading`);
    if (rows.length === 0) return;
    yield rows;
  }
}

async function writesOf(run: Run): Promise<string[]> {
  const role = await run('select rolsuper from pg_roles where rolname = current_user');
  if (role.rows[0]?.[0] === 'true') return ['it is a superuser'];
  const { rows } = await run(`
    select format('it may write to %s', string_agg(c.oid::regclass::text, ', ' order by c.oid::regclass::text) filter (where n <= 5)), count(*)
    from (
      select c.oid, row_number() over (order by c.oid::regclass::text) as n
      from pg_class c
      join pg_namespace s on s.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'f')
        and s.nspname not in ('pg_catalog', 'information_schema')
        and has_schema_privilege(s.oid, 'usage')
        and has_table_privilege(c.oid, 'insert, update, delete, truncate')
    ) c
    having count(*) > 0`);
  return rows.map(([found = '', count = '']) => (Number(count) > 5 ? `${found} and ${Number(count) - 5} more` : found));
}

async function isIndexed(run: Run, query: string, name: string): Promise<boolean | null> {
  const field = (await describe(run, query)).find(({ column }) => column.name === name)?.field;
  if (!field || field.tableID === 0) return null;
  const { rows } = await run('select count(*) from pg_index where indrelid = $1::oid and indkey[0] = $2::int and indisvalid', [
    field.tableID,
    field.columnID,
  ]);
  return rows[0]?.[0] !== '0';
}
