import { metrics } from './definitions/index.js';
import type { MetricEngine } from './engine.js';
import { findSources } from './source.js';
import { holdWeeks, isHeldByWeek } from './weeks.js';

/**
 * Has an engine that can hold rows work out all that serves whatever is asked, before anybody asks; weeks are those of the
 * zone. Breaks off between two of them where
 * `isWanted` says no.
 */
export async function prepareAll(engine: MetricEngine, zone: string, isWanted: () => Promise<boolean>): Promise<void> {
  if (!engine.hold) return;
  for (const { compute, needs } of metrics) {
    if (compute.kind !== 'counted' || !(compute.prepare?.isOfAllTime || isHeldByWeek(compute))) continue;
    const { sources } = await findSources(engine, needs, undefined);
    if (sources.length === 0) continue;
    if (!(await isWanted())) return;
    if (compute.prepare?.isOfAllTime) await compute.prepare(engine, { sources, buckets: [] });
    await holdWeeks(engine, compute, sources, zone);
  }
}
