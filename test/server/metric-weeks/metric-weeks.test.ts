import { beforeAll, expect, test } from 'vitest';
import type { MetricResult } from '#dashboards/metric-result.js';
import { weeklyMetrics, weeksUntil } from '#server/metric-weeks/count-weeks.js';
import { countedVersion, fillMetricWeeks } from '#server/metric-weeks/fill-weeks.js';
import { sampleDatabase } from '../../support/sample-company.js';
import { testServer, type TestServer } from '../dashboards/test-server.js';

const database = await sampleDatabase();
const { pool } = database;
const now = new Date('2026-11-16T06:00Z');
let server: TestServer;

beforeAll(async () => {
  server = await testServer(database);
  await fillMetricWeeks(pool, server.engine, now);
});

interface Said {
  week: string;
  segment: string | null;
  value_name: string;
  value: number | null;
  n: number;
  low: number | null;
  high: number | null;
  note: string | null;
}

async function inSql(metric: string, dimension: string): Promise<Said[]> {
  const { rows } = await pool.query<Said>(
    `select to_char(week, 'YYYY-MM-DD') as week, segment, value_name, value, n, low, high, note
    from analytics.metric_week
    where metric = $1 and dimension = $2`,
    [metric, dimension],
  );
  return rows;
}

function ofPage({ rows }: MetricResult): Said[] {
  return rows.flatMap(({ bucket, by, value, values, n, lo, hi, note }) =>
    Object.entries(values ?? { value: value ?? null }).map(([name, told], index) => ({
      week: bucket,
      segment: by,
      value_name: name,
      value: told,
      n,
      low: index === 0 ? lo : null,
      high: index === 0 ? hi : null,
      note,
    })),
  );
}

/** Sums of floating numbers differ by their order in the last two of sixteen digits. */
function sorted(rows: Said[]): string[] {
  return rows
    .map((row) => JSON.stringify(row, (_, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value)))
    .sort();
}

const known = [
  'reopen-rate',
  'first-response',
  'on-time-first',
  'goalpost-gap',
  'silence',
  'handoffs',
  'handoff-wait',
  'handoff-loss',
  'flow-efficiency',
  'visibility-coverage',
  'customer-effort',
  'satisfaction',
];

test.each(known)('says of %s what the page says', async (metric) => {
  const address = `/api/metrics/${metric}?from=2025-11-17&to=2026-11-23&grain=week`;
  const [all, teams] = [await server.json<MetricResult>(address), await server.json<MetricResult>(`${address}&by=team`)];
  expect(all.rows.length).toBe(53);
  expect(sorted(await inSql(metric, 'all'))).toEqual(sorted(ofPage(all)));
  expect(sorted(await inSql(metric, 'team'))).toEqual(sorted(ofPage(teams)));
});

test('has the running week and the 52 before it', () => {
  expect(weeksUntil('2026-11-16', 'UTC')).toEqual({ from: '2025-11-17', to: '2026-11-23', zone: 'UTC' });
  expect(weeksUntil('2026-11-22', 'UTC')).toEqual({ from: '2025-11-17', to: '2026-11-23', zone: 'UTC' });
});

test('says what each metric means, and of which facts the weeks are', async () => {
  const { rows } = await pool.query<{ metric: string }>(
    `select metric from analytics.metric where length(definition) > 20 and unit <> '' order by metric`,
  );
  expect(rows.map(({ metric }) => metric)).toEqual(weeklyMetrics.map(({ id }) => id).sort());
  expect(rows.map(({ metric }) => metric)).toEqual(expect.arrayContaining(known));
  expect(await countedVersion(pool)).toBe(await server.engine.version());
});

test('writes nothing where nothing has changed', async () => {
  const rowVersions = async () =>
    (await pool.query(`select md5(string_agg(ctid::text || xmin::text, ',' order by ctid)) as all from facts.metric_week`)).rows;
  const before = await rowVersions();
  await fillMetricWeeks(pool, server.engine, now);
  expect(await rowVersions()).toEqual(before);
});
