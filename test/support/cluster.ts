import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { modelDataSource } from '#etl/model/database.js';
import { databaseAccount } from '#server/database/account.js';
import { findBinaries } from '#server/database/binaries.js';
import { Postmaster } from '#server/database/postmaster.js';

declare module 'vitest' {
  interface ProvidedContext {
    clusterUrl: string;
  }
}

export const templateDatabase = 'throughline_template';

/** What a test writes need not outlive the machine. */
const fast = `fsync = off
full_page_writes = off
max_connections = 200
`;

/** One PostgreSQL for the whole run; each test file makes its own database from the migrated template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'throughline-test-'));
  await chmod(directory, 0o755);
  const account = databaseAccount();
  const postmaster = new Postmaster(join(directory, 'db'), await findBinaries(account), account, fast);
  const password = randomBytes(12).toString('hex');
  await postmaster.create(password);
  const port = await postmaster.start(null);
  const clusterUrl = `postgres://throughline:${password}@127.0.0.1:${port}/postgres`;
  await makeTemplate(clusterUrl);
  project.provide('clusterUrl', clusterUrl);
  return async () => {
    await postmaster.stop();
    await rm(directory, { recursive: true, force: true });
  };
}

async function makeTemplate(clusterUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: clusterUrl });
  await client.connect();
  await client.query(`create database ${templateDatabase}`);
  await client.end();
  const source = modelDataSource(clusterUrl.replace(/postgres$/, templateDatabase));
  await source.initialize();
  await source.runMigrations();
  await source.destroy();
}
