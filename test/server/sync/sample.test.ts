import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addConnection, removeConnection } from '#etl/connections.js';
import { isSampleDue, removeSample } from '#server/sync/sample.js';
import { removeDirectory, temporaryDirectory } from '../../support/built-server.js';
import { testDatabase } from '../../support/database.js';

const { pool } = await testDatabase();
let directory: string;

beforeAll(async () => {
  directory = await temporaryDirectory();
  await writeFile(join(directory, 'tickets.csv'), 'id,at,status\nT1,2026-03-02T08:00:00Z,New\n');
});

afterAll(() => removeDirectory(directory));

beforeEach(async () => {
  await pool.query('delete from app.setting');
});

async function connectTickets(): Promise<void> {
  const mapping = {
    rows: 'events',
    times: { format: 'iso', zone: 'UTC' },
    item: { id: 'id', type: { value: 'ticket' } },
    event: { at: 'at', status: 'status' },
  };
  await addConnection(pool, { name: 'tickets', connector: 'csv', config: { file: join(directory, 'tickets.csv'), mapping } });
}

test('an empty database is due for the sample', async () => {
  expect(await isSampleDue(pool)).toBe(true);
});

test('one with a connection is not', async () => {
  await connectTickets();
  expect(await isSampleDue(pool)).toBe(false);
  await removeConnection(pool, 'tickets');
});

test('a load that did not come to its end goes on', async () => {
  await pool.query(`insert into app.setting (name, value) values ('sample', '{"until": "2026-11-16", "state": "loading"}')`);
  await connectTickets();
  expect(await isSampleDue(pool)).toBe(true);
  await removeConnection(pool, 'tickets');
});

test('what was removed does not come back by itself, and other connections stay', async () => {
  await connectTickets();
  expect(await removeSample(pool)).toEqual([]);
  await removeConnection(pool, 'tickets');
  expect(await isSampleDue(pool)).toBe(false);
});
