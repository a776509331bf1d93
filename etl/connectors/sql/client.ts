import { checkLiteral, guardedLookup } from '../../http/address.js';
import type { Context } from '../../connector.js';
import type { CursorKind } from './cursor.js';
import { openMysql } from './mysql.js';
import { serverOf, type Server, type SqlConfig } from './payload.js';
import { openPostgres } from './postgres.js';

/** One column of the query. `kind`: what it would be as a cursor; null: it cannot be one. */
export interface Column {
  name: string;
  kind: CursorKind | null;
  /** As the database names it. */
  type: string;
}

/** Rows from a value of the cursor column on, that value among them. Rows without a value always come. */
export interface Bound {
  column: Column;
  from: string | null;
}

/** A database that is open for one reading: read-only, in one snapshot. Every value comes as text, what is null as the empty text. */
export interface SourceDatabase {
  /** Name, version and how it is reached, for people. */
  readonly about: string;
  columns(): Promise<Column[]>;
  /** The clock of the database, ISO. */
  now(): Promise<string>;
  /** In the order of the cursor column, fetched as they are used. */
  rows(bound: Bound | null): AsyncIterable<string[][]>;
  /** What the role may do besides reading, in words; empty: nothing. */
  writes(): Promise<string[]>;
  /** Whether an index begins with the column; null: it is computed, so none can be told. */
  isIndexed(column: string): Promise<boolean | null>;
  close(): Promise<void>;
}

/** What a driver needs to open a database. `address`: the IP address that was checked, in place of the name. */
export interface Opening {
  server: Server;
  address: string;
  password: string;
  tls: { rejectUnauthorized: boolean; ca?: string } | null;
  query: string;
  timeoutMs: number;
}

const loopback = ['localhost', '127.0.0.1', '::1'];

/** Opens the database. Throws `SourceError` naming server and remedy, never the password. */
export async function openDatabase(config: SqlConfig, context: Context): Promise<SourceDatabase> {
  const server = serverOf(config.address);
  const mode = config.tls ?? (loopback.includes(server.host) ? 'off' : 'verify');
  const opening: Opening = {
    server,
    address: await checkedAddress(server),
    password: await context.secret('password'),
    tls: mode === 'off' ? null : { rejectUnauthorized: mode === 'verify', ...(config.ca === undefined ? {} : { ca: config.ca }) },
    query: config.query,
    timeoutMs: config.timeoutSeconds * 1000,
  };
  return server.dialect === 'postgres' ? openPostgres(opening) : openMysql(opening);
}

/** Databases stand in private networks; what no tool may reach is refused here too. The name is looked up once. */
async function checkedAddress({ host, port }: Server): Promise<string> {
  const name = host.includes(':') ? `[${host}]` : host;
  const url = new URL(`http://${name}:${port}`);
  const allowed = [`${url.hostname}:${url.port === '' ? '80' : url.port}`];
  checkLiteral(url, allowed);
  return new Promise((resolve, reject) => {
    guardedLookup(url, allowed)(host, {}, (error, address) => (error ? reject(error) : resolve(String(address))));
  });
}
