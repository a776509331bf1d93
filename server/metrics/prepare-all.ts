import { metrics } from './definitions/index.js';
import type { MetricEngine } from './engine.js';
import { findSources } from './source.js';

/**
 * Has an engine that can hold rows work out all that serves whatever is asked, before anybody asks. Breaks off between two of them where
 * `isWanted` says no.
 */
export async function prepareAll(engine: MetricEngine, isWanted: () => Promise<boolean>): Promise<void> {
  if (!engine.hold) return;
  for (const { compute, needs } of metrics) {
    if (compute.kind !== 'counted' || !compute.prepare?.isOfAllTime) continue;
    const { sources } = await findSources(engine, needs, undefined);
    if (sources.length === 0) continue;
    if (!(await isWanted())) return;
    await compute.prepare(engine, { sources, buckets: [] });
  }
}
