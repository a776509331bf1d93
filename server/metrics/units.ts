import type { UnitQuery } from '#dashboards/dashboard.js';
import type { UnitResult, UnitRow } from '#dashboards/unit-result.js';
import { sourceRows, StatementParameters } from './compose.js';
import type { EngineRow, MetricEngine } from './engine.js';
import { markStatement } from './mark-statement.js';
import type { ToldValues, UnitTells } from './metric.js';
import { countedMetric } from './passes.js';
import { checkOptions } from './query.js';
import { checkRequest, MetricError, type MetricRequest } from './request.js';
import { asOf, findSources, type Source } from './source.js';

/** The units behind the one row of a request of grain `all`. */
export interface UnitsRequest extends MetricRequest, Pick<UnitQuery, 'take' | 'most'> {}

/** A unit without the names of its item, which the columnar copy does not hold. */
export type ToldUnit = Omit<UnitRow, 'externalId' | 'title'>;

/**
 * The units of a metric, through the same gates as its number: connections that can support it, filters, window and the data's own
 * time. A sample is of the smallest ids: an id is a hash of where its item comes from, so they are drawn by chance and always the same.
 * Throws `MetricError` for a metric whose units tell nothing.
 */
export async function metricUnits(engine: MetricEngine, request: UnitsRequest): Promise<Omit<UnitResult, 'rows'> & { rows: ToldUnit[] }> {
  checkRequest(request);
  const { metric, compute } = countedMetric(request);
  checkOptions(metric, request);
  const { tells } = compute;
  if (!tells) throw new MetricError(`"${metric.id}" tells nothing of its single units, so no chart can draw them.`);
  const { sources, absent } = await findSources(engine, metric.needs, request.filters?.connection, request.asOf);
  const at = asOf(sources);
  const mark = await markStatement(engine, { ...request, grain: 'all', bucket: 'all' });
  if (mark === null || at === null) return { metric: metric.id, total: 0, rows: [], asOf: null, absent };
  const { parameters } = mark;
  const zone = parameters.add(request.zone);
  const told = columnsOf(tells, zone);
  const names = ['item_id', 'contribution', ...told.map((_, index) => `t${index}`)].join(', ');
  const order = request.take === 'greatest' ? 'contribution desc nulls last, item_id' : 'item_id, contribution';
  const rows = await engine.query(
    `${mark.placed},
told as (
  select item_id, (${compute.measure.contribution})::float8 as contribution${told.map(({ sql }, index) => `,\n    ${sql} as t${index}`).join('')}
  from placed
  where ${mark.conditions.join('\n    and ')}
)
select ${names}, (select count(*) from told)::int as total, (${localSeconds(`${parameters.add(at)}::timestamptz`, zone)}) as as_of
from told
order by ${order}
limit ${parameters.add(String(request.most))}::int`,
    parameters.values,
  );
  const ids = rows.map((row) => String(row.item_id));
  const parts =
    tells.parts && rows.length > 0
      ? await readParts(engine, tells.parts, ids, mark.sources, request.zone)
      : new Map<string, UnitRow['parts']>();
  return {
    metric: metric.id,
    total: Number(rows[0]?.total ?? 0),
    rows: rows.map((row, index) => ({
      itemId: ids[index] ?? '',
      tells: Object.fromEntries(told.map(({ name }, place) => [name, toldValue(row[`t${place}`])])),
      parts: parts.get(ids[index] ?? '') ?? [],
    })),
    asOf: rows[0] ? Number(rows[0].as_of) : null,
    absent,
  };
}

/** By item, in their order. */
async function readParts(
  engine: MetricEngine,
  parts: NonNullable<UnitTells['parts']>,
  ids: readonly string[],
  sources: readonly Source[],
  zone: string,
): Promise<Map<string, UnitRow['parts']>> {
  const parameters = new StatementParameters();
  const columns = columnsOf(parts, parameters.add(zone));
  const rows = await engine.query(
    `with ${sourceRows(sources, parameters)},
drawn as (
  select distinct unnest(string_to_array(${parameters.add(ids.join(','))}, ','))::uuid as item_id
)
select d.item_id${columns.map(({ sql }, index) => `,\n  ${sql} as t${index}`).join('')}
from ${parts.relations}
order by d.item_id, ${parts.order}`,
    parameters.values,
  );
  const byItem = Map.groupBy(rows, (row: EngineRow) => String(row.item_id));
  return new Map(
    [...byItem].map(([id, ofItem]) => [
      id,
      ofItem.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, toldValue(row[`t${index}`])]))),
    ]),
  );
}

function columnsOf({ instants = {}, numbers = {}, texts = {} }: ToldValues, zone: string): { name: string; sql: string }[] {
  const named = (values: Record<string, string>, sql: (expression: string) => string) =>
    Object.entries(values).map(([name, expression]) => ({ name, sql: sql(expression) }));
  return [
    ...named(instants, (instant) => `case when ${instant} < 'infinity' then ${localSeconds(instant, zone)} end`),
    ...named(numbers, (number) => `(${number})::float8`),
    ...named(texts, (text) => `(${text})::text`),
  ];
}

function localSeconds(instant: string, zone: string): string {
  return `extract(epoch from timezone(${zone}, ${instant}))::float8`;
}

function toldValue(value: EngineRow[string] | undefined): number | string | null {
  return value === undefined || typeof value === 'boolean' ? null : value;
}
