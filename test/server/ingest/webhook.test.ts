import { createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { connectionId } from '#etl/model/ids.js';
import type { CliContext } from '#server/command-line/cli-context.js';
import { readConfig } from '#server/config.js';
import { receiveWebhook } from '#server/ingest/receive-webhook.js';
import { registerWebhookCommand } from '#server/ingest/webhook.cli.js';
import { testDatabase } from '../../support/database.js';
import { feedServer } from './feed-server.js';

const { pool, url } = await testDatabase();
const server = await feedServer(pool, url);
const secret = 'made-by-zendesk';

async function webhook(...words: string[]): Promise<Record<string, string>> {
  const printed: unknown[] = [];
  const context = {
    etlPool: pool,
    config: readConfig({ DATA_DIR: server.directory }),
    print: (value: unknown) => printed.push(value),
    note: () => undefined,
  };
  const program = new Command('throughline').exitOverride();
  registerWebhookCommand(program, (action) => action(context as unknown as CliContext));
  await program.parseAsync(['webhook', '--json', ...words], { from: 'user' });
  return printed[0] as Record<string, string>;
}

beforeAll(async () => {
  await writeFile(join(server.directory, 'secret'), `${secret}\n`);
  for (const [name, connector, config] of [
    ['desk', 'zendesk', { url: 'https://acme.zendesk.com' }],
    ['files', 'csv', {}],
  ] as const) {
    await pool.query(
      `insert into ingest.connection (id, name, connector, config, settings, capabilities, map_version) values ($1, $2, $3, $4, '{}', '{}', 1)`,
      [connectionId(name), name, connector, JSON.stringify(config)],
    );
  }
  await webhook('desk', '--secret-file', join(server.directory, 'secret'));
});

beforeEach(() => pool.query(`update ingest.connection set due_at = null; delete from ingest.webhook_seen`));

function notice(body: string | Buffer, options: { at?: Date; secret?: string; name?: string } = {}) {
  const timestamp = (options.at ?? new Date()).toISOString();
  const signature = createHmac('sha256', options.secret ?? secret)
    .update(timestamp)
    .update(body)
    .digest('base64');
  const headers = {
    'content-type': 'application/json',
    'x-zendesk-webhook-signature': signature,
    'x-zendesk-webhook-signature-timestamp': timestamp,
  };
  return { headers, send: () => server.post(`/api/webhooks/${options.name ?? 'desk'}`, headers, [body]) };
}

async function dueAt(): Promise<Date | null | undefined> {
  return (await pool.query<{ due_at: Date | null }>(`select due_at from ingest.connection where name = 'desk'`)).rows[0]?.due_at;
}

test('a notice that is signed makes a sync due at once', async () => {
  const before = Date.now();
  expect(await notice('{"ticket": 1}').send()).toMatchObject({ status: 202, body: { connection: 'desk', sync: 'due' } });
  const due = (await dueAt())?.getTime() ?? 0;
  expect(due).toBeGreaterThanOrEqual(before);
  expect(due).toBeLessThanOrEqual(Date.now());
});

test('what it says is not read: it need not be JSON, nor short', async () => {
  expect(await notice(Buffer.alloc(3_000_000, 0xff)).send()).toMatchObject({ status: 202 });
  expect(await dueAt()).not.toBeNull();
});

test('the same notice again does nothing', async () => {
  const once = notice('{"ticket": 1}');
  await once.send();
  await pool.query('update ingest.connection set due_at = null');
  expect(await once.send()).toMatchObject({ status: 202, body: { sync: 'repeated' } });
  expect(await dueAt()).toBeNull();
});

test('a second notice leaves a sync that is due already at its time', async () => {
  await notice('{"ticket": 1}').send();
  const due = await dueAt();
  await notice('{"ticket": 2}').send();
  expect(await dueAt()).toEqual(due);
});

test.each([
  ['another secret', { secret: 'guessed' }],
  ['a connection that takes none', { name: 'files' }],
  ['a connection that is not there', { name: 'nobody' }],
])('%s: the answer is the same, and tells nothing of what exists', async (_what, options) => {
  const name = 'name' in options ? options.name : 'desk';
  expect(await notice('{"ticket": 1}', options).send()).toMatchObject({
    status: 401,
    body: { message: `The notice does not bear the signature of a connection "${name}"; is its secret the one set in the tool?` },
  });
  expect(await dueAt()).toBeNull();
});

test('a body that was changed on its way is refused', async () => {
  const { headers } = notice('{"ticket": 1}');
  expect(await server.post('/api/webhooks/desk', headers, ['{"ticket": 2}'])).toMatchObject({ status: 401 });
});

test.each([
  ['six minutes ago', -6 * 60_000, false],
  ['four minutes ago', -4 * 60_000, true],
  ['four minutes ahead', 4 * 60_000, true],
  ['six minutes ahead', 6 * 60_000, false],
])('signed %s', async (_when, offset, isTaken) => {
  const now = new Date('2026-03-02T12:00:00Z');
  const { headers } = notice('{}', { at: new Date(now.getTime() + offset) });
  async function* body() {
    yield Buffer.from('{}');
  }
  const received = receiveWebhook(pool, 'desk', headers, body(), { secret: () => Promise.resolve(secret), now });
  if (isTaken) expect(await received).toEqual({ connection: 'desk', sync: 'due' });
  else await expect(received).rejects.toThrow('more than five minutes from the time here');
});

test('signatures are forgotten after a day', async () => {
  await pool.query(`insert into ingest.webhook_seen values ($1, '\\x01', now() - interval '25 hours'), ($1, '\\x02', now())`, [
    connectionId('desk'),
  ]);
  await notice('{"ticket": 1}').send();
  expect((await pool.query('select from ingest.webhook_seen')).rowCount).toBe(2);
});

test('a body announced as longer than 25 MB is refused before it is sent', async () => {
  const { headers } = notice('{}');
  const length = { 'content-length': String(25 * 1024 ** 2 + 1) };
  expect(await server.post('/api/webhooks/desk', { ...headers, ...length }, [])).toMatchObject({ status: 413 });
});

test('the secret is sealed, and where the tool makes its own one is asked for', async () => {
  const { rows } = await pool.query<{ row: string }>('select secret::text as row from ingest.secret secret');
  expect(rows).toHaveLength(1);
  expect(rows[0]?.row).not.toContain(Buffer.from(secret).toString('hex'));
  await expect(webhook('desk')).rejects.toThrow('zendesk makes the secret itself');
  await expect(webhook('files')).rejects.toThrow('sends no signed notices that are known here; known: github, jira, zendesk');
  await expect(webhook('nobody')).rejects.toThrow('There is no connection "nobody"');
});
