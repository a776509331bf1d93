import { expect, test } from 'vitest';
import { composeChart } from '#dashboards/charts/compose.js';
import type { ChartContext, ChartDefinition, ChartKind } from '#dashboards/dashboard.js';
import type { MetricResult, MetricRow } from '#dashboards/metric-result.js';
import { infoOf, resultOf } from './answers.js';

const context: ChartContext = { locale: 'en', theme: 'light', width: 640, height: 260, isFiltered: false, ofType: null };

function row(bucket: string, value: number | null, note: string | null = null): MetricRow {
  return { bucket, by: null, value, n: value === null ? 3 : 40, lo: null, hi: null, note };
}

function told(rows: MetricRow[], window: Partial<MetricResult> = {}, metric = 'silence', kind: ChartKind = 'trend') {
  const definition: ChartDefinition = { id: metric, kind, queries: [{ role: 'drawn', metric, window: 'asked', grain: 'asked', by: null }] };
  return composeChart(definition, [{ info: infoOf(metric), result: resultOf(metric, rows, window) }], context);
}

test('where nothing is over yet the sentence says so, and does not speak of too few cases', () => {
  expect(told([row('2026-10-01', 12, 'running;partial')], { grain: 'quarter' }).summary).toBe(
    'No quarter in this period is complete; what there is so far stands in the table.',
  );
});

test('a latest period with too few cases is not passed over as if it were not complete', () => {
  const rows = [row('2026-01-05', 10), row('2026-01-12', 20), row('2026-01-19', null, 'too-few')];
  expect(told(rows).summary).toBe(
    'Silence: 20 % in the latest week with enough cases (12 Jan); between 10 % (5 Jan) and 20 % (12 Jan) over 2 periods.',
  );
  const running = [...rows.slice(0, 2), row('2026-01-19', null, 'running;too-few')];
  expect(told(running).summary).toContain('in the latest complete week (12 Jan)');
});

test('what never changes is not told as between two equals', () => {
  expect(told([row('2026-01-05', 100), row('2026-01-12', 100)]).summary).toBe(
    'Silence: 100 % in the latest complete week (12 Jan), as in all 2 periods with enough cases.',
  );
});

test('days and weeks have their year where the window is longer than one', () => {
  const rows = [row('2025-06-02', 10), row('2026-06-01', 20)];
  const long = told(rows, { from: '2025-06-02', to: '2026-06-08' });
  expect(long.summary).toContain('between 10 % (2 Jun 2025) and 20 % (1 Jun 2026)');
  expect(long.table.slice(1).map(([period]) => period)).toEqual(['2 Jun 2025', '1 Jun 2026']);
  expect(long.rows[0]?.text).toMatch(/^2 Jun 2025: 10 %/);
  expect(told(rows, { from: '2025-06-02', to: '2026-06-01' }).table[1]?.[0]).toBe('2 Jun');
});

test('a process behaviour chart without limits says that its periods are few, not its cases', () => {
  const rows = ['2026-01-05', '2026-01-12'].map((bucket): MetricRow => ({
    ...row(bucket, null),
    n: 40,
    values: { value: 7_200, mean: null },
  }));
  expect(told(rows, {}, 'process-behaviour', 'process-behaviour').summary).toBe(
    '2 complete periods have enough cases: too few to tell routine variation from a signal.',
  );
});

test('groups of which none tells its number are not said to lack a minimum that they have', () => {
  const rows: MetricRow[] = [{ ...row('all', null), by: 'Desk', n: 60, values: { p50: 7_200, p85: null }, note: 'not-reached:p85' }];
  const definition: ChartDefinition = {
    id: 'lead-time-by-team',
    kind: 'strips',
    value: 'p85',
    queries: [{ role: 'drawn', metric: 'lead-time-distribution', window: 'asked', grain: 'all', by: 'team' }],
  };
  const result = resultOf('lead-time-distribution', rows, { by: 'team', grain: 'all' });
  expect(composeChart(definition, [{ info: infoOf('lead-time-distribution'), result }], context).summary).toBe(
    'No group has enough cases to tell this number: there are too few, or too many are still open.',
  );
});
