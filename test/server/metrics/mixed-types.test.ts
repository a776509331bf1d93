import { expect, test } from 'vitest';
import type { MetricResult, MetricRow } from '#dashboards/metric-result.js';
import { askedByType, hasMixed, isPercentile, mainType, withholdMixed } from '#server/metrics/mixed-types.js';

const row = (more: Partial<MetricRow>): MetricRow => ({ bucket: 'all', by: null, value: 10, n: 40, lo: 8, hi: 12, note: null, ...more });
const result = (rows: MetricRow[]): MetricResult => ({ rows }) as MetricResult;

test('a percentile over several types is withheld, with its n and its note; the others stay', () => {
  const given = result([row({ note: 'too-few:p95;mixed-types' }), row({ by: 'Incident' })]);
  expect(hasMixed(given)).toBe(true);
  expect(withholdMixed(given).rows).toEqual([
    row({ value: null, lo: null, hi: null, note: 'too-few:p95;mixed-types' }),
    row({ by: 'Incident' }),
  ]);
});

test('of several values each is withheld', () => {
  const { value: _none, ...several } = row({ note: 'mixed-types', values: { p50: 1, p85: 2 } });
  expect(withholdMixed(result([several])).rows[0]?.values).toEqual({ p50: null, p85: null });
});

test('a result without mixing is handed on as it is', () => {
  const given = result([row({ note: 'excluded:3' })]);
  expect(withholdMixed(given)).toBe(given);
});

test('the main type is the one most of the counted are of; with one type there is nothing to choose', () => {
  expect(mainType(result([row({ by: 'Task', n: 10 }), row({ by: 'Incident', n: 30 }), row({ by: 'Change', n: 30 })]))).toBe('Incident');
  expect(mainType(result([row({ by: 'Task', n: 10 }), row({ by: 'Incident', n: 0 })]))).toBeNull();
});

test('percentiles are told from rates, and pairs are asked by type through the waits of the same handoffs', () => {
  expect([isPercentile('lead-time'), isPercentile('tail-ratio'), isPercentile('reopen-rate')]).toEqual([true, true, false]);
  expect([askedByType('lead-time'), askedByType('handover-matrix'), askedByType('process-behaviour')]).toEqual([
    'lead-time',
    'handoff-wait',
    'lead-time',
  ]);
});
