import { beforeAll, expect, test } from 'vitest';
import { queryMetric } from '#server/metrics/query.js';
import { openPostgresEngine } from '#server/metrics/postgres-engine.js';
import { exampleQueries } from '#server/exports/example-queries.js';
import { schemaPicture } from '#server/exports/schema-picture.js';
import { listViews } from '#server/exports/view-catalog.js';
import { sampleDatabase } from '../../support/sample-company.js';

const { pool } = await sampleDatabase();
const examples = exampleQueries();
const zone = 'Europe/Berlin';

beforeAll(async () => {
  // What the server writes; test/server/metric-weeks looks at how.
  await pool.query(`
    insert into facts.metric_week_state (fact_version, zone, definitions, counted_at) values (1, '${zone}', 'now', now());
    insert into facts.metric values ('first-response', 'delay', 'Time to the first reply.', 's', 'KM', 'lower', 'items', 5);
    insert into facts.metric_week (metric, dimension, segment, week, value_name, value, unit, n, low, high, note) values
      ('first-response', 'all', null, '2026-11-02', 'p50', 7200, 's', 40, 5400, 9000, null),
      ('first-response', 'team', 'Billing', '2026-11-02', 'p50', 3600, 's', 12, 1800, 5400, 'excluded:1'),
      ('first-response', 'all', null, '2026-11-09', 'p50', null, 's', 2, null, null, 'too-few;running')`);
});

async function rowsOf(name: string): Promise<Record<string, unknown>[]> {
  const client = await pool.connect();
  try {
    await client.query(`begin read only; set local time zone '${zone}'`);
    const { rows } = await client.query<Record<string, unknown>>(examples.find((example) => example.name === name)?.sql ?? '');
    return rows;
  } finally {
    await client.query('rollback');
    client.release();
  }
}

test('there are twenty worked queries at least, each with its question', () => {
  expect(examples.length).toBeGreaterThanOrEqual(20);
  expect(examples.filter(({ about }) => about.length < 40).map(({ name }) => name)).toEqual([]);
});

test.each(examples.map(({ name }) => name))('%s answers on the sample company', async (name) => {
  const [first, ...others] = await rowsOf(name);
  expect(Object.keys(first ?? {}).length).toBeGreaterThan(2);
  expect(Object.values(first ?? {}).some((value) => typeof value === 'number' || /^-?[\d.]+$/.test(String(value)))).toBe(true);
  expect(others.length).toBeLessThan(5_000);
});

test('counts the handoffs of each pair of teams as the page does', async () => {
  const { rows } = await queryMetric(openPostgresEngine(pool), {
    metric: 'handover-matrix',
    grain: 'all',
    from: '2025-01-01',
    to: '2026-12-01',
    zone,
  });
  const page = new Map(rows.map(({ by, n }) => [by, n]));
  const sql = new Map(
    (await rowsOf('handover-matrix')).map((row) => [`${String(row['from_owner'])} → ${String(row['to_owner'])}`, row['handoffs']]),
  );
  expect([...sql].sort()).toEqual([...page].sort());
  expect(sql.size).toBeGreaterThan(5);
});

test('shows every view in the picture, and no other', async () => {
  const views = await listViews(pool);
  const words = new Set(schemaPicture.split(/[^a-z_]+/));
  expect(views.map(({ name }) => name).filter((name) => !words.has(name))).toEqual([]);
});

test('says of every view and every column what it means', async () => {
  const views = await listViews(pool);
  const silent = views.flatMap(({ name, comment, columns }) => [
    ...(comment.length < 20 ? [name] : []),
    ...columns.filter((column) => column.comment.length < 6).map((column) => `${name}.${column.name}`),
  ]);
  expect(silent).toEqual([]);
});
