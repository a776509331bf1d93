import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listConnections } from '#etl/connections.js';
import type { CliContext } from '#server/command-line/cli-context.js';
import { readConfig } from '#server/config.js';
import { registerConnectPushCommand } from '#server/ingest/connect-push.cli.js';
import { authorisedConnection } from '#server/ingest/push-tokens.js';
import { removeDirectory, temporaryDirectory } from '../../support/built-server.js';
import { testDatabase } from '../../support/database.js';

const { pool } = await testDatabase();
let directory: string;

beforeAll(async () => {
  directory = await temporaryDirectory();
  await writeFile(join(directory, 'crm.yaml'), 'tells: [status, finish]\nstatuses: { Open: ours_active, Done: done }\n');
  await writeFile(join(directory, 'wrong.yaml'), 'tells: [staus]\n');
});
afterAll(() => removeDirectory(directory));

async function connectPush(...options: string[]): Promise<{ connection: string; token: string; url: string }> {
  const printed: unknown[] = [];
  const context = {
    etlPool: pool,
    config: readConfig({ PORT: '3100' }),
    print: (value: unknown) => printed.push(value),
    note: () => undefined,
  };
  const program = new Command('throughline').exitOverride();
  registerConnectPushCommand(program, (action) => action(context as unknown as CliContext));
  await program.parseAsync(['connect', 'push', '--json', ...options], { from: 'user' });
  return printed[0] as { connection: string; token: string; url: string };
}

const settings = () => ['--settings', join(directory, 'crm.yaml')];
const bearer = (token: string) => authorisedConnection(pool, 'crm west', `Bearer ${token}`);

test('makes the connection and a token, and names the address', async () => {
  const { connection, token, url } = await connectPush('crm west', ...settings());
  expect([connection, url]).toEqual(['crm west', 'http://127.0.0.1:3100/api/ingest/crm%20west']);
  const [made] = await listConnections(pool);
  expect(made).toMatchObject({ name: 'crm west', connector: 'push', settings: { statuses: { Open: 'ours_active', Done: 'done' } } });
  expect(await bearer(token)).toBe(made?.id);
});

test('a further token stands beside the first, or in its place', async () => {
  const { token: first } = await connectPush('crm west', ...settings());
  const { token: second } = await connectPush('crm west');
  await bearer(first);
  const { token: third } = await connectPush('crm west', '--replace');
  await expect(bearer(first)).rejects.toThrow('not one of a connection');
  await expect(bearer(second)).rejects.toThrow('not one of a connection');
  await bearer(third);
});

test('without settings, or with wrong ones, nothing is made', async () => {
  await expect(connectPush('new')).rejects.toThrow('--settings FILE is needed');
  await expect(connectPush('new', '--settings', join(directory, 'wrong.yaml'))).rejects.toThrow('did you mean "status"?');
  expect((await listConnections(pool)).map((connection) => connection.name)).not.toContain('new');
});
