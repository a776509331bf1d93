import { Temporal } from 'temporal-polyfill';
import { boards } from '#dashboards/boards/index.js';
import type { MetricResult, MetricRow } from '#dashboards/metric-result.js';
import { metrics } from '../metrics/definitions/index.js';
import type { MetricEngine } from '../metrics/engine.js';
import type { Metric } from '../metrics/metric.js';
import { withholdMixed } from '../metrics/mixed-types.js';
import { queryMetric } from '../metrics/query.js';

/** The running week and a year before it. */
const weeks = 53;

/** Local dates, half-open, and their zone. */
export interface WeeksWindow {
  from: string;
  to: string;
  zone: string;
}

/** A row of `facts.metric_week`, named as there. */
export interface WeekRow {
  dimension: 'all' | 'team';
  segment: string | null;
  week: string;
  value_name: string;
  value: number | null;
  unit: string;
  n: number;
  low: number | null;
  high: number | null;
  note: string | null;
}

/** The weeks up to that of the last day there is data of. */
export function weeksUntil(lastDay: string, zone: string): WeeksWindow {
  const last = Temporal.PlainDate.from(lastDay);
  const to = last.add({ days: 8 - last.dayOfWeek });
  return { from: to.subtract({ weeks }).toString(), to: to.toString(), zone };
}

/** The metrics that a board draws period by period and that count something. Pairs of teams and curves have no value of a week. */
export const weeklyMetrics: readonly Metric[] = metrics.filter(
  ({ id, compute }) =>
    compute.kind === 'counted' &&
    compute.units({ clock: 'calendar', level: 'team' }).segment === undefined &&
    boards.some(({ charts }) =>
      charts.some(({ queries }) => queries.some(({ role, metric, grain }) => role === 'drawn' && metric === id && grain === 'asked')),
    ),
);

/** What the page says of each week, of everything and of each team. */
export async function countWeeks(
  engine: MetricEngine,
  metric: Metric,
  window: WeeksWindow,
): Promise<{ rows: WeekRow[]; asOf: string | null }> {
  const ask = async (by: 'team' | null): Promise<MetricResult> =>
    withholdMixed(await queryMetric(engine, { metric: metric.id, ...window, grain: 'week', by }));
  const [all, teams] = [await ask(null), await ask('team')];
  return {
    rows: [
      ...all.rows.filter(({ by }) => by === null).flatMap((row) => weekRows(metric, 'all', row)),
      ...teams.rows.flatMap((row) => weekRows(metric, 'team', row)),
    ],
    asOf: all.asOf,
  };
}

/** One for each of its values; the interval is that of the first. */
function weekRows({ unit, units = {}, values: names }: Metric, dimension: WeekRow['dimension'], row: MetricRow): WeekRow[] {
  const { bucket: week, by: segment, n, note } = row;
  const of = { dimension, segment, week, n, note };
  if (row.values === undefined) return [{ ...of, value_name: 'value', value: row.value ?? null, unit, low: row.lo, high: row.hi }];
  const { values } = row;
  return names.map((name, index) => ({
    ...of,
    value_name: name,
    value: values[name] ?? null,
    unit: units[name] ?? unit,
    low: index === 0 ? row.lo : null,
    high: index === 0 ? row.hi : null,
  }));
}
