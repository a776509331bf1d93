import { expect, test } from 'vitest';
import { composeChart } from '#dashboards/charts/compose.js';
import { trendQueries, type Answer, type ChartContext, type ChartDefinition } from '#dashboards/dashboard.js';
import type { MetricRow } from '#dashboards/metric-result.js';
import { infoOf } from './answers.js';
import { svgOf } from './svg.js';

const plain = trendQueries('on-time-first');
const definition: ChartDefinition = {
  id: 'first-response',
  kind: 'trend',
  queries: [...plain, { ...plain[0]!, role: 'compared', window: 'previous' }],
};
const context: ChartContext = { locale: 'en', theme: 'light', width: 600, height: 240, isFiltered: false, ofType: null };

const row = (bucket: string, value: number, note: string | null = null): MetricRow => ({
  bucket,
  by: null,
  value,
  n: 30,
  lo: null,
  hi: null,
  note,
});

function answer(rows: MetricRow[], from: string, to: string, grain: 'month' | 'all' = 'month'): Answer {
  const { family, unit, treatment } = infoOf('on-time-first');
  const result = { metric: 'on-time-first', family, unit, treatment, from, to, zone: 'UTC', grain, by: null, asOf: null, rows, absent: [] };
  return { info: infoOf('on-time-first'), result };
}

const answers = [
  answer([row('2026-03-01', 60), row('2026-04-01', 70)], '2026-03-01', '2026-05-01'),
  answer([row('all', 65)], '2026-03-01', '2026-05-01', 'all'),
  answer([row('all', 45)], '2025-03-01', '2025-05-01', 'all'),
  answer([row('2025-03-01', 40), row('2025-04-01', 50)], '2025-03-01', '2025-05-01'),
];

test('the period compared with is a dashed line behind, its first month where the first month is', async () => {
  const chart = composeChart(definition, answers, { ...context, compare: 'year' });
  expect(chart.rows.filter((one) => 'compared' in one)).toEqual([
    { bucket: '2026-03-01', compared: 40 },
    { bucket: '2026-04-01', compared: 50 },
  ]);
  expect(await svgOf(chart)).toContain('stroke-dasharray="4,3"');
});

test('the sentence, the marks and the table say what it was', () => {
  const chart = composeChart(definition, answers, { ...context, compare: 'year' });
  expect(chart.summary).toContain('The dashed line is On time, first date from 1 Mar 2025 to 30 Apr 2025.');
  expect(chart.rows[0]?.['text']).toContain('before: 40 % (Mar 2025)');
  expect(chart.table.map((line) => line[4])).toEqual(['Compared', '40 %', '50 %']);
  expect(chart.headline?.change?.text).toContain('in the same period a year before');
});

test('a month that is not over is not drawn behind', () => {
  const running = answer([row('2025-03-01', 40), row('2025-04-01', 50, 'partial')], '2025-03-01', '2025-04-20');
  const chart = composeChart(definition, [...answers.slice(0, 3), running], { ...context, compare: 'year' });
  expect(chart.rows.filter((one) => 'compared' in one)).toEqual([{ bucket: '2026-03-01', compared: 40 }]);
});

test('compared with nothing, a number has no change', () => {
  const chart = composeChart({ ...definition, queries: plain.slice(0, 2) }, answers.slice(0, 2), { ...context, compare: 'none' });
  expect(chart.headline).toMatchObject({ value: '65 %', change: null });
});

test('a number without a business clock says so, and one that has it is named by it', () => {
  const asked = { ...context, clock: 'business' as const };
  const queries = plain.slice(0, 2);
  const without = composeChart({ ...definition, queries }, answers.slice(0, 2), asked);
  expect(without.summary).toContain('Calendar clock: this number has no business reading.');
  const withClock = answers.slice(0, 2).map((one) => ({ ...one, info: { ...one.info, hasBusinessClock: true as const } }));
  const chart = composeChart({ ...definition, queries }, withClock, asked);
  expect(chart.title).toMatch(/ · business clock$/);
  expect(chart.explanation.facts).toContainEqual({ label: 'Clock', text: 'business clock: working hours alone' });
});
