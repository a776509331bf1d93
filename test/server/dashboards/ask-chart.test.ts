import { expect, test } from 'vitest';
import { trendQueries, type ChartDefinition } from '#dashboards/dashboard.js';
import { askChart, type Ask } from '#server/dashboards/boards.js';
import { findMetric } from '#server/metrics/definitions/index.js';
import { metricInfo } from '#server/metrics/metric.js';
import type { MetricRequest } from '#server/metrics/request.js';
import { bareQuestion } from './bare-question.js';

const window = { from: '2026-11-09', to: '2026-11-16', zone: 'UTC' };
const percentiles: ChartDefinition = { id: 'lead-time', kind: 'trend', queries: trendQueries('lead-time') };

/** Keeps what is asked, and answers nothing to all of it. */
function nothing(asked: MetricRequest[]): Ask {
  const ask = async (request: MetricRequest) => {
    asked.push(request);
    const { metric, from, to, zone, grain } = request;
    const info = metricInfo(findMetric(metric));
    const { family, unit, treatment } = info;
    const by = request.by ?? null;
    return { info, result: { metric, family, unit, treatment, from, to, zone, grain, by, asOf: null, rows: [], absent: [] } };
  };
  return Object.assign(ask, {
    units: () => Promise.reject(new Error('This chart has no units.')),
    notes: async () => [],
    targets: async () => [],
  });
}

test('asks once which type percentiles are of, also where there is none', async () => {
  const asked: MetricRequest[] = [];
  const { answers, ofType } = await askChart(nothing(asked), percentiles, bareQuestion, window);
  expect(asked.filter(({ by }) => by === 'type')).toHaveLength(1);
  expect(answers).toHaveLength(percentiles.queries.length);
  expect(ofType).toBeNull();
});
