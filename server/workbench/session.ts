/** How somebody else's query is put to the server; the probes of the start go the same way. */
import type { Socket } from 'node:net';
import pg from 'pg';
import { Wire, WireError } from './wire.js';

export interface Session {
  wire: Wire;
  /** By these another connection can ask to cancel. */
  processId: number;
  secretKey: number;
  isEncrypted: boolean;
}

export async function openSession(address: string, application: string, mostBytes: number): Promise<Session> {
  const client = new pg.Client({ connectionString: address, application_name: application, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  // What a client of pg knows of its session, its types do not tell.
  const { connection, processID, secretKey, ssl } = client as unknown as {
    connection: { stream: Socket };
    processID: number;
    secretKey: number;
    ssl: unknown;
  };
  const wire = new Wire(connection.stream, mostBytes);
  // Some systems cannot look whether the client is still there; the watchdog of the server is there in any case.
  await wire.command(`set client_connection_check_interval = '1s'`).catch((error: unknown) => {
    if (!(error instanceof WireError)) throw error;
  });
  return { wire, processId: processID, secretKey, isEncrypted: Boolean(ssl) };
}

/**
 * Begins a transaction that can only read, and takes its snapshot before the text is read: from then on nothing can make it write.
 * https://www.postgresql.org/docs/current/sql-set-transaction.html
 */
export function beginning(milliseconds: number, hasTransactionTimeout: boolean): string {
  return `
    begin isolation level read committed read only;
    set local statement_timeout = ${milliseconds};
    set local lock_timeout = '2s';
    set local idle_in_transaction_session_timeout = '60s';
    set local work_mem = '32MB';
    set local cursor_tuple_fraction = 1;
    set local search_path = analytics;
    set local TimeZone = 'UTC';
    set local DateStyle = 'ISO, YMD';
    set local IntervalStyle = 'postgres';
    set local bytea_output = 'hex';
    set local extra_float_digits = 1;
    set local standard_conforming_strings = on;
    set local jit = off;
    ${hasTransactionTimeout ? `set local transaction_timeout = ${milliseconds + 30_000};` : ''}
    select 1`;
}

const head = 'declare c no scroll cursor for\n';
const planHead = `explain (format json) ${head}`;

/** The text follows our own words and nothing follows it: whatever it is, the server reads it as the query of a cursor, or refuses it. */
export function declaration(text: string): string {
  return `${head}${text}`;
}

/** Of such a declaration, which is not run. */
export function planOf(text: string): string {
  return `${planHead}${text}`;
}

/** Characters before the text. */
export const headLengths = { rows: head.length, plan: planHead.length };
