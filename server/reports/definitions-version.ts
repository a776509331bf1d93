import { metrics } from '../metrics/definitions/index.js';
import { metricInfo } from '../metrics/metric.js';
import { fingerprint } from './report-spec.js';

/** Changes whenever what some number means does: eight digits of the hash of all definitions. */
export function definitionsVersion(): string {
  return fingerprint(metrics.map(metricInfo)).slice(0, 8);
}
