import { findMetric } from './definitions/index.js';
import type { EngineRow, MetricEngine } from './engine.js';
import { byContribution, orderedList, type ItemOrder } from './item-order.js';
import { markStatement } from './mark-statement.js';
import { remembered } from './prepared.js';
import { checkOptions, readTold, supportedQuestions } from './query.js';
import { checkRequest, type ItemsRequest } from './request.js';
import { asOf } from './source.js';

/** One unit behind a mark. An item is there once for each of its units: a handoff, a resolution. */
export interface MarkUnit {
  itemId: string;
  /** What it adds to the mark: seconds, a count, or 0 and 1. */
  contribution: number | null;
}

/** Beyond this place a list is held in its order: counting off so many rows for each portion would cost more than keeping them. */
const directRows = 2_000;

/**
 * The units behind a mark, in their order. They come out of the statement of the mark itself, so `total` is the `n` of its row; of
 * `part` numerator, the units that make it; of `excluded`, those its note counts.
 */
export async function metricItems(
  engine: MetricEngine,
  request: ItemsRequest,
  order: ItemOrder = byContribution,
): Promise<{ total: number; units: MarkUnit[] }> {
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
    return metricItems(engine, { ...inner, filters: { ...inner.filters, ...(connection && { connection }) } }, order);
  }
  const offset = request.offset ?? 0;
  const limit = request.limit ?? 50;
  const { hold } = engine;
  const rows =
    hold && (order.ranked !== undefined || offset + limit > directRows)
      ? await heldRows(engine, hold, request, order)
      : await countedOff(engine, request, order);
  if (rows.length === 0 && offset > 0) return { ...(await metricItems(engine, { ...request, offset: 0, limit: 1 }, order)), units: [] };
  const units = rows.map((row) => ({
    itemId: String(row.item_id),
    contribution: typeof row.contribution === 'number' ? row.contribution : null,
  }));
  return { total: Number(rows[0]?.total ?? 0), units };
}

async function countedOff(engine: MetricEngine, request: ItemsRequest, order: ItemOrder): Promise<EngineRow[]> {
  const list = await orderedStatement(engine, request, order);
  if (list === null) return [];
  const { head, columns, body, parameters } = list;
  return engine.query(
    `${head}
select ${columns}, (count(*) over ())::int as total
${body}
limit ${parameters.add(String(request.limit ?? 50))}::int offset ${parameters.add(String(request.offset ?? 0))}::int`,
    parameters.values,
  );
}

/** Out of the whole list, which is put in order once for each version of the facts. */
async function heldRows(
  engine: MetricEngine,
  hold: NonNullable<MetricEngine['hold']>,
  { offset = 0, limit = 50, ...mark }: ItemsRequest,
  order: ItemOrder,
): Promise<EngineRow[]> {
  const { by, isDescending, key } = order;
  const question = JSON.stringify(['items', mark, by, isDescending, key]);
  const { relation } = await remembered(hold, { version: await engine.version(), name: question, question }, async () => {
    const list = await orderedStatement(engine, mark, order);
    if (list === null) return hold('select null::uuid as item_id, null::float8 as contribution, 0 as place where false', []);
    const { head, columns, body, parameters } = list;
    return hold(
      `${head},
ordered as (
  select ${columns}
  ${body}
)
select item_id, contribution, (row_number() over () - 1)::int as place
from ordered`,
      parameters.values,
    );
  });
  return engine.query(
    `select item_id, contribution, (select count(*) from ${relation} z)::int as total
from ${relation} l
where place >= $1::int and place < $2::int
order by place`,
    [String(offset), String(offset + limit)],
  );
}

/** Null where no connection can support the metric. */
async function orderedStatement(engine: MetricEngine, request: ItemsRequest, order: ItemOrder) {
  const mark = await markStatement(engine, request);
  if (mark === null) return null;
  const { compute, placed, conditions, parameters } = mark;
  const listed = `${placed},
listed as (
  select item_id, (${compute.measure.contribution})::float8 as contribution
  from placed
  where ${conditions.join('\n    and ')}
)`;
  const ranked = await order.ranked?.({ sql: `${listed}\nselect distinct item_id from listed`, parameters: [...parameters.values] });
  const { cte, from, order: by } = orderedList(order, ranked ?? [], parameters);
  return { head: `${listed}${cte}`, columns: 'l.item_id, l.contribution', body: `from ${from}\norder by ${by}`, parameters };
}
