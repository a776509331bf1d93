import { metrics } from './definitions/index.js';
import type { MetricEngine } from './engine.js';
import { findSources, type Source } from './source.js';
import { holdWeeks, isHeldByWeek } from './weeks.js';

/**
 * Has an engine that can hold rows work out all that serves whatever is asked, before anybody asks; weeks are those of the zone. What
 * questions wait for comes first, what only makes them faster after it. Breaks off between two of them where `isWanted` says no.
 */
export async function prepareAll(engine: MetricEngine, zone: string, isWanted: () => Promise<boolean>): Promise<void> {
  if (!engine.hold) return;
  const counted = metrics.flatMap(({ compute, needs }) => (compute.kind === 'counted' ? [{ compute, needs }] : []));
  const awaited = counted.flatMap(({ compute: { prepare }, needs }) =>
    prepare?.isOfAllTime ? [{ needs, work: async (sources: Source[]) => void (await prepare(engine, { sources, buckets: [] })) }] : [],
  );
  const weeks = counted.flatMap(({ compute, needs }) =>
    isHeldByWeek(compute) ? [{ needs, work: (sources: Source[]) => holdWeeks(engine, compute, sources, zone) }] : [],
  );
  const ends = counted.flatMap(({ compute: { prepare }, needs }) =>
    prepare?.holdWeeks ? [{ needs, work: (sources: Source[]) => prepare.holdWeeks?.(engine, sources, zone) }] : [],
  );
  for (const { needs, work } of [...awaited, ...ends, ...weeks]) {
    const { sources } = await findSources(engine, needs, undefined);
    if (sources.length === 0) continue;
    if (!(await isWanted())) return;
    await work(sources);
  }
}
