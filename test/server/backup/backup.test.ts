import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeBackup } from '#server/backup/backup.js';
import { restoreBackup } from '#server/backup/restore.js';
import { queryMetric } from '#server/metrics/query.js';
import { openPostgresEngine } from '#server/metrics/postgres-engine.js';
import { testDatabase } from '../../support/database.js';
import { sampleDatabase } from '../../support/sample-company.js';
import { hashOf } from './hash-of.js';

const sample = await sampleDatabase();
const target = await testDatabase();
const signal = new AbortController().signal;
let directory = '';
let file = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'throughline-backup-'));
  file = join(directory, 'sample.backup');
  await sample.pool.query(
    `insert into app.saved_view (owner, name, path, query) values ('Ayşe', E'Tabs\tand \\. and\nlines', '/boards/delay', 'by=team')`,
  );
});
afterAll(() => rm(directory, { recursive: true }));

const leadTime = { metric: 'lead-time', grain: 'month', from: '2026-01-01', to: '2026-11-01', zone: 'UTC' } as const;

test('a database that holds something is kept until it is said to be lost', async () => {
  await target.pool.query(
    `insert into ingest.connection (id, name, connector, config, settings, capabilities, map_version) values (gen_random_uuid(), 'old', 'csv', '{}', '{}', '{}', 1)`,
  );
  await writeBackup(sample.pool, file, signal, () => {});
  await expect(restoreBackup(target.url, file, { isReplacing: false, signal, tell: () => {} })).rejects.toThrow(
    'The database is not empty: ingest.connection has rows. Restore into an empty one, or say --replace to lose what is there.',
  );
});

test('what is restored is what was backed up, to the hash of every table, and gives the same numbers', async () => {
  const made = await writeBackup(sample.pool, file, signal, () => {});
  expect([made.tables > 30, made.rows > 100_000, made.bytes]).toEqual([true, true, (await stat(file)).size]);
  expect(((await stat(file)).mode & 0o077).toString(8)).toBe('0');
  const restored = await restoreBackup(target.url, file, { isReplacing: true, signal, tell: () => {} });
  expect([restored.rows, restored.sha256]).toEqual([made.rows, made.sha256]);
  const again = target.pool;
  expect(await hashOf(again)).toEqual(await hashOf(sample.pool));
  const [one, other] = await Promise.all([again, sample.pool].map((pool) => queryMetric(openPostgresEngine(pool), leadTime)));
  expect(one?.rows).toEqual(other?.rows);
  const { rows } = await again.query(`select version > 0 as "goesOn" from facts.state`);
  expect(rows).toEqual([{ goesOn: true }]);
});

test('new rows are numbered after those restored', async () => {
  const { rows } = await target.pool.query<{ free: boolean }>(
    `select nextval(pg_get_serial_sequence('app.restatement', 'id')) > coalesce((select max(id) from app.restatement), 0) as free`,
  );
  expect(rows).toEqual([{ free: true }]);
});

test.each([
  ['is no backup', () => Buffer.from('hello'), /cannot be read as a backup/],
  [
    'is compressed, but no backup',
    () => zstdCompressSync(Buffer.from('PGDMP and more\n')),
    /it begins with "PGDMP and more", not with "throughline backup 1"/,
  ],
  [
    'ends in the middle',
    (whole: Buffer) => zstdCompressSync(zstdDecompressSync(whole).subarray(0, 50_000)),
    /is not whole: it ends in the middle/,
  ],
  ['was cut', (whole: Buffer) => whole.subarray(0, whole.length - 100), /cannot be read as a backup|is not whole/],
  [
    'was changed',
    (whole: Buffer) => zstdCompressSync(Buffer.from(zstdDecompressSync(whole).toString('latin1').replace('Tabs', 'Taps'), 'latin1')),
    /was changed since it was written: its SHA-256 is another/,
  ],
  [
    'is of a newer version',
    (whole: Buffer) =>
      resealed(whole, (head) => ({ ...head, version: '9.0.0', migrations: [...(head['migrations'] as string[]), 'Later9'] })),
    /was written by a newer version \(9\.0\.0\): unknown here are Later9\. Update the program first\./,
  ],
])('a file that %s is refused, and the database stays as it was', async (_, spoil, message) => {
  const spoilt = join(directory, 'spoilt.backup');
  await writeFile(spoilt, spoil(await readFile(file)));
  const count = async () => (await target.pool.query<{ count: number }>('select count(*)::int from core.item')).rows[0]?.count;
  const before = await count();
  expect(before).toBeGreaterThan(10_000);
  await expect(restoreBackup(target.url, spoilt, { isReplacing: true, signal, tell: () => {} })).rejects.toThrow(message);
  expect(await count()).toBe(before);
});

test('a database in use is left alone', async () => {
  const other = new pg.Client({ connectionString: target.url, application_name: 'throughline' });
  await other.connect();
  await expect(restoreBackup(target.url, file, { isReplacing: true, signal, tell: () => {} })).rejects.toThrow(
    'The database is in use by "throughline". Stop Throughline first.',
  );
  await other.end();
});

test('a backup that breaks off leaves no file', async () => {
  const stopped = new AbortController();
  const made = writeBackup(sample.pool, join(directory, 'stopped.backup'), stopped.signal, (table) => {
    if (table === 'core.event') stopped.abort(new Error('Stopped on request.'));
  });
  await expect(made).rejects.toThrow();
  expect((await readdir(directory)).filter((name) => name.startsWith('stopped'))).toEqual([]);
});

test('keys are not in a backup, and neither are the tokens they open', async () => {
  const text = zstdDecompressSync(await readFile(file)).toString('latin1');
  expect(text).not.toMatch(/secrets\.key|THROUGHLINE_SECRET_KEY/);
});

/** The file with another head and a SHA-256 that fits. */
function resealed(whole: Buffer, change: (head: Record<string, unknown>) => Record<string, unknown>): Buffer {
  const text = zstdDecompressSync(whole);
  const first = text.indexOf('\n');
  const second = text.indexOf('\n', first + 1);
  const last = text.lastIndexOf('\n', text.length - 2);
  const head = JSON.stringify(change(JSON.parse(String(text.subarray(first + 1, second))) as Record<string, unknown>));
  const body = Buffer.concat([text.subarray(0, first + 1), Buffer.from(head), text.subarray(second, last + 1)]);
  const end = { ...(JSON.parse(String(text.subarray(last + 1))) as object), sha256: createHash('sha256').update(body).digest('hex') };
  return zstdCompressSync(Buffer.concat([body, Buffer.from(`${JSON.stringify(end)}\n`)]));
}
