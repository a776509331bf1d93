import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import mysql from 'mysql2/promise';
import { freePort } from '../../../support/built-server.js';

const run = promisify(execFile);
const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'];

function find(program: string): string | undefined {
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

const server = find('mariadbd');
const installer = find('mariadb-install-db');

/** Why there is no server to test against; null where there is. */
export const whyNot = server && installer ? null : 'mariadbd is not installed (Debian: mariadb-server-core)';

export interface Mariadb {
  port: number;
  root: mysql.Connection;
  stop(): Promise<void>;
}

/** A MariaDB of the test's own on a free port of the loopback address; `mine` are options of the server. */
export async function startMariadb(...mine: string[]): Promise<Mariadb> {
  const directory = await mkdtemp(join(tmpdir(), 'throughline-mariadb-'));
  const user = `--user=${userInfo().username}`;
  const data = join(directory, 'data');
  await run(installer ?? '', ['--no-defaults', user, `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db']);
  const port = await freePort();
  const child = spawn(
    server ?? '',
    ['--no-defaults', user, `--datadir=${data}`, `--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(directory, 's')}`, ...mine],
    { stdio: 'ignore' },
  );
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(directory, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 1_000; attempt += 1) {
    const root = await mysql.createConnection({ host: '127.0.0.1', port, user: 'root' }).catch(() => null);
    if (!root) {
      await pause(200);
      continue;
    }
    return {
      port,
      root,
      stop: async () => {
        await root.end();
        await stop();
      },
    };
  }
  await stop();
  throw new Error('mariadbd did not answer within 200 s.');
}
