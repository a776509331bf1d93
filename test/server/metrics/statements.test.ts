import { expect, test } from 'vitest';
import type { SqlResponse } from '#server/api.js';
import type { MetricResult } from '#dashboards/metric-result.js';
import { testDatabase } from '../../support/database.js';
import { testServer } from '../dashboards/test-server.js';
import { writeFacts, type ItemFacts } from './support/measured.js';

const database = await testDatabase();
/** Eight of ten promises kept, those of the web half less often. The customer has an apostrophe and a backslash. */
const items = Array.from({ length: 10 }, (_, n): ItemFacts => {
  const ended = n < 8 ? '2026-01-10T00:00:00Z' : '2026-01-12T00:00:00Z';
  const promises = [{ said: '2026-01-01T00:00:00Z', due: '2026-01-11T00:00:00Z', until: ended }];
  return { name: `i${n}`, channel: n < 5 ? "O'Neill\\Web" : 'phone', created: '2026-01-01T00:00:00Z', ended, promises };
});
await writeFacts(database.pool, [{ name: "Ann's desk", asOf: '2026-01-20T12:00:00Z' }], items);
const server = await testServer(database);
const window = 'from=2026-01-01&to=2026-02-01';

/** Rows of the last statement of a script that gave any. */
async function run(script: string): Promise<Record<string, unknown>[]> {
  const client = await database.pool.connect();
  try {
    const results = (await client.query(script)) as unknown as { command: string; rows: Record<string, unknown>[] }[];
    return results.find(({ rows }) => rows.length > 0)?.rows ?? [];
  } finally {
    client.release();
  }
}

test('the SQL gives the number when it is run in Postgres as it stands', async () => {
  const { statements } = await server.json<SqlResponse>(`/api/metrics/on-time-first/sql?${window}&grain=all`);
  expect(statements.length).toBe(1);
  const [statement] = statements;
  const rows = await run(statement?.script ?? '');
  const { rows: told } = await server.json<MetricResult>(`/api/metrics/on-time-first?${window}&grain=all`);
  expect(told).toMatchObject([{ value: 80, n: 10 }]);
  expect(rows).toMatchObject([{ n: 10, numerator: 8 }]);
  const bound = await database.pool.query(statement?.sql ?? '', statement?.parameters);
  expect(bound.rows).toEqual(rows);
});

test('filters and break-down are in it, names with quotes included', async () => {
  const query = new URLSearchParams({ from: '2026-01-01', to: '2026-02-01', grain: 'all', by: 'channel', channel: "O'Neill\\Web" });
  const { statements } = await server.json<SqlResponse>(`/api/metrics/on-time-first/sql?${query.toString()}`);
  expect(await run(statements[0]?.script ?? '')).toMatchObject([{ segment: "O'Neill\\Web", n: 5, numerator: 5 }]);
});

test('over periods it gives a row for each that has any', async () => {
  const { statements } = await server.json<SqlResponse>(`/api/metrics/on-time-first/sql?${window}&grain=week`);
  // The promises of the 11th, a Sunday, are in the week of the 5th: the second of the window.
  expect(await run(statements[0]?.script ?? '')).toMatchObject([{ bucket: 1, n: 10 }]);
});

test('a metric made of others has the SQL of each', async () => {
  const { statements } = await server.json<SqlResponse>(`/api/metrics/target-ratchet/sql?${window}&grain=all`);
  expect(statements.length).toBeGreaterThan(0);
});

test('an unknown metric and an unknown parameter are refused', async () => {
  expect((await server.get(`/api/metrics/on-time-frist/sql?${window}`)).text).toContain('Unknown metric');
  expect((await server.get(`/api/metrics/on-time-first/sql?${window}&colour=blue`)).status).toBe(400);
});
