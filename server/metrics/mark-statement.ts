import { placedUnits, StatementParameters } from './compose.js';
import type { MetricEngine } from './engine.js';
import { findKeys } from './find-keys.js';
import type { Counted, Metric } from './metric.js';
import { countedMetric } from './passes.js';
import { itemParts, known, MetricError, type ItemsRequest } from './request.js';
import { findSources, type Source } from './source.js';
import { windowBuckets } from './window.js';

/** The units of one mark: CTEs that end with `placed`, and which of its rows they are. */
export interface MarkStatement {
  metric: Metric;
  compute: Counted;
  sources: Source[];
  placed: string;
  conditions: string[];
  parameters: StatementParameters;
}

/**
 * The statement of the mark itself, so that whatever is read of it has its `n` rows. Null where no connection can support the metric.
 * Throws `MetricError` for a bucket or a part there is not.
 */
export async function markStatement(engine: MetricEngine, request: ItemsRequest): Promise<MarkStatement | null> {
  const { metric, compute } = countedMetric(request);
  const part = request.part ?? 'all';
  known('part', part, itemParts);
  const buckets = windowBuckets(request);
  const bucket = buckets.find((candidate) => candidate.label === request.bucket);
  if (!bucket)
    throw new MetricError(
      `Unknown bucket "${request.bucket}"; the window has ${buckets[0]?.label} to ${buckets.at(-1)?.label} by ${request.grain}.`,
    );
  const { measure } = compute;
  if ((part === 'numerator' || part === 'remainder') && !measure.numerator)
    throw new MetricError(`"${metric.id}" has no numerator; ask for part "all" or "excluded".`);
  const { sources } = await findSources(engine, metric.needs, request.filters?.connection, request.asOf);
  if (sources.length === 0) return null;
  const parameters = new StatementParameters();
  const conditions = [
    part === 'excluded' ? 'is_excluded' : 'not is_excluded',
    ...(measure.unitCondition && part !== 'excluded' ? [measure.unitCondition] : []),
    ...(part === 'numerator' && measure.numerator ? [measure.numerator] : []),
    ...(part === 'remainder' && measure.numerator ? [`(${measure.numerator}) is not true`] : []),
  ];
  const { filters, zone } = request;
  const scope = { sources, buckets: [bucket], zone, filters, keys: await findKeys(engine, filters) };
  const prepared = await compute.prepare?.(engine, scope);
  const placed = placedUnits(compute, request, { ...scope, ...(prepared && { prepared }) }, parameters);
  if (request.segment !== undefined) conditions.push(`replace(segment, chr(31), ' → ') = ${parameters.add(request.segment ?? '')}`);
  return { metric, compute, sources, placed, conditions, parameters };
}
