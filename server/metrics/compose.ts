import { Temporal } from 'temporal-polyfill';
import { dimensions, type Dimension } from '#dashboards/metric-result.js';
import { secondsBetween, type Counted, type Parameters, type Prepared, type PreparedRows, type Scope, type Units } from './metric.js';
import type { MetricOptions } from './options.js';
import type { MetricRequest } from './request.js';
import type { NamedKeys } from './named-keys.js';
import type { Source } from './source.js';
import type { Bucket } from './window.js';
import type { Within } from './within.js';

/** Parts lists travel as one text; no name holds this control character. */
export const separator = '\u001f';

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
  scope: Scope & { prepared?: Prepared },
  parameters: Parameters,
): string {
  const filters = filtersOf(request, scope.keys ?? {}, parameters);
  const within = withinOf(filters);
  const units = compute.units({ ...unitOptions(request), within });
  const isByDay = scope.buckets.length > 1;
  return `with ${sourceRows(scope.sources, parameters)},
${bucketRows(scope.buckets, isByDay, parameters)},
${scope.prepared ? `${preparedRows(scope.prepared, within, parameters)},\n` : ''}${units.per === 'item-time' && isByDay ? `${reachRows(scope.buckets, parameters)},\n` : ''}unit as (
${units.sql}
),
${placement(units, request, filters, { isByDay, bounds: windowBounds(scope.buckets, parameters) })}`;
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

/**
 * Buckets by the UTC days they touch, so that a unit finds its bucket by equality and not by comparing with each; one bucket alone
 * needs no day.
 */
export function bucketRows(buckets: readonly Bucket[], isByDay: boolean, parameters: Parameters): string {
  const rows = buckets.flatMap((bucket, number) => (isByDay ? utcDays(bucket) : [0]).map((day) => ({ bucket, number, day })));
  return `bucket as (
  select
    unnest(${column(
      parameters,
      rows.map((row) => String(row.number)),
    )})::int as bucket,
    unnest(${column(
      parameters,
      rows.map((row) => String(row.day)),
    )})::int as utc_day,
    unnest(${column(
      parameters,
      rows.map((row) => row.bucket.fromAt.toString()),
    )})::timestamptz as from_at,
    unnest(${column(
      parameters,
      rows.map((row) => row.bucket.toAt.toString()),
    )})::timestamptz as to_at
)`;
}

/** CTE `reach`: for each UTC day of the window, where the next bucket begins. */
function reachRows(buckets: readonly Bucket[], parameters: Parameters): string {
  const begins = buckets.map((bucket) => bucket.fromAt.epochMilliseconds).sort((one, other) => one - other);
  const [first = 0] = begins;
  const rows: { day: number; reach: number }[] = [];
  let next = 0;
  for (let day = Math.floor(first / dayMs); ; day++) {
    while ((begins[next] ?? Infinity) <= day * dayMs) next++;
    const reach = begins[next];
    if (reach === undefined) break;
    rows.push({ day, reach });
  }
  return `reach as materialized (
  select
    unnest(${column(
      parameters,
      rows.map(({ day }) => String(day)),
    )})::int as utc_day,
    unnest(${column(
      parameters,
      rows.map(({ reach }) => new Date(reach).toISOString()),
    )})::timestamptz as reach_at
)`;
}

const dayMs = 86_400_000;

function utcDay(at: string): string {
  return `floor(extract(epoch from ${at}) / 86400)::int`;
}

function utcDays(bucket: Bucket): number[] {
  const first = Math.floor(bucket.fromAt.epochMilliseconds / dayMs);
  const last = Math.floor((bucket.toAt.epochMilliseconds - 1) / dayMs);
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
}

/** All buckets lie within these instants: told apart from the buckets, so that a scan can leave out what lies outside. */
function windowBounds(buckets: readonly Bucket[], parameters: Parameters): { from: string; to: string } {
  const from = buckets
    .map((bucket) => bucket.fromAt)
    .sort(Temporal.Instant.compare)
    .at(0);
  const to = buckets
    .map((bucket) => bucket.toAt)
    .sort(Temporal.Instant.compare)
    .at(-1);
  return { from: `${parameters.add(String(from))}::timestamptz`, to: `${parameters.add(String(to))}::timestamptz` };
}

function placement(units: Units, request: MetricRequest, filters: readonly Filter[], window: Pick<Pieces, 'isByDay' | 'bounds'>): string {
  const joined = filters.filter(({ wanted }) => wanted.includes('')).map(({ dimension }) => dimension);
  const needed = [...joined, ...(request.by ? [request.by] : [])].map((dimension) => segments[dimension].join);
  const joins = [...new Set([...needed, units.segment?.join])].filter((join) => join !== undefined);
  const segment = units.segment?.column ?? (request.by ? segments[request.by].column : "''");
  const conditions = filters.map(({ on }) => on('u'));
  const pieces = { segment: `coalesce(${segment}, '')`, joins: joins.join('\n  '), filters: conditions, ...window };
  if (units.per === 'row') return rowPlacement(units, pieces);
  return units.per === 'item' ? itemPlacement(units, pieces) : itemTimePlacement(units, pieces);
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

/** By what an item and the facts beside it have in common: their team may be another one, and a name that may be none is known to its relation. */
function withinOf(filters: readonly Filter[]): Within {
  const conditions = (usable: readonly Filter[]) => (alias: string) => usable.map(({ on }) => `and ${on(alias)}`).join(' ');
  const ofCustomer = filters.filter(({ dimension, wanted }) => segments[dimension].named?.by === 'customer_id' && !wanted.includes(''));
  const ofItem = filters.filter(({ dimension }) => itemDimensions.has(dimension));
  return { item: conditions([...ofCustomer, ...ofItem]), customer: conditions(ofCustomer) };
}

const itemDimensions = new Set<Dimension>(['type', 'service', 'channel', 'priority', 'language']);

interface Pieces {
  segment: string;
  joins: string;
  filters: string[];
  isByDay: boolean;
  bounds: { from: string; to: string };
}

function momentJoin({ isByDay, joins, bounds, filters }: Pieces): string {
  const day = isByDay ? `b.utc_day = ${utcDay('u.at')} and ` : '';
  return `from unit u
  join bucket b on ${day}u.at >= b.from_at and u.at < b.to_at
  ${joins}
  where ${[`u.at >= ${bounds.from} and u.at < ${bounds.to}`, ...filters].join('\n    and ')}`;
}

/** Units with an entry of their own meet the beginning of trustworthy history themselves. */
function rowPlacement(units: Extract<Units, { per: 'row' }>, pieces: Pieces): string {
  const isExcluded = units.columns.includes('entry_seconds') ? 'u.is_excluded' : 'u.is_excluded or u.at < u.since_at';
  return `placed as (
  select b.bucket, ${pieces.segment} as segment, u.item_id, u.type, u.at, ${isExcluded} as is_excluded, ${units.columns.map((name) => `u.${name}`).join(', ')}
  ${momentJoin(pieces)}
)`;
}

function itemPlacement(units: Extract<Units, { per: 'item' }>, pieces: Pieces): string {
  const columns = Object.entries(units.columns).map(([name, summary]) => `${summary}(u.${name})::float8 as ${name}`);
  return `placed as (
  select b.bucket, ${pieces.segment} as segment, u.item_id, min(u.type) as type, u.is_excluded or u.at < u.since_at as is_excluded, ${columns.join(', ')}
  ${momentJoin(pieces)}
  group by b.bucket, ${pieces.segment}, u.item_id, u.is_excluded or u.at < u.since_at
)`;
}

/**
 * A unit lies in the buckets its first moment within the window lies in, and in those that begin later but before it ends. Only
 * units that last until some bucket begins (`reach` of their first day) are compared with each bucket.
 */
function itemTimePlacement(units: Extract<Units, { per: 'item-time' }>, { segment, joins, filters, isByDay, bounds }: Pieces): string {
  const own = [...units.shares, ...units.counts];
  const calendar = units.calendar;
  const named = [...own, ...(calendar ? [calendar] : [])].map((name) => `, u.${name}`).join('');
  const sums = [
    ...units.shares.map((name) => `sum(seconds * ${name})::float8 as ${name}`),
    ...(calendar ? units.shares.map((name) => `sum(worked * ${name})::float8 as ${name}_worked`) : []),
    ...units.counts.map((name) => `sum(${name})::float8 as ${name}`),
  ];
  const [from, to] = ['greatest(u.from_at, b.from_at, u.since_at)', 'least(u.to_at, b.to_at)'];
  const length = calendar
    ? `${wholeSecond(from)} as from_second, greatest(${wholeSecond(from)}, ${wholeSecond(to)}) as to_second`
    : `greatest(0, ${secondsBetween(from, to)}) as seconds`;
  const piece = (relations: string) => `select b.bucket, u.segment, u.item_id, u.is_excluded,
    ${length}${named}
  ${relations}`;
  const timed = calendar ? `${workedRows(calendar, own)},\n` : '';
  return `present as (
  select u.item_id, u.from_at, u.to_at, u.since_at, ${segment} as segment, u.is_excluded or u.to_at < u.since_at as is_excluded,
    greatest(u.from_at, ${bounds.from}) as first_at${named}
  from unit u
  ${joins}
  where ${[`u.from_at < ${bounds.to} and (u.to_at > ${bounds.from} or u.from_at >= ${bounds.from})`, ...filters].join('\n    and ')}
),
clipped as (
  ${piece(`from present u
  join bucket b on ${isByDay ? `b.utc_day = ${utcDay('u.first_at')} and ` : ''}u.first_at >= b.from_at and u.first_at < b.to_at`)}${
    isByDay
      ? `
  union all
  ${piece(`from present u
  join reach r on r.utc_day = ${utcDay('u.first_at')} and r.reach_at < u.to_at
  join (select distinct bucket, from_at, to_at from bucket) b on b.from_at > u.first_at and b.from_at < u.to_at`)}`
      : ''
  }
),
${timed}placed as (
  select bucket, segment, item_id, is_excluded, sum(seconds)::float8 as seconds${sums.map((sum) => `, ${sum}`).join('')}
  from ${calendar ? 'worked' : 'clipped'}
  group by bucket, segment, item_id, is_excluded
)`;
}

/** A list as one parameter. */
function column(parameters: Parameters, values: readonly (string | number)[]): string {
  return `string_to_array(${parameters.add(values.join(separator))}, chr(31))`;
}

/** CTE `worked`: the clipped rows with their seconds and how many of these the calendar works; all where it covers no such day. */
function workedRows(calendar: string, own: readonly string[]): string {
  const before = (day: string, second: string) =>
    `${day}.seconds_before + greatest(0, least(${second}, ${day}.closes_second) - ${day}.opens_second)`;
  const dayOf = (day: string, second: string) => `left join measured.working_time ${day} on ${day}.calendar_id = c.${calendar}
    and ${day}.utc_day = floor(${second}::float8 / 86400)::int and ${second} >= ${day}.from_second and ${second} < ${day}.to_second`;
  return `worked as (
  select c.bucket, c.segment, c.item_id, c.is_excluded, c.to_second - c.from_second as seconds,
    coalesce((${before('t', 'c.to_second')}) - (${before('f', 'c.from_second')}), c.to_second - c.from_second) as worked${own.map((name) => `, c.${name}`).join('')}
  from clipped c
  ${dayOf('f', 'c.from_second')}
  ${dayOf('t', 'c.to_second')}
)`;
}

/** Seconds of the epoch up to a finite instant, cut to the whole second, so that parts add up. */
function wholeSecond(at: string): string {
  return `floor(extract(epoch from ${at}))::bigint`;
}
