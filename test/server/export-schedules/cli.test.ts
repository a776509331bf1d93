import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { keyOf, type VaultKey } from '#etl/vault/key.js';
import { seal } from '#etl/vault/seal.js';
import { registerExportScheduleCommand } from '#server/export-schedules/export-schedule.cli.js';
import { openExportSecret, rotateExportSecrets } from '#server/export-schedules/export-schedules.js';
import { testDatabase } from '../../support/database.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';
import { runCommand } from '../dashboards/command-line.js';

const { pool } = await testDatabase();
const directory = await temporaryDirectory('export-schedule-cli');
const secretFile = join(directory, 'secret');
beforeAll(() => writeFile(secretFile, 'canary-of-a-file\n'));

const run = (...words: string[]) => runCommand(pool, registerExportScheduleCommand, ['export-schedule', ...words]);
const add = (...words: string[]) => run('add', ...words, '--owner', 'Ada', '--zone', 'Europe/Berlin');
const weekly = ['--weekly', '1@08:00'];

test('adds one, lists it, pauses it, makes it due, and removes it', async () => {
  const { printed, exitCode } = await add('Teams', '--view', 'team', '--format', 'parquet', ...weekly);
  expect([exitCode, String(printed[0]).split('\n').slice(0, 2)]).toEqual([
    0,
    ['Teams (Ada)', '  view team as parquet, to DATA_DIR/exports'],
  ]);
  expect(String(printed[0])).toMatch(/next \d{4}-\d\d-\d\dT08:00 Europe\/Berlin/);
  expect(String((await run('pause', 'Teams')).printed[0])).toContain('paused');
  expect(String((await run('resume', 'Teams')).printed[0])).toContain('next');
  expect((await run('run', 'Teams')).printed).toEqual(['"Teams" is due now; the running server makes it within a minute.']);
  expect((await run('runs', 'Teams')).printed).toEqual(['"Teams" was never due yet.']);
  await pool.query(`update app.export_due set status = 'failed', finished_at = now(), attempts = 3 where due_at <= now()`);
  expect((await run('run', 'Teams')).exitCode).toBe(0);
  expect((await pool.query(`select status from app.export_due where due_at <= now()`)).rows).toEqual([{ status: 'planned' }]);
  expect((await run('remove', 'Teams')).printed).toEqual(['removed "Teams"']);
  expect((await run('list')).printed).toEqual(['Nothing is exported by schedule yet.']);
});

function sealedWith(key: VaultKey, id: string): unknown[] {
  const place = { connectionId: id, name: 'secret-access-key', address: 'https://storage.company.test/exports/A1' };
  const { keyId, nonce, sealed } = seal(key, place, 'canary-of-a-file');
  return [keyId, nonce, sealed];
}

const storage = ['--bucket', 'exports', '--endpoint', 'https://storage.company.test', '--access-key', 'A1'];

test('takes the secret key of a bucket from a file, shows it nowhere, and seals it anew with a new key', async () => {
  const { printed, notes, exitCode } = await add('To a bucket', '--watch', ...weekly, ...storage, '--secret-key-file', secretFile);
  expect([exitCode, String(printed[0]).split('\n')[1]]).toEqual([0, '  watch list as csv, to s3://exports/']);
  expect(JSON.stringify([printed, notes, (await run('list', '--json')).printed])).not.toContain('canary');
  const read = async () =>
    (
      await pool.query<{ id: string; destination: never; keyId: string; nonce: Buffer; sealed: Buffer }>(
        `select id, destination, secret_key_id as "keyId", secret_nonce as nonce, secret_sealed as sealed from app.export_schedule`,
      )
    ).rows[0];
  const old = await read();
  const [before, after] = [keyOf('0123456789abcdef'.repeat(4), 'a key'), keyOf('fedcba9876543210'.repeat(4), 'a key')];
  if (!old) throw new Error('There is no schedule.');
  // What the command sealed has the key of its own data directory, so another one is put in its place.
  await pool.query('update app.export_schedule set secret_key_id = $1, secret_nonce = $2, secret_sealed = $3', sealedWith(before, old.id));
  expect([await rotateExportSecrets(pool, before, after), await rotateExportSecrets(pool, before, after)]).toEqual([1, 0]);
  const rotated = await read();
  expect(rotated && openExportSecret(after, rotated.id, rotated.destination, rotated)).toBe('canary-of-a-file');
});

test.each([
  [['X', ...weekly], 'Say what it takes, once: --view NAME, --query ID or --watch.'],
  [['X', '--view', 'team', '--watch', ...weekly], 'Say what it takes, once: --view NAME, --query ID or --watch.'],
  [['X', '--view', 'shoe', ...weekly], /^Unknown view "shoe"; known: connection/],
  [['X', '--view', 'team'], /^Say when, once: --weekly/],
  [['X', '--view', 'team', ...weekly, ...storage], 'A bucket needs its secret key: give secretAccessKey.'],
  [['X', '--view', 'team', ...weekly, '--mail', 'nobody'], /is no address/],
])('refuses %j in one line', async (words, message) => {
  const { error, exitCode } = await add(...words);
  expect(error).toMatch(message);
  expect(exitCode).not.toBe(0);
});
