import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { databaseAccount } from '#server/database/account.js';
import { freePort, removeDirectory, temporaryDirectory } from './built-server.js';

const binaries = '/usr/lib/postgresql/15/bin';

/** Why tests on PostgreSQL 15, the oldest that is supported, are skipped, for the end of their name; empty: it is here. */
export const noOldestServer = existsSync(join(binaries, 'postgres')) ? '' : ` (skipped: no PostgreSQL 15 in ${binaries})`;

export interface OldestServer {
  /** Of a database on it, as the superuser `boss`, or as another. */
  url(database: string, login?: string): string;
  /** Its own, beside the files of the server. */
  directory: string;
  stop(): Promise<void>;
}

/** A PostgreSQL 15 of the test's own, with nothing in it. */
export async function startOldestServer(): Promise<OldestServer> {
  const directory = await temporaryDirectory();
  const port = await freePort();
  const data = join(directory, 'db');
  await mkdir(data, { mode: 0o700 });
  const account = databaseAccount();
  if (account) await chown(data, account.uid, account.gid);
  const run = (program: string, ...options: string[]): void => {
    const { status, stderr } = spawnSync(join(binaries, program), options, {
      ...(account && { uid: account.uid, gid: account.gid }),
      cwd: '/',
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
  };
  const passwordFile = join(directory, 'password');
  await writeFile(passwordFile, 'of-boss\n', { mode: 0o644 });
  const kind = ['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C'];
  run('initdb', '--pgdata', data, '--username', 'boss', '--pwfile', passwordFile, ...kind);
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`;
  run('pg_ctl', 'start', '--pgdata', data, '--wait', '--log', join(data, 'start.log'), '--options', settings);
  return {
    url: (database, login = 'boss:of-boss') => `postgres://${login}@127.0.0.1:${port}/${database}`,
    directory,
    async stop() {
      run('pg_ctl', 'stop', '--pgdata', data, '--mode', 'fast', '--wait');
      await removeDirectory(directory);
    },
  };
}

/** Connections to it that do not mind when it stops. */
export function poolOf(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url });
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', () => undefined);
  return pool;
}
