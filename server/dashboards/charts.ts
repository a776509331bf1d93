import type { Board, ChartDefinition } from '#dashboards/dashboard.js';
import { changeCanBeSplit } from '../metrics/drivers/drivers.js';
import { Missing } from '../refusal.js';

/** Throws `Missing` for a chart that is on no board. */
export function findChart(boards: readonly Board[], id: string): ChartDefinition {
  const charts = boards.flatMap((board) => board.charts);
  const chart = charts.find((candidate) => candidate.id === id);
  if (!chart) throw new Missing(`There is no chart "${id}"; known: ${charts.map((known) => known.id).join(', ')}.`);
  return chart;
}

/** Whether the change that the headline of a chart tells can be split among segments. */
export function canAskWhy(chart: ChartDefinition): boolean {
  const now = chart.queries.find(({ role }) => role === 'now');
  return now !== undefined && chart.queries.some(({ role }) => role === 'before') && changeCanBeSplit(now.metric, chart.value);
}
