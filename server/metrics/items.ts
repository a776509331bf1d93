import { findMetric } from './definitions/index.js';
import type { MetricEngine } from './engine.js';
import { markStatement } from './mark-statement.js';
import { checkOptions, readTold, supportedQuestions } from './query.js';
import { checkRequest, type ItemsRequest } from './request.js';
import { asOf } from './source.js';

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
  const mark = await markStatement(engine, request);
  if (mark === null) return { total: 0, units: [] };
  const { compute, placed, conditions, parameters } = mark;
  const sql = `${placed}
select item_id, (${compute.measure.contribution})::float8 as contribution, (count(*) over ())::int as total
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
