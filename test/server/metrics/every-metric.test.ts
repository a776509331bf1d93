import { beforeAll, describe, expect, test } from 'vitest';
import type { MetricResult, MetricRow } from '#dashboards/metric-result.js';
import { signals, type Signal } from '#etl/connector.js';
import { registerMetricCommand } from '#server/dashboards/metric.cli.js';
import { metrics } from '#server/metrics/definitions/index.js';
import { unitOptions } from '#server/metrics/compose.js';
import type { Metric } from '#server/metrics/metric.js';
import { queryMetric } from '#server/metrics/query.js';
import type { MetricRequest } from '#server/metrics/request.js';
import { testDatabase } from '../../support/database.js';
import { runCommand } from '../dashboards/command-line.js';
import { generatedAsOf, generatedItems } from './support/generated.js';
import { bothEngines, writeFacts, type ItemFacts } from './support/measured.js';

/** The rules at the head of the metrics, held over every metric there is. */
const { pool } = await testDatabase();
const { ask, engines, refresh } = await bothEngines(pool);
const everyMetric = metrics.map((metric) => [metric.id, metric] as const);

/** The columnar copy alone: that the engines agree is another test. */
async function quick(request: Partial<MetricRequest> & { metric: string }): Promise<MetricResult> {
  const [engine] = engines;
  if (!engine) throw new Error('No engine.');
  return queryMetric(engine, { from: '2025-12-01', to: '2026-03-01', grain: 'all', zone: 'UTC', ...request });
}

async function company(items: ItemFacts[], asOf = generatedAsOf, lacks: Signal[] = []): Promise<void> {
  await writeFacts(
    pool,
    [{ name: 'desk', asOf, lacks }],
    items.map((item) => ({ ...item, connection: 'desk' })),
  );
  await refresh();
}

function valuesOf(row: MetricRow): (number | null)[] {
  return row.values ? Object.values(row.values) : [row.value ?? null];
}

const generated = generatedItems(600, 3);

describe('in a window without anything', () => {
  beforeAll(() => company(generated));

  test.each(everyMetric)('%s is empty, not zero', async (id) => {
    const { rows } = await ask({ metric: id, from: '2019-01-01', to: '2019-02-01' });
    for (const row of rows) {
      expect(row).toMatchObject({ n: 0, lo: null, hi: null });
      expect(row.note?.split(';')).toContain('empty');
      expect(valuesOf(row).filter((value) => value !== null)).toEqual([]);
    }
  });
});

describe('of one item', () => {
  const [richest] = generated.toSorted((one, other) => JSON.stringify(other).length - JSON.stringify(one).length);
  if (!richest) throw new Error('Nothing was generated.');
  beforeAll(() => company([{ ...richest, excluded: null }]));

  test.each(everyMetric)('%s is withheld', async (id) => {
    const { rows } = await ask({ metric: id, from: '2025-12-01', to: '2026-03-01' });
    for (const row of rows) {
      expect(valuesOf(row).filter((value) => value !== null)).toEqual([]);
      expect(row).toMatchObject({ lo: null, hi: null });
      expect(row.note?.split(';').some((note) => note === 'empty' || note.startsWith('too-few'))).toBe(true);
    }
  });
});

describe('of items that are all open', () => {
  beforeAll(() =>
    company(
      generated.map((item) => ({
        ...item,
        ended: null,
        outcome: 'open',
        leadBusinessSeconds: null,
        cycleBusinessSeconds: null,
        cycles: [],
        ratings: [],
      })),
    ),
  );

  test.each(everyMetric)('%s is a number, withheld, or "at least"', async (id) => {
    const { rows } = await ask({ metric: id, from: '2025-12-01', to: '2026-03-01' });
    for (const row of rows)
      for (const value of [...valuesOf(row), row.lo, row.hi]) expect(value === null || Number.isFinite(value)).toBe(true);
  });

  test.each(['lead-time', 'cycle-time', 'tail-ratio', 'spread'])('%s, which ends with the finish, is not reached', async (id) => {
    const [row] = (await ask({ metric: id, from: '2025-12-01', to: '2026-03-01' })).rows;
    expect(row?.n).toBeGreaterThan(100);
    expect(row?.note?.split(';')[0]).toBe('not-reached');
  });

  test.each(['owner-share', 'first-owner-authority', 'customer-effort', 'first-contact-resolution', 'reopen-rate', 'push-to-front'])(
    '%s, which is about the finished, is empty',
    async (id) => {
      const { rows } = await ask({ metric: id, from: '2025-12-01', to: '2026-03-01' });
      expect(rows).toMatchObject([{ n: 0 }]);
    },
  );
});

describe('of a source that cannot tell', () => {
  // What looks at another metric needs what that one does.
  const own = metrics.filter((metric) => !metric.options?.includes('of'));
  const needing = own.flatMap((metric) => metric.needs.map((signal) => [metric.id, signal] as const));

  test.each(signals.filter((signal) => needing.some(([, needed]) => needed === signal)))(
    '%s: the metrics that need it are absent with the reason',
    async (signal) => {
      await company(generated.slice(0, 40), generatedAsOf, [signal]);
      for (const [id] of needing.filter(([, needed]) => needed === signal)) {
        const { rows, absent } = await quick({ metric: id });
        expect({ id, rows }).toEqual({ id, rows: [] });
        expect(absent).toContainEqual({ connection: 'desk', signal, reason: `No ${signal} in the file.` });
      }
    },
  );
});

describe('where days begin', () => {
  /** Clocks that differ by whole hours the whole year, and the hours. */
  const zones = [
    ['Etc/GMT-5', 5],
    ['Etc/GMT+8', -8],
  ] as const;
  /** Their quarters are those of UTC, whatever the zone asked, and so are the months by which forecasts learn. */
  const ofUtc = ['sle-attainment', 'handoff-loss', 'target-ratchet'];
  const isOfUtc = ({ id, compute }: Metric) => ofUtc.includes(id) || (compute.kind === 'counted' && compute.prepare !== undefined);

  test.each(zones)('in %s, all metrics of the same story told on that clock are the same', async (zone, hours) => {
    const asked = metrics.filter((metric) => !isOfUtc(metric)).map(({ id }) => ({ metric: id, grain: 'week' as const }));
    await company(generated);
    const here = await Promise.all(asked.map((request) => quick(request)));
    await company(JSON.parse(JSON.stringify(generated), later(-hours)) as ItemFacts[], later(-hours)('', generatedAsOf) as string);
    const there = await Promise.all(asked.map((request) => quick({ ...request, zone })));
    for (const [index, { rows, metric }] of there.entries())
      expect({ metric, rows: rounded(rows) }).toEqual({ metric, rows: rounded(here[index]?.rows ?? []) });
  });
});

/** For `JSON.parse`: moves every instant by so many hours. */
function later(hours: number): (key: string, value: unknown) => unknown {
  return (_key, value) => (isInstant(value) ? new Date(Date.parse(value) + hours * 3_600_000).toISOString() : value);
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value);
}

function rounded(rows: MetricRow[]): unknown {
  return JSON.parse(JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(10)) : value)));
}

describe('at midnight', () => {
  /** Count an item in each period it is open in, so that days do not add up. */
  const oncePerPeriod = ['item-age', 'silent-items'];

  /** For `JSON.parse`: every instant is the beginning of its day, and what then has no length is gone. */
  const atMidnight = (_key: string, value: unknown): unknown => {
    if (Array.isArray(value))
      return value.filter((part: { from?: string; to?: string | null }) => part.from === undefined || part.from !== part.to);
    return isInstant(value) ? `${value.slice(0, 10)}T00:00:00.000Z` : value;
  };

  beforeAll(() => company(JSON.parse(JSON.stringify(generated), atMidnight) as ItemFacts[], '2026-01-28T00:00:00Z'));

  test.each(everyMetric.filter(([id, metric]) => perOf(metric) === 'row' && !oncePerPeriod.includes(id)))(
    'each unit of %s is in one day',
    async (id) => {
      const [whole, days] = await Promise.all([quick({ metric: id }), quick({ metric: id, grain: 'day' })]);
      expect(sum(days.rows.map((row) => row.n))).toBe(sum(whole.rows.map((row) => row.n)));
      expect(sum(days.rows.map((row) => row.numerator ?? 0))).toBe(sum(whole.rows.map((row) => row.numerator ?? 0)));
    },
  );

  test.each(everyMetric.filter(([id, metric]) => perOf(metric) === 'item-time' && metric.unit === '%' && !oncePerPeriod.includes(id)))(
    'each second of %s is in one day',
    async (id) => {
      const [whole, days] = await Promise.all([quick({ metric: id }), quick({ metric: id, grain: 'day' })]);
      expect(whole.rows[0]?.denominator).toBeGreaterThan(0);
      expect(sum(days.rows.map((row) => row.numerator ?? 0))).toBeCloseTo(whole.rows[0]?.numerator ?? NaN, 3);
      expect(sum(days.rows.map((row) => row.denominator ?? 0))).toBeCloseTo(whole.rows[0]?.denominator ?? NaN, 3);
    },
  );

  test('the day an item begins with is the day it is counted in', async () => {
    await company(
      [1, 2, 3, 4, 5].map((n) => ({ name: `i${n}`, created: '2026-01-06T00:00:00Z', ended: '2026-01-07T00:00:00Z' })),
      '2026-01-28T00:00:00Z',
    );
    const { rows } = await ask({ metric: 'lead-time', from: '2026-01-05', to: '2026-01-08', grain: 'day' });
    expect(rows.map(({ bucket, n }) => [bucket, n])).toEqual([
      ['2026-01-05', 0],
      ['2026-01-06', 5],
      ['2026-01-07', 0],
    ]);
  });
});

function perOf({ compute }: Metric): string | null {
  return compute.kind === 'counted' && compute.prepare === undefined ? compute.units(unitOptions({})).per : null;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

describe('the list', () => {
  test('names every metric with unit, treatment and definition', async () => {
    const { printed } = await runCommand(pool, registerMetricCommand, ['metric', '--list']);
    const lines = String(printed[0]).split('\n');
    expect(lines.map((line) => line.split(/\s+/)[0])).toEqual(metrics.map(({ id }) => id));
  });

  test('has no name twice, and of every metric a definition, a source and what it needs', () => {
    expect(new Set(metrics.map(({ id }) => id)).size).toBe(metrics.length);
    for (const { definition, source, needs, minimumN } of metrics) {
      expect(definition).toMatch(/^[A-Z].{60,}\.$/);
      expect(source).not.toBe('');
      expect(needs).not.toEqual([]);
      expect(minimumN).toBeGreaterThanOrEqual(5);
    }
  });
});

describe('percentiles are never averaged nor rolled up', () => {
  const never = 'percentiles are never averaged or rolled up';

  test('asked of the metrics', async () => {
    await expect(quick({ metric: 'lead-time', grain: 'quarter-of-weeks' as never })).rejects.toThrow(never);
  });

  test.each([
    ['--aggregate', 'mean'],
    ['--grain', 'fortnight'],
  ])('asked on the command line with %s %s', async (option, value) => {
    const { error, exitCode } = await runCommand(pool, registerMetricCommand, ['metric', 'lead-time', option, value]);
    expect(error).toContain(never);
    expect(exitCode).not.toBe(0);
  });
});
