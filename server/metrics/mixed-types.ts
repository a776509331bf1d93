import type { MetricResult, MetricRow } from '#dashboards/metric-result.js';
import { findMetric } from './definitions/index.js';

/** A percentile over items of several types says nothing of any of them, so no surface shows one: it is withheld, with this note. */
const note = 'mixed-types';

/** Whether the value of a metric is a percentile, so that it must not be taken over several types. */
export function isPercentile(metric: string): boolean {
  const { compute } = findMetric(metric);
  return compute.kind === 'counted' && Object.values(compute.measure.splits ?? {}).some(({ kind }) => kind !== 'ratio');
}

/** The metric to ask by type for one that cannot be: what is watched, and of pairs of teams the waits of the same handoffs. */
export function askedByType(metric: string): string {
  const { compute } = findMetric(metric);
  if (compute.kind === 'watched') return compute.defaultMetric;
  const isPaired = compute.kind === 'counted' && compute.units({ clock: 'calendar', level: 'team' }).segment !== undefined;
  return isPaired ? 'handoff-wait' : metric;
}

export function hasMixed(result: MetricResult): boolean {
  return result.rows.some(isMixed);
}

/** The same result without the values that mix types; n and note stay, so that a reader sees what to choose. */
export function withholdMixed(result: MetricResult): MetricResult {
  return hasMixed(result) ? { ...result, rows: result.rows.map((row) => (isMixed(row) ? withheld(row) : row)) } : result;
}

/** The type most of the counted are of; null where there is one type or none. */
export function mainType(byType: MetricResult): string | null {
  const types = byType.rows.filter((row) => row.n > 0);
  if (types.length < 2) return null;
  return types.reduce((main, row) => (row.n > main.n ? row : main)).by;
}

function isMixed(row: MetricRow): boolean {
  return row.note?.split(';').includes(note) ?? false;
}

function withheld(row: MetricRow): MetricRow {
  const values = row.values && Object.fromEntries(Object.keys(row.values).map((name) => [name, null]));
  return { ...row, value: null, lo: null, hi: null, ...(values && { values }) };
}
