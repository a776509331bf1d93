import { chmod, chown, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { databaseAccount } from '#server/database/account.js';
import { findBinaries } from '#server/database/binaries.js';
import { type Cluster, joinCluster } from '#server/database/cluster.js';
import { Postmaster } from '#server/database/postmaster.js';
import { ProcessLock } from '#server/database/process-lock.js';
import { isRunningPostgres } from '#server/database/processes.js';
import { freePort } from '../../support/built-server.js';

let directory: string;
let open: Cluster[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'throughline-cluster-'));
  await chmod(directory, 0o755);
  open = [];
});

afterEach(async () => {
  for (const cluster of open) await cluster.leave();
  await rm(directory, { recursive: true, force: true });
});

async function joined(): Promise<Cluster> {
  const cluster = await joinCluster(directory);
  open.push(cluster);
  return cluster;
}

async function leave(cluster: Cluster): Promise<void> {
  open.splice(open.indexOf(cluster), 1);
  await cluster.leave();
}

async function postmasterPid(): Promise<number> {
  return Number((await readFile(join(directory, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

async function ask(cluster: Cluster, text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: cluster.url });
  await client.connect();
  const answer = await client.query({ text, rowMode: 'array' });
  await client.end();
  return answer.rows[0];
}

test('the first makes the database, the second joins it, the last to leave stops it', async () => {
  const first = await joined();
  expect(first.how).toBe('new');
  expect(
    await ask(
      first,
      `select current_setting('listen_addresses'), current_setting('server_encoding'), current_setting('synchronous_commit')`,
    ),
  ).toEqual(['127.0.0.1', 'UTF8', 'on']);
  const pid = await postmasterPid();

  const second = await joined();
  expect(second.how).toBe('joined');
  expect(second.url).toBe(first.url);

  await leave(first);
  expect(await ask(second, 'select 1')).toEqual([1]);
  await leave(second);
  // The last that it does is to take its file away, which is what whoever stops it waits for.
  await expect.poll(() => isRunningPostgres(pid)).toBe(false);

  const third = await joined();
  expect(third.how).toBe('started');
});

test('two that start at the same time share one database', async () => {
  const [one, other] = await Promise.all([joined(), joined()]);
  expect([one?.how, other?.how].sort()).toEqual(['joined', 'new']);
  expect(one?.url).toBe(other?.url);
});

test('a database that died is started again on the same port', async () => {
  const cluster = await joined();
  const pid = await postmasterPid();
  process.kill(pid, 'SIGQUIT');
  await expect.poll(() => isRunningPostgres(pid)).toBe(false);
  await cluster.revive();
  expect(await ask(cluster, 'select 1')).toEqual([1]);
});

test('a port that somebody took before it was listened on is left to him', async () => {
  const [taken, free] = [await freePort(), await freePort()];
  const somebody = createServer();
  await new Promise<void>((done) => somebody.listen(taken, '127.0.0.1', done));
  const account = databaseAccount();
  const found = [taken, free];
  const postmaster = new Postmaster(join(directory, 'db'), await findBinaries(account), account, '', async () => found.shift() ?? 0);
  await postmaster.create('a-password');
  try {
    expect(await postmaster.start(null)).toBe(free);
    expect(await postmaster.running()).toMatchObject({ port: free });
  } finally {
    await postmaster.stop();
    somebody.close();
  }
});

test('the number of some other program in a left-over postmaster.pid does not stop the start', async () => {
  const cluster = await joined();
  const file = join(directory, 'postgres', 'postmaster.pid');
  const text = await readFile(file, 'utf8');
  const { uid, gid } = await stat(file);
  await leave(cluster);
  await writeFile(file, text.replace(/^\d+/, String(process.pid)));
  await chown(file, uid, gid);
  expect((await joined()).how).toBe('started');
});

test('files of another PostgreSQL version are refused', async () => {
  await leave(await joined());
  await writeFile(join(directory, 'postgres', 'PG_VERSION'), '17\n');
  await expect(joined()).rejects.toThrow(/is of PostgreSQL 17, this program brings 18; set DATABASE_URL/);
});

test('the password is readable by its owner alone', async () => {
  await leave(await joined());
  expect((await stat(join(directory, 'database.json'))).mode & 0o777).toBe(0o600);
});

test('a lock is exclusive, and free again when it is released', async () => {
  const path = join(directory, 'some.lock');
  const first = await ProcessLock.exclusive(path);
  expect(await ProcessLock.exclusive(path)).toBeNull();
  expect(await ProcessLock.shared(path)).toBeNull();
  first?.release();
  const shared = await ProcessLock.shared(path);
  const alsoShared = await ProcessLock.shared(path);
  expect([shared, alsoShared]).not.toContain(null);
  expect(await ProcessLock.exclusive(path)).toBeNull();
  shared?.release();
  alsoShared?.release();
});
