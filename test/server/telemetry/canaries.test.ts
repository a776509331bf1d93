import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { withTransaction } from '#etl/transaction.js';
import { readKey } from '#etl/vault/key.js';
import { writeSecrets } from '#etl/vault/stored.js';
import { setPassword } from '#server/access/passwords.js';
import { addAccount } from '#server/access/accounts.js';
import { makeToken } from '#server/access/token.js';
import { writeBackup } from '#server/backup/backup.js';
import { readConfig } from '#server/config.js';
import { chooseLog, log } from '#server/console.js';
import { startLog } from '#server/telemetry/start-log.js';
import { testDatabase } from '../../support/database.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';
import { testServer } from '../dashboards/test-server.js';

const logged: string[] = [];
vi.spyOn(process.stderr, 'write').mockImplementation((text) => logged.push(String(text)) > 0);
const directory = await temporaryDirectory('canaries');
const database = await testDatabase();
const { pool } = database;
const server = await testServer(database, { DATA_DIR: directory });
const canary = () => randomBytes(18).toString('hex');

/** Everything in the files below a directory, as bytes are text. */
function contents(path: string): string {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, 'latin1'))
    .join('');
}

/** Pages of the tables as the database keeps them on disk, where this account may read them; null where it may not. */
async function databaseFiles(): Promise<string | null> {
  await pool.query('checkpoint');
  const { rows } = await pool.query<{ directory: string }>(
    `select current_setting('data_directory') || '/base/' || oid as directory from pg_database where datname = current_database()`,
  );
  try {
    return contents(rows[0]?.directory ?? '');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') return null;
    throw error;
  }
}

test('50 secrets that were given to it are in no log, no backup and no file', async () => {
  chooseLog('json');
  const now = new Date();
  const secrets: string[] = [];
  const secret = () => {
    const made = canary();
    secrets.push(made);
    return made;
  };
  const id = '0190a1b2-0000-4000-8000-000000000001';
  await pool.query(
    `insert into ingest.connection (id, name, connector, config, settings, capabilities, map_version) values ($1, 'Help desk', 'zendesk', '{}', '{}', '{}', 1)`,
    [id],
  );
  const tokens = Object.fromEntries(Array.from({ length: 15 }, (_, number) => [`token ${number}`, secret()]));
  const key = await readKey(directory);
  await withTransaction(pool, (client) => writeSecrets(client, key, { id, address: 'https://company.test' }, tokens));
  const wrong = { name: 'x', connector: 'zendesk', config: { url: 'no address' }, secrets: { token: secrets[0] } };
  const refusal = await server.send('POST', '/api/connections', wrong);
  expect(refusal.status).toBe(400);
  expect(refusal.text).not.toContain(secrets[0]);
  for (let number = 0; number < 8; number += 1) {
    const slack = { name: `slack ${number}`, kind: 'slack', addedBy: 'Ann', url: `https://hooks.invalid/services/${secret()}` };
    const hook = { name: `hook ${number}`, kind: 'webhook', addedBy: 'Ann', url: `https://hook.invalid/${secret()}`, secret: secret() };
    for (const body of [slack, hook]) expect((await server.send('POST', '/api/channels', body)).status).toBe(201);
  }
  const accounts = [];
  for (let number = 0; number < 2; number += 1) {
    const account = await addAccount(pool, {
      email: `ann${number}@b.test`,
      name: `Ann ${number}`,
      role: 'admin',
      scope: null,
      seesNames: true,
    });
    accounts.push(account);
    await setPassword(pool, account.id, secret(), now);
  }
  const [account] = accounts;
  if (!account) throw new Error('There is no account.');
  for (let number = 0; number < 5; number += 1) {
    const maker = { id: account.id, role: 'admin' as const, only: null, scope: null };
    const made = await makeToken(pool, maker, { name: `t${number}`, days: 30, permissions: ['read'], scope: null }, now);
    secrets.push(made.key);
    const refused = await server.get(`/api/search?text=x&lang=en&token=${made.key}`);
    expect(refused.status).toBeLessThan(500);
  }
  const [database_, smtp, sealing, client] = [secret(), secret(), randomBytes(32).toString('hex'), secret()];
  secrets.push(sealing);
  startLog({
    ...readConfig({
      DATABASE_URL: `postgres://app:${database_}@db.test:5432/x`,
      THROUGHLINE_SMTP_URL: `smtp://me:${smtp}@mail.test:587`,
      THROUGHLINE_MAIL_FROM: 'a@b.test',
      THROUGHLINE_SECRET_KEY: sealing,
      THROUGHLINE_OIDC_ISSUER: 'https://id.test',
      THROUGHLINE_OIDC_CLIENT_ID: 'throughline',
      THROUGHLINE_OIDC_CLIENT_SECRET: client,
    }),
    log: 'json',
  });
  log(`could not connect: ${database_} ${smtp} ${sealing} ${client}`);
  expect(secrets).toHaveLength(50);
  expect(new Set(secrets).size).toBe(50);

  const backup = join(await temporaryDirectory('canaries-backup'), 'all');
  await writeBackup(pool, backup, new AbortController().signal, () => undefined);
  const dump = zstdDecompressSync(readFileSync(backup)).toString('latin1');
  expect(dump).toContain('Help desk');
  const files = await databaseFiles();
  const places = { logs: logged.join(''), dump, 'data directory': contents(directory), 'files of the database': files ?? '' };
  expect(places.logs).toContain('could not connect');
  for (const [place, text] of Object.entries(places)) {
    const found = secrets.filter((one) => text.includes(one)).length;
    process.stdout.write(`secrets found in ${place}: ${found} of ${secrets.length}\n`);
    expect(found, place).toBe(0);
  }
});
