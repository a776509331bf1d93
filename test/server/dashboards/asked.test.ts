import { expect, test } from 'vitest';
import { trendQueries, type ChartDefinition } from '#dashboards/dashboard.js';
import { askedWindow, comparedChart, metricRequest, previousWindow } from '#server/dashboards/asked.js';
import type { Question } from '#server/dashboards/question.js';
import { evidenceOf } from '#server/metrics/evidence.js';
import { bareQuestion } from './bare-question.js';

const standard = { from: '2026-05-25', to: '2026-11-23', zone: 'UTC' };

test('takes what is not asked from the standard window', () => {
  expect(askedWindow({ from: null, to: null }, standard)).toEqual(standard);
  expect(askedWindow({ from: '2026-10-01', to: null }, standard)).toEqual({ ...standard, from: '2026-10-01' });
});

test('keeps the length where only an end outside the standard window is asked', () => {
  // 2026-05-25 to 2026-11-23 are 182 days.
  expect(askedWindow({ from: null, to: '2026-01-01' }, standard)).toEqual({ from: '2025-07-03', to: '2026-01-01', zone: 'UTC' });
});

test('puts the window before right before: equally long, or as many months', () => {
  expect(previousWindow({ from: '2026-03-02', to: '2026-04-01', zone: 'UTC' })).toEqual({
    from: '2026-01-31',
    to: '2026-03-02',
    zone: 'UTC',
  });
  expect(previousWindow({ from: '2026-03-01', to: '2026-04-01', zone: 'UTC' })).toEqual({
    from: '2026-02-01',
    to: '2026-03-01',
    zone: 'UTC',
  });
});

const trend: ChartDefinition = { id: 'lead-time', kind: 'trend', queries: trendQueries('lead-time') };
const week = { from: '2026-11-09', to: '2026-11-16', zone: 'UTC' };

test('asks in the calendar of the language, unless another is asked', () => {
  const [query] = trend.queries;
  const asked = (change: Partial<Question>) => query && metricRequest(query, { ...bareQuestion, ...change }, week);
  expect(asked({})).not.toHaveProperty('calendar');
  expect(asked({ locale: 'fa' })).toHaveProperty('calendar', 'jalali');
  expect(asked({ locale: 'fa', calendar: 'gregorian' })).not.toHaveProperty('calendar');
});

test('asks the business clock of the metrics that have it', () => {
  const asked = (metric: string) =>
    metricRequest({ role: 'drawn', metric, window: 'asked', grain: 'all', by: null }, { ...bareQuestion, clock: 'business' }, week).clock;
  expect(['lead-time', 'process-behaviour', 'silence', 'on-time-first', 'target-ratchet'].map(asked)).toEqual([
    'business',
    'business',
    undefined,
    undefined,
    undefined,
  ]);
});

test('draws the window compared with only where that is asked and nothing is broken down', () => {
  const roles = (change: Partial<Question>) => comparedChart(trend, { ...bareQuestion, ...change }).queries.map(({ role }) => role);
  expect(roles({})).toEqual(['drawn', 'now', 'before']);
  expect(roles({ compare: 'year' })).toEqual(['drawn', 'now', 'before', 'compared']);
  expect(roles({ compare: 'year', by: 'team' })).toEqual(['drawn', 'now', 'before']);
  expect(roles({ compare: 'none' })).toEqual(['drawn', 'now']);
});

const value = (lo: number | null, hi: number | null) => ({ from: '', to: '', value: 1, n: 30, lo, hi, note: null });

test('calls a change a signal only where the two intervals lie apart', () => {
  expect(evidenceOf(value(4, 5), value(1, 3))).toBe('signal');
  expect(evidenceOf(value(1, 3), value(3, 5))).toBe('noise');
  expect(evidenceOf(value(1, null), value(3, 5))).toBe('unclear');
  expect(evidenceOf(null, value(3, 5))).toBe('unclear');
});
