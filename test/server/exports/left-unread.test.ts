import { once } from 'node:events';
import { get, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../support/database.js';
import { wholeServer } from '../../security/whole-server.js';

const database = await testDatabase();
const sockets = new Set<Socket>();
let address = '';

beforeAll(async () => {
  // More than the machine keeps on the way to a reader who takes nothing.
  await database.pool.query(`create view analytics.long as select n, repeat('x', 1000) as words from generate_series(1, 200000) n`);
  const server = await wholeServer(database);
  ({ address } = server);
  const http: Server = server.app.getHttpServer();
  http.on('connection', (socket) => sockets.add(socket));
});

const opened: IncomingMessage[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.destroy();
});

/** Asks, and takes nothing of the answer. */
async function leave(path: string): Promise<number> {
  const [answer] = (await once(get(`${address}${path}`, { agent: false }), 'response')) as [IncomingMessage];
  opened.push(answer.pause());
  return answer.statusCode ?? 0;
}

const sessions = async () =>
  (
    await database.pool.query<{ n: number }>(
      `select count(*)::int as n
        from pg_stat_activity
        where datname = current_database() and query ilike 'copy%analytics%long%' and state = 'active'`,
    )
  ).rows[0]?.n;

test.each(['csv', 'ndjson'])('files of %s that nobody reads hold two connections of a person, and no more', async (format) => {
  const path = `/api/exports/long?format=${format}`;
  const statuses = [await leave(path), await leave(path), await leave(path), await leave(path)];
  expect(statuses).toEqual([200, 200, 429, 429]);
  expect((await fetch(`${address}/api/state`)).status).toBe(200);
  for (const one of opened.splice(0)) one.destroy();
  await expect.poll(sessions).toBe(0);
  expect(await leave(path)).toBe(200);
});

test('a reader who takes nothing for five minutes is given up', async () => {
  expect(await leave('/api/exports/long')).toBe(200);
  expect([...sockets].filter((socket) => !socket.destroyed).map(({ timeout }) => timeout)).toContain(300_000);
});
