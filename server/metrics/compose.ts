import { dimensions, type Dimension } from '#dashboards/metric-result.js';
import { bucketRows, column, reachRows, windowBounds } from './buckets.sql.js';
import { itemTimePlacement, momentJoin, timedUnits, type Pieces } from './item-time.sql.js';
import type { Counted, Parameters, Prepared, PreparedRows, Scope, Units } from './metric.js';
import type { MetricOptions } from './options.js';
import type { MetricRequest } from './request.js';
import type { NamedKeys } from './named-keys.js';
import type { Source } from './source.js';
import { weekPlacement, type HeldWeeks } from './weeks.sql.js';
import type { Within } from './within.js';

export class StatementParameters implements Parameters {
  readonly values: string[] = [];

  add(value: string): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** Where the name of a dimension is known: the relation, and its key, which the facts carry too. */
export const named = {
  team: { by: 'team_id', in: 'measured.team', as: 'name' },
  customer: { by: 'customer_id', in: 'measured.customer', as: 'name' },
  group: { by: 'customer_id', in: 'measured.customer', as: 'group_name' },
} as const satisfies Partial<Record<Dimension, unknown>>;

interface Segment {
  column: string;
  named?: (typeof named)[keyof typeof named];
  join?: string;
}

const customerJoin = 'left join measured.customer customer on customer.customer_id = u.customer_id';

const segments: Record<Dimension, Segment> = {
  team: {
    column: 'team.name',
    named: named.team,
    join: 'left join measured.team team on team.team_id = u.team_id',
  },
  customer: { column: 'customer.name', named: named.customer, join: customerJoin },
  group: { column: 'customer.group_name', named: named.group, join: customerJoin },
  connection: { column: 'u.source_name' },
  type: { column: 'u.type' },
  service: { column: 'u.service' },
  channel: { column: 'u.channel' },
  priority: { column: 'u.priority' },
  language: { column: 'u.language' },
};

/**
 * The common part of every statement of a metric: CTEs `source`, `bucket`, `unit` and `placed`. In `placed` each row is a unit in
 * its bucket (its number) and segment (its name; empty for none).
 */
export function placedUnits(
  compute: Counted,
  request: MetricRequest,
  scope: Scope & { prepared?: Prepared; weeks?: HeldWeeks | null },
  parameters: Parameters,
): string {
  const filters = filtersOf(request, scope.keys ?? {}, parameters);
  const within = withinOf(filters);
  const units = compute.units({ ...unitOptions(request), within });
  const isByDay = scope.buckets.length > 1;
  const bounds = windowBounds(scope.buckets, parameters);
  const buckets = bucketRows(scope.buckets, isByDay, parameters);
  const pieces = piecesOf(units, request, filters, { isByDay, bounds });
  if (units.per === 'item-time' && scope.weeks) return `with ${buckets},\n${weekPlacement(units, pieces, scope.weeks)}`;
  return `with ${sourceRows(scope.sources, parameters)},
${buckets},
${scope.prepared ? `${preparedRows(scope.prepared, within, parameters)},\n` : ''}${units.per === 'item-time' && isByDay ? `${reachRows(scope.buckets, parameters)},\n` : ''}${units.per === 'item-time' ? timedUnits(units, bounds, within) : `unit as (\n${units.sql}\n)`},
${placement(units, pieces)}`;
}

/** CTE `source`: the connections that can support the metric. */
export function sourceRows(sources: readonly Source[], parameters: Parameters): string {
  return `source as (
  select
    unnest(${column(
      parameters,
      sources.map((source) => source.connectionId),
    )})::uuid as connection_id,
    unnest(${column(
      parameters,
      sources.map((source) => source.name),
    )}) as name,
    unnest(${column(
      parameters,
      sources.map((source) => source.asOfAt),
    )})::timestamptz as as_of_at,
    unnest(${column(
      parameters,
      sources.map((source) => source.sinceAt),
    )})::timestamptz as since_at
)`;
}

/** CTE `prepared`. */
function preparedRows(prepared: Prepared, within: Within, parameters: Parameters): string {
  if (prepared.kind === 'derived') return `prepared as materialized (\n${prepared.select(within)}\n)`;
  return `prepared as (
  ${prepared.kind === 'held' ? `select u.* from ${prepared.relation} u` : preparedSelect(prepared.rows, parameters)}
)`;
}

const preparedKeys = 'item_id, connection_id, team_id, customer_id, type, service, channel, priority, language, excluded, outcome';

/** Rows that were worked out beside the SQL, with the keys of their items. */
export function preparedSelect(rows: PreparedRows, parameters: Parameters): string {
  const named = Object.entries(rows);
  const isEmpty = named.every(([, { values }]) => values.length === 0);
  const columns = named.map(([name, { type, values }]) =>
    isEmpty ? `null::${type} as ${name}` : `unnest(${column(parameters, values)})::${type} as ${name}`,
  );
  const own = named.map(([name]) => name).filter((name) => name !== 'item_id');
  return `select ${[...preparedKeys.split(', ').map((name) => `i.${name}`), ...own.map((name) => `f.${name}`)].join(', ')}
  from measured.item i
  join (
    select
      ${columns.join(',\n      ')}
    ${isEmpty ? 'where false' : ''}
  ) f on f.item_id = i.item_id`;
}

export function unitOptions(request: MetricOptions): Required<Pick<MetricOptions, 'clock' | 'level'>> {
  return { clock: request.clock ?? 'calendar', level: request.level ?? 'team' };
}

function placement(units: Units, pieces: Pieces): string {
  if (units.per === 'row') return rowPlacement(units, pieces);
  return units.per === 'item' ? itemPlacement(units, pieces) : itemTimePlacement(units, pieces);
}

function piecesOf(units: Units, request: MetricRequest, filters: readonly Filter[], window: Pick<Pieces, 'isByDay' | 'bounds'>): Pieces {
  const joined = filters.filter(({ wanted }) => wanted.includes('')).map(({ dimension }) => dimension);
  const needed = [...joined, ...(request.by ? [request.by] : [])].map((dimension) => segments[dimension].join);
  const joins = [...new Set([...needed, units.segment?.join])].filter((join) => join !== undefined);
  const segment = units.segment?.column ?? (request.by ? segments[request.by].column : "''");
  const conditions = filters.map(({ on }) => on('u'));
  return { segment: `coalesce(${segment}, '')`, joins: joins.join('\n  '), filters: conditions, ...window };
}

interface Filter {
  dimension: Dimension;
  wanted: readonly string[];
  /** The condition on a relation with the keys of the unit. */
  on(alias: string): string;
}

/** What the request asks for alone. The empty name also stands for none. */
function filtersOf(request: MetricRequest, keys: NamedKeys, parameters: Parameters): Filter[] {
  return dimensions.flatMap((dimension) => {
    const wanted = request.filters?.[dimension] ?? [];
    if (wanted.length === 0) return [];
    const { column, named } = segments[dimension];
    const known = named && keys[dimension];
    const list = known
      ? known.map((key) => `${parameters.add(key)}::uuid`).join(', ')
      : wanted.map((name) => parameters.add(name)).join(', ');
    return [
      {
        dimension,
        wanted,
        on(alias: string) {
          if (known) return known.length === 0 ? 'false' : `${alias}.${named.by} in (${list})`;
          const own = column.replace(/^u\./, `${alias}.`);
          if (wanted.includes('')) return `coalesce(${own}, '') in (${list})`;
          // Over the columns of the facts where it can be, so that a scan leaves out the others.
          return named
            ? `${alias}.${named.by} in (select ${named.by} from ${named.in} where ${named.as} in (${list}))`
            : `${own} in (${list})`;
        },
      },
    ];
  });
}

/**
 * By what an item and the facts beside it have in common: their team may be another one, and a name
 * that may be none is known to its relation.
 */
function withinOf(filters: readonly Filter[]): Within {
  const conditions = (usable: readonly Filter[]) => (alias: string) => usable.map(({ on }) => `and ${on(alias)}`).join(' ');
  const ofCustomer = filters.filter(({ dimension, wanted }) => segments[dimension].named?.by === 'customer_id' && !wanted.includes(''));
  const ofItem = filters.filter(({ dimension }) => itemDimensions.has(dimension));
  return { item: conditions([...ofCustomer, ...ofItem]), customer: conditions(ofCustomer) };
}

const itemDimensions = new Set<Dimension>(['type', 'service', 'channel', 'priority', 'language']);

/** Units with an entry of their own meet the beginning of trustworthy history themselves. */
function rowPlacement(units: Extract<Units, { per: 'row' }>, pieces: Pieces): string {
  const isExcluded = units.columns.includes('entry_seconds') ? 'u.is_excluded' : 'u.is_excluded or u.at < u.since_at';
  return `placed as (
  select b.bucket, ${pieces.segment} as segment, u.item_id, u.type, u.at, ${isExcluded} as is_excluded, ${units.columns.map((name) => `u.${name}`).join(', ')}
  ${momentJoin('unit', pieces)}
)`;
}

function itemPlacement(units: Extract<Units, { per: 'item' }>, pieces: Pieces): string {
  const columns = Object.entries(units.columns).map(([name, summary]) => `${summary}(u.${name})::float8 as ${name}`);
  return `placed as (
  select b.bucket, ${pieces.segment} as segment, u.item_id, min(u.type) as type, u.is_excluded or u.at < u.since_at as is_excluded, ${columns.join(', ')}
  ${momentJoin('unit', pieces)}
  group by b.bucket, ${pieces.segment}, u.item_id, u.is_excluded or u.at < u.since_at
)`;
}
