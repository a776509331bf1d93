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
    insert into facts.metric values ('on-time-last', 'delay', 'Promises kept.', '%', 'EVT', 'higher', 'promises', 5);
    insert into facts.metric_week (metric, dimension, segment, week, value_name, value, unit, n, low, high, note) values
      ('on-time-last', 'all', null, '2026-11-02', 'value', 75, '%', 40, 60, 86, null),
      ('on-time-last', 'team', null, '2026-11-02', 'value', 60, '%', 5, 23, 88, null),
      ('on-time-last', 'team', 'Billing', '2026-11-02', 'value', 83.333, '%', 12, 55, 95, 'excluded:1'),
      ('on-time-last', 'all', null, '2026-11-09', 'value', null, '%', 2, null, null, 'too-few;running')`);
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

test('sets teams, and items without one, against everything in the last week that is over', async () => {
  const rows = await rowsOf('teams-against-everything');
  expect(rows.map((row) => [row['team'], Number(row['kept_percent']), row['n']])).toEqual([
    ['(all)', 75, 40],
    ['Billing', 83.3, 12],
    ['(no team)', 60, 5],
  ]);
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
