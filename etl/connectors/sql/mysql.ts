import { connect, isIP } from 'node:net';
import mysql, { type Connection, type FieldPacket, type RowDataPacket, type TypeCastField } from 'mysql2';
import { SourceError } from '../../connector.js';
import type { CursorKind } from './cursor.js';
import { saidBy, type Bound, type Column, type Opening, type SourceDatabase } from './source-database.js';

const rowsPerBatch = 1_000;

/** By the type codes of the protocol. */
const types = new Map<number, { name: string; kind: CursorKind | null }>([
  [mysql.Types.TINY, { name: 'tinyint', kind: 'number' }],
  [mysql.Types.SHORT, { name: 'smallint', kind: 'number' }],
  [mysql.Types.INT24, { name: 'mediumint', kind: 'number' }],
  [mysql.Types.LONG, { name: 'int', kind: 'number' }],
  [mysql.Types.LONGLONG, { name: 'bigint', kind: 'number' }],
  [mysql.Types.NEWDECIMAL, { name: 'decimal', kind: 'number' }],
  [mysql.Types.TIMESTAMP, { name: 'timestamp', kind: 'instant' }],
  [mysql.Types.DATETIME, { name: 'datetime', kind: 'local' }],
  [mysql.Types.DATE, { name: 'date', kind: 'date' }],
]);

const writing = /\b(ALL PRIVILEGES|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|FILE|SUPER)\b/;

/** Opens MySQL or MariaDB for reading alone. Throws `SourceError` with what to change. */
export async function openMysql({ server, address, password, tls, query, timeoutMs }: Opening): Promise<SourceDatabase> {
  const { user, database, host, port } = server;
  // The driver compares the certificate of an IP address with the name "localhost".
  if (tls?.rejectUnauthorized && isIP(host) !== 0)
    throw new SourceError(`${host} is an IP address: write the name that the certificate is for, or set tls to "unverified" or "off".`);
  const connection = mysql.createConnection({
    host,
    // The name is for the certificate; what is connected to is the address that was checked.
    stream: () => connect({ host: address, port, keepAlive: true }),
    user,
    database,
    password,
    ...(tls === null ? {} : { ssl: { ...tls, verifyIdentity: tls.rejectUnauthorized } }),
    connectTimeout: 10_000,
    // The server may ask for any file of ours otherwise.
    flags: ['-LOCAL_FILES'],
    multipleStatements: false,
    typeCast: asText,
  });
  // A session that is lost shows at the next statement.
  connection.on('error', () => undefined);
  const where = `${database} on ${host}:${port}`;
  const run = (text: string, values: string[] = []) => statement(connection, where, text, values);
  let version: string;
  try {
    await new Promise<void>((resolve, reject) => {
      connection.connect((error) => (error ? reject(error) : resolve()));
    }).catch((cause: unknown) => {
      throw new SourceError(`${where} cannot be opened as "${user}": ${saidBy(cause)}.`, { cause });
    });
    version = (await run('select version()')).rows[0]?.[0] ?? '';
    await run(`set time_zone = '+00:00'`);
    const isMariadb = /mariadb/i.test(version);
    await run(isMariadb ? `set max_statement_time = ${timeoutMs / 1000}` : `set max_execution_time = ${timeoutMs}`);
    await run('set session transaction isolation level repeatable read');
    await run('set session transaction read only');
    await run('start transaction with consistent snapshot, read only');
  } catch (error) {
    connection.destroy();
    throw error;
  }
  return {
    about: `${/mariadb/i.test(version) ? 'MariaDB' : 'MySQL'} ${version.split('-')[0]}, ${where} as "${user}", ${tls === null ? 'without TLS' : tls.rejectUnauthorized ? 'TLS verified' : 'TLS not verified'}`,
    columns: async () => (await run(`${wrapped(query)} limit 0`)).fields.map(columnOf),
    now: async () => (await run(`select date_format(utc_timestamp(3), '%Y-%m-%dT%H:%i:%s.%fZ')`)).rows[0]?.[0] ?? '',
    rows: (bound) => streamRows(connection, where, query, bound),
    writes: async () =>
      (await run('show grants')).rows.flatMap(([grant = '']) => (writing.test(grant.split(' ON ')[0] ?? '') ? [grantOf(grant)] : [])),
    isIndexed: (name) => isIndexed(connection, run, query, name),
    close: () => {
      connection.destroy();
      return Promise.resolve();
    },
  };
}

type Run = (text: string, values?: string[]) => Promise<{ rows: string[][]; fields: FieldPacket[] }>;

function statement(connection: Connection, where: string, text: string, values: string[]): ReturnType<Run> {
  return new Promise((resolve, reject) => {
    connection.query<RowDataPacket[][]>({ sql: text, values, rowsAsArray: true }, (error, rows, fields) => {
      if (error) reject(new SourceError(`${where}: ${saidBy(error)}.`, { cause: error }));
      else resolve({ rows: Array.isArray(rows) ? rows.map((row) => row.map(textOf)) : [], fields: fields ?? [] });
    });
  });
}

const wrapped = (query: string) => `select * from (\n${query}\n) as rows_of_query`;

function columnOf(field: FieldPacket): Column {
  const known = types.get(field.columnType ?? -1);
  return { name: field.name, kind: known?.kind ?? null, type: known?.name ?? 'text' };
}

async function* streamRows(connection: Connection, where: string, query: string, bound: Bound | null): AsyncGenerator<string[][]> {
  const column = bound === null ? '' : mysql.escapeId(bound.column.name, true);
  const condition = bound === null || bound.from === null ? '' : `\nwhere ${column} >= ? or ${column} is null`;
  const order = bound === null ? '' : `\norder by ${column}`;
  const values = bound === null || bound.from === null ? [] : [bound.from];
  const stream = connection
    .query({ sql: `${wrapped(query)}${condition}${order}`, values, rowsAsArray: true })
    .stream({ highWaterMark: rowsPerBatch });
  let batch: string[][] = [];
  try {
    for await (const row of stream as AsyncIterable<unknown[]>) {
      batch.push(row.map(textOf));
      if (batch.length < rowsPerBatch) continue;
      yield batch;
      batch = [];
    }
  } catch (cause) {
    throw new SourceError(`${where}: ${saidBy(cause)}.`, { cause });
  }
  if (batch.length > 0) yield batch;
}

/** Every value as text. A TIMESTAMP is an instant, told in UTC; a date of zeros stands for none. */
function asText(field: TypeCastField): string | null {
  if (field.type === 'BIT') {
    const bytes = field.buffer();
    return bytes === null ? null : String(bytes.reduce((sum, byte) => sum * 256 + byte, 0));
  }
  const text = field.string();
  if (text === null) return null;
  if (field.type !== 'TIMESTAMP' && field.type !== 'DATETIME' && field.type !== 'DATE') return text;
  if (text.startsWith('0000-00-00')) return null;
  return field.type === 'TIMESTAMP' ? `${text}Z` : text;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

async function isIndexed(connection: Connection, run: Run, query: string, name: string): Promise<boolean | null> {
  const field = (await preparedColumns(connection, query)).find((candidate) => candidate.name === name);
  if (!field?.orgTable || !field.orgName) return null;
  const { rows } = await run(
    'select count(*) from information_schema.statistics where table_schema = ? and table_name = ? and column_name = ? and seq_in_index = 1',
    [field.schema ?? '', field.orgTable, field.orgName],
  );
  return rows[0]?.[0] !== '0';
}

/** A statement that is prepared, not run, tells from which column of which table each of its columns comes. */
function preparedColumns(connection: Connection, query: string): Promise<FieldPacket[]> {
  return new Promise((resolve, reject) => {
    connection.prepare(query, (error, statement) => {
      if (error) return reject(error);
      const { columns } = statement as typeof statement & { columns: FieldPacket[] };
      statement.close();
      resolve(columns);
    });
  });
}

function grantOf(grant: string): string {
  const [rights = '', ...rest] = grant.split(' ON ');
  const on = rest.join(' ON ').split(' TO ')[0] ?? '';
  return `it may ${rights.replace(/^GRANT /, '')} on ${on}`;
}
