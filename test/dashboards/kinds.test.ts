import { expect, test } from 'vitest';
import { composeChart } from '#dashboards/charts/compose.js';
import { wholeQuery, type ChartContext, type ChartDefinition, type ChartKind, type ChartQuery } from '#dashboards/dashboard.js';
import type { MetricResult, MetricRow } from '#dashboards/metric-result.js';
import { infoOf, resultOf } from './answers.js';
import { svgOf, textsIn } from './svg.js';

const context: ChartContext = { locale: 'en', theme: 'light', width: 640, height: 260, isFiltered: false, ofType: null };

function draw(
  kind: ChartKind,
  queries: ChartQuery[],
  rows: MetricRow[][],
  more: Partial<MetricResult> = {},
  other: Partial<ChartDefinition> = {},
) {
  const definition: ChartDefinition = { id: 'own', kind, title: { en: 'Own' }, queries, ...other };
  return composeChart(
    definition,
    queries.map(({ metric }, index) => ({ info: infoOf(metric), result: resultOf(metric, rows[index] ?? [], { grain: 'all', ...more }) })),
    context,
  );
}

const row = (by: string | null, values: Record<string, number | null>, more: Partial<MetricRow> = {}): MetricRow => ({
  bucket: 'all',
  by,
  values,
  n: 100,
  lo: null,
  hi: null,
  note: null,
  ...more,
});

test('a funnel names those beyond chance, worst first, and draws each at its size', async () => {
  const limits = { whole: 60, lower95: 52, upper95: 68, lower998: 47, upper998: 73 };
  const finished = draw(
    'funnel',
    [wholeQuery('level-spread', 'team')],
    [
      [
        row('North', { value: 40, ...limits }, { denominator: 90, note: 'outside:998' }),
        row('South', { value: 62, ...limits }, { denominator: 100 }),
        row('West', { value: 70, ...limits }, { denominator: 80, note: 'outside:95' }),
        row('Small', { value: null, whole: null }, { n: 3, denominator: 3, note: 'too-few' }),
      ],
    ],
    { by: 'team' },
  );
  expect(finished.summary).toBe('2 of 3 lie beyond what chance alone explains: North 40 %, West 70 %. The whole is at 60 %.');
  expect(finished.rows.map(({ name, size }) => [name, size])).toEqual([
    ['West', 80],
    ['North', 90],
    ['South', 100],
  ]);
  expect(finished.rows[2]?.text).toBe('South: 62 % · 100 promises · by chance alone between 52 % and 68 %, 95 times in 100');
  expect(finished.table).toHaveLength(5);
  expect(finished.table[0]?.slice(3, 5)).toEqual(['lower 95 % limit', 'upper 95 % limit']);
  expect(finished.plain[0]?.slice(1, 4)).toEqual(['value (%)', 'the whole (%)', 'lower 95 % limit (%)']);
  expect(finished.plain[1]?.slice(0, 4)).toEqual(['West', 70, 60, 52]);
  expect(finished.plain[4]?.slice(0, 3)).toEqual(['Small', null, null]);
  expect(textsIn(await svgOf(finished))).toEqual(expect.arrayContaining(['North', 'outside the 99.8 % limits']));
});

test('strips end where the last quantile is known', () => {
  const finished = draw(
    'strips',
    [wholeQuery('lead-time-distribution', 'team')],
    [[row('Desk', { p50: 7_200, p25: 3_600, p75: 14_400, p85: 21_600, p95: null }, { note: 'too-few:p95' })]],
    { by: 'team' },
    { value: 'p85' },
  );
  expect(finished.rows[0]).toMatchObject({
    name: 'Desk',
    p25: 3_600,
    p95: null,
    end: 21_600,
    n: 100,
    items: 'grain=all&bucket=all&by=team&segment=Desk',
  });
  expect(finished.table[1]).toEqual(['Desk', '60 min', '2 h', '4 h', '6 h', '–', '–', '100', 'p95: too few cases to say']);
});

test('the parts of a stack lie on each other, and the sentence tells the two largest', () => {
  const finished = draw(
    'stack',
    [{ role: 'drawn', metric: 'wait-causes', window: 'asked', grain: 'asked', by: null }],
    [[row(null, { active: 20, queue: 30, customer: 50 }, { bucket: '2026-01-05' })]],
    { grain: 'week' },
    { lines: ['active', 'queue', 'customer'] },
  );
  expect(finished.rows.map(({ from, to, n }) => [from, to, n])).toEqual([
    [0, 20, 100],
    [20, 50, 100],
    [50, 100, 100],
  ]);
  expect(finished.summary).toBe(
    'What waiting is made of in the latest complete week (5 Jan): the largest parts are “with the customer” (50 %) and “queue” (30 %).',
  );
});

test('a flow is as wide as it is large at both ends, and one mark each', () => {
  const wait = { share: 50, returns: null, cold: null, reAsk: null };
  const finished = draw(
    'flow',
    [wholeQuery('handover-matrix')],
    [
      [
        row('A → B', { ...wait, wait: 3_600 }, { pair: ['A', 'B'], n: 30 }),
        row('A → C', { ...wait, wait: 90_000 }, { pair: ['A', 'C'], n: 10 }),
        row('C → B', { ...wait, wait: null }, { pair: ['C', 'B'], n: 4 }),
      ],
    ],
  );
  const ribbons = finished.rows.filter(({ part }) => part === 'ribbon');
  expect(new Set(ribbons.filter(({ flow }) => flow === 'A → B').map(({ top, bottom }) => Number(bottom) - Number(top)))).toEqual(
    new Set([30]),
  );
  expect(new Map(ribbons.filter(({ items }) => items !== undefined).map(({ flow, n }) => [flow, n]))).toEqual(
    new Map([
      ['A → B', 30],
      ['A → C', 10],
      ['C → B', 4],
    ]),
  );
  const edges = (name: string, at: number) => finished.rows.filter((one) => one.part === 'node' && one.name === name && one.at === at);
  expect(edges('A', 0).map(({ top, bottom }) => Number(bottom) - Number(top))).toEqual([40]);
  expect(edges('B', 1).map(({ top, bottom }) => Number(bottom) - Number(top))).toEqual([34]);
  expect(ribbons.find(({ flow }) => flow === 'C → B')?.wait).toBe('too few to say');
});

test('a reliability diagram tells the class that misses most', () => {
  const finished = draw(
    'reliability',
    [wholeQuery('reliability')],
    [
      [
        row('0.1–0.2', { observed: 0.2, meanForecast: 0.15 }, { lo: 0.1, hi: 0.3 }),
        row('0.5–0.6', { observed: 0.75, meanForecast: 0.55 }, { lo: 0.66, hi: 0.83, note: 'outside:95' }),
        row('0.8–0.9', { observed: null, meanForecast: null }, { n: 2, note: 'too-few' }),
      ],
    ],
  );
  expect(finished.summary).toBe('One of 2 classes says too much or too little, most of all where 55 % was forecast and 75 % came true.');
  expect(finished.rows.map(({ forecast, observed, n }) => [forecast, observed, n])).toEqual([
    [15, 20, 100],
    [expect.closeTo(55, 9), 75, 100],
  ]);
  expect(finished.table).toHaveLength(4);
});

test('a survival curve begins at all, and its sentence tells a week and the end', () => {
  const day = 86_400;
  const counts = { fell: 5, otherEnds: 3, stillStanding: 1 };
  const finished = draw(
    'survival',
    [wholeQuery('promise-survival')],
    [
      [
        row('≤  240 h', { standing: 60, ...counts }, { atSeconds: 10 * day, n: 9, lo: 50, hi: 69 }),
        row('≤   72 h', { standing: 80, ...counts }, { atSeconds: 3 * day, n: 9, lo: 72, hi: 87 }),
        row('> 4320 h', { standing: 60, ...counts }, { n: 9 }),
      ],
    ],
  );
  expect(finished.summary).toBe('After 3 d, 80 % still stand; after 10 d, 60 %.');
  expect(finished.rows.map(({ at, v, n }) => [at, v, n])).toEqual([
    [0, 100, 0],
    [3 * day, 80, 9],
    [10 * day, 60, 9],
  ]);
  expect(finished.table.map(([age]) => age)).toEqual(['time since it was said', '3 d', '10 d', 'later']);
});

test('an association pairs the periods of two metrics and tells the slope as no cause', () => {
  const week = (bucket: string, value: number): MetricRow => ({ bucket, by: null, value, n: 50, lo: null, hi: null, note: null });
  const query = (metric: string): ChartQuery => ({ role: 'drawn', metric, window: 'asked', grain: 'asked', by: null });
  const finished = draw(
    'association',
    [wholeQuery('level-vs-load'), query('on-time-first'), query('load')],
    [
      [row(null, { onTimeSlope: -2.5, leadTimeSlope: null }, { lo: -4, hi: -1 })],
      [week('2026-01-05', 70), week('2026-01-12', 64), week('2026-01-19', 61)],
      [week('2026-01-05', 2), week('2026-01-12', 3)],
    ],
    { grain: 'week' },
  );
  expect(finished.summary).toBe('−2.5 pp on time with each open item more per owner (−4 pp … −1 pp). An association, not a cause.');
  expect(finished.rows.map(({ load, level, metric }) => [load, level, metric])).toEqual([
    [2, 70, 'on-time-first'],
    [3, 64, 'on-time-first'],
  ]);
});

test('a ranking of a metric with one value has no legend and opens by segment', () => {
  const rows = [40, 60].map((value, index): MetricRow => ({
    bucket: 'all',
    by: `T${index}`,
    value,
    n: 20,
    lo: null,
    hi: null,
    note: null,
  }));
  const finished = draw('ranking', [wholeQuery('on-time-first', 'team')], [rows], { by: 'team' });
  expect(finished.summary).toBe('Highest: T1, 60 % (20 promises); lowest: T0, 40 % (20 promises).');
  expect(finished.rows.map(({ name, v0 }) => [name, v0])).toEqual([
    ['T1', 60],
    ['T0', 40],
  ]);
});
