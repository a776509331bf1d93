import { expect, test } from 'vitest';
import { composeChart } from '#dashboards/charts/compose.js';
import { trendQueries, type ChartDefinition } from '#dashboards/dashboard.js';
import type { MetricInfo, MetricRow } from '#dashboards/metric-result.js';
import { infoOf, resultOf } from './answers.js';

function headlineOf(
  metric: string,
  now: Partial<MetricRow>,
  before: Partial<MetricRow>,
  direction: MetricInfo['direction'] = 'lower',
  value?: string,
) {
  const definition: ChartDefinition = { id: metric, kind: 'trend', queries: trendQueries(metric), ...(value && { value }) };
  const info = { ...infoOf(metric), direction };
  const whole = (row: Partial<MetricRow>) =>
    resultOf(metric, [{ bucket: 'all', by: null, n: 200, lo: null, hi: null, note: null, ...row }], { grain: 'all' });
  const drawn = resultOf(metric, [{ bucket: '2026-01-05', by: null, value: 1, n: 9, lo: null, hi: null, note: null }]);
  const answers = [drawn, whole(now), whole(before)].map((result) => ({ info, result }));
  return composeChart(definition, answers, { locale: 'en', theme: 'light', width: 640, height: 260, isFiltered: false, ofType: null })
    .headline;
}

test('intervals apart: lower is better where the metric says so', () => {
  expect(headlineOf('silence', { value: 10, lo: 8, hi: 12 }, { value: 20, lo: 17, hi: 23 })).toEqual({
    value: '10 %',
    basis: '200 items · 95 % interval 8 % to 12 %',
    change: { text: '−10 pp, better than 20 % in the period before', tone: 'better' },
    note: null,
  });
  expect(headlineOf('silence', { value: 10, lo: 8, hi: 12 }, { value: 20, lo: 17, hi: 23 }, 'higher')?.change?.tone).toBe('worse');
});

test('intervals that overlap are no judgement', () => {
  expect(headlineOf('silence', { value: 10, lo: 8, hi: 15 }, { value: 14, lo: 12, hi: 16 })?.change).toEqual({
    text: '−4 pp against 14 % in the period before; within the usual variation',
    tone: 'unclear',
  });
});

test('a value without an interval of its own is compared and not judged', () => {
  const p = (p50: number, p85: number) => ({ values: { p50, p85, p95: null }, lo: p50 - 1, hi: p50 + 1 });
  const change = headlineOf('lead-time', p(7_200, 20_000), p(14_400, 40_000), 'lower', 'p85')?.change;
  expect(change).toEqual({ text: '−5.6 h against 11.1 h in the period before', tone: 'unclear' });
});

test('equal as shown is the same', () => {
  expect(headlineOf('silence', { value: 10.01, lo: 8, hi: 12 }, { value: 10.02, lo: 8, hi: 12 })?.change?.tone).toBe('same');
});

test('a withheld value says why and claims no change', () => {
  expect(headlineOf('silence', { value: null, n: 3, note: 'too-few;excluded:4' }, { value: 10, lo: 8, hi: 12 })).toEqual({
    value: '–',
    basis: '3 items',
    change: null,
    note: 'too few cases to say · 4 left out',
  });
});

test('notes on values that are not shown stay out of the headline', () => {
  const headline = headlineOf(
    'lead-time',
    { values: { p50: 7_200, p85: null, p95: null }, note: 'not-reached:p85;excluded:1' },
    { values: { p50: 7_200, p85: null, p95: null } },
  );
  expect(headline?.note).toBe('1 left out');
});
