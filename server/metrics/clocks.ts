import { findMetric } from './definitions/index.js';

/**
 * Whether a metric can be read on the team's clock, which runs in working hours alone. One that looks at another metric (`of`) can
 * where that one can.
 */
export function hasBusinessClock(id: string, of?: string): boolean {
  const metric = findMetric(id);
  if (!metric.options?.includes('clock')) return false;
  if (!metric.options.includes('of')) return true;
  const inner = of ?? (metric.compute.kind === 'watched' ? metric.compute.defaultMetric : undefined);
  return inner !== undefined && hasBusinessClock(inner);
}
