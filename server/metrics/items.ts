import { placedUnits, StatementParameters } from './compose.js';
import type { MetricEngine } from './engine.js';
import { checkOptions, countedMetric, readTold, supportedQuestions } from './query.js';
import { checkRequest, known, MetricError, type ItemsRequest } from './request.js';
import { asOf, findSources } from './source.js';
import { findMetric } from './definitions/index.js';
import { windowBuckets } from './window.js';

/** One unit behind a mark. An item is there once for each of its units: a handoff, a resolution. */
export interface MarkUnit {
  itemId: string;
  /** What it adds to the mark: seconds, a count, or 0 and 1. */
  contribution: number | null;
}

/**
 * The units behind a mark, greatest contribution first. They come out of the statement of the mark itself, so `total` is the `n` of
 * its row; of `part` numerator, the units that make it; of `excluded`, those its note counts.
 */
export async function metricItems(engine: MetricEngine, request: ItemsRequest): Promise<{ total: number; units: MarkUnit[] }> {
  checkRequest(request);
  const named = findMetric(request.metric);
  checkOptions(named, request);
  if (named.compute.kind === 'combined') {
    const told = await readTold(engine, named.compute);
    const { questions, sources } = await supportedQuestions(engine, named, named.compute.questions(request, findMetric, told));
    const at = asOf(sources);
    if (at === null) return { total: 0, units: [] };
    const connection = questions[0]?.filters?.connection;
    const inner = named.compute.items(request, at, told);
    if (inner === null) return { total: 0, units: [] };
    return metricItems(engine, { ...inner, filters: { ...inner.filters, ...(connection && { connection }) } });
  }
  const { metric, compute } = countedMetric(request);
  const part = request.part ?? 'all';
  known('part', part, ['all', 'numerator', 'excluded']);
  const buckets = windowBuckets(request);
  const bucket = buckets.find((candidate) => candidate.label === request.bucket);
  if (!bucket)
    throw new MetricError(
      `Unknown bucket "${request.bucket}"; the window has ${buckets[0]?.label} to ${buckets.at(-1)?.label} by ${request.grain}.`,
    );
  const { measure } = compute;
  if (part === 'numerator' && !measure.numerator)
    throw new MetricError(`"${metric.id}" has no numerator; ask for part "all" or "excluded".`);
  const { sources } = await findSources(engine, metric.needs, request.filters?.connection, request.asOf);
  if (sources.length === 0) return { total: 0, units: [] };
  const parameters = new StatementParameters();
  const conditions = [
    part === 'excluded' ? 'is_excluded' : 'not is_excluded',
    ...(measure.unitCondition && part !== 'excluded' ? [measure.unitCondition] : []),
    ...(part === 'numerator' && measure.numerator ? [measure.numerator] : []),
  ];
  const scope = { sources, buckets: [bucket] };
  const prepared = await compute.prepare?.(engine, scope);
  const placed = placedUnits(compute, request, { ...scope, ...(prepared && { prepared }) }, parameters);
  if (request.segment !== undefined) conditions.push(`replace(segment, chr(31), ' → ') = ${parameters.add(request.segment ?? '')}`);
  const sql = `${placed}
select item_id, (${measure.contribution})::float8 as contribution, (count(*) over ())::int as total
from placed
where ${conditions.join('\n  and ')}
order by contribution desc nulls last, item_id
limit ${parameters.add(String(request.limit ?? 50))}::int offset ${parameters.add(String(request.offset ?? 0))}::int`;
  const rows = await engine.query(sql, parameters.values);
  if (rows.length === 0 && (request.offset ?? 0) > 0)
    return { ...(await metricItems(engine, { ...request, offset: 0, limit: 1 })), units: [] };
  const units = rows.map((row) => ({
    itemId: String(row.item_id),
    contribution: typeof row.contribution === 'number' ? row.contribution : null,
  }));
  return { total: Number(rows[0]?.total ?? 0), units };
}
