import { findMetric } from '../metrics/definitions/index.js';
import type { MetricEngine } from '../metrics/engine.js';
import { metricInfo } from '../metrics/metric.js';
import { queryMetric } from '../metrics/query.js';
import type { Ask } from './boards.js';

/** Answers out of the engine, each time anew. */
export function askEngine(engine: MetricEngine): Ask {
  return async (request) => {
    const result = await queryMetric(engine, request);
    return { info: metricInfo(findMetric(request.metric)), result };
  };
}
