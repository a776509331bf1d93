import { execFile, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import type { Pool } from 'pg';
import { expect } from 'vitest';

/** A lease that a sync does not live to renew by the clock: its statements are those of the sync alone. */
const neverRenewedMs = 600_000;

export interface ChildOptions {
  url: string;
  connection: string;
  /** Number of the SQL statement at which it ends or stops; 0: it runs to its end. */
  statement: number;
  when: 'before' | 'after' | 'stop';
  /** Host and port it may ask, and the token it asks with. */
  allowed?: string;
  token?: string;
  leaseMs?: number;
}

/** Starts a sync in a process of its own. `output` is what it printed; rejected where it was killed. */
export function startSync(options: ChildOptions): { child: ChildProcess; output: Promise<string> } {
  const { url, connection, statement, when, allowed = '', token = '', leaseMs = neverRenewedMs } = options;
  const script = resolve(import.meta.dirname, 'sync-child.ts');
  const hooks = resolve(import.meta.dirname, 'typescript-hooks.mjs');
  const flags = ['--no-warnings', '--experimental-transform-types', '--import', hooks];
  const args = [...flags, script, url, connection, String(statement), when, allowed, token, String(leaseMs)];
  let child: ChildProcess | undefined;
  const output = new Promise<string>((done, failed) => {
    child = execFile(process.execPath, args, (error: Error | null, stdout) => (error ? failed(error) : done(stdout)));
  });
  if (!child) throw new Error('The child did not start.');
  // Told to whoever waits for it, who may look at the process first.
  output.catch(() => undefined);
  return { child, output };
}

/** Until the database has noticed that a child was killed: it first ends what it was asked. */
export async function sessionsEnded(pool: Pool): Promise<void> {
  const sessions = `select from pg_stat_activity where datname = current_database() and application_name = 'sync child'`;
  await expect.poll(async () => (await pool.query(sessions)).rowCount, { timeout: 120_000 }).toBe(0);
}
