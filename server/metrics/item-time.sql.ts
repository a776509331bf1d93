import { utcDay } from './buckets.sql.js';
import { secondsBetween, type Units } from './metric.js';
import type { Within } from './within.js';

/** Units whose time is cut into buckets. */
export type TimedUnits = Extract<Units, { per: 'item-time' }>;

/** What placing units in their marks takes. */
export interface Pieces {
  segment: string;
  joins: string;
  filters: string[];
  isByDay: boolean;
  bounds: { from: string; to: string };
}

/** Units of `relation` in the buckets that their `at` lies in. */
export function momentJoin(relation: string, { isByDay, joins, bounds, filters }: Pieces): string {
  const day = isByDay ? `b.utc_day = ${utcDay('u.at')} and ` : '';
  return `from ${relation} u
  join bucket b on ${day}u.at >= b.from_at and u.at < b.to_at
  ${joins}
  where ${[`u.at >= ${bounds.from} and u.at < ${bounds.to}`, ...filters].join('\n    and ')}`;
}

/** The columns of `placed` that are sums over the time of an item. */
export function sumNames({ shares, counts, calendar }: TimedUnits): string[] {
  return ['seconds', ...shares, ...(calendar ? shares.map((name) => `${name}_worked`) : []), ...counts];
}

/** CTE `unit`: those that last into the window. A measure that reads them beside `placed` reads no others. */
export function timedUnits({ sql }: TimedUnits, { from, to }: Pieces['bounds'], within: Within): string {
  return `unit as (
select w.*
from (
${sql}
) w
where w.from_at < ${to} and (w.to_at > ${from} or w.from_at >= ${from}) ${within.item('w')}
)`;
}

/**
 * A unit lies in the buckets its first moment within the window lies in, and in those that begin later but before it ends. Only
 * units that last until some bucket begins (`reach` of their first day) are compared with each bucket.
 */
export function itemTimePlacement(units: TimedUnits, { segment, joins, filters, isByDay, bounds }: Pieces): string {
  const own = [...units.shares, ...units.counts];
  const calendar = units.calendar;
  const named = [...own, ...(calendar ? [calendar] : []), ...(units.hasType ? ['type'] : [])].map((name) => `, u.${name}`).join('');
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
  const timed = calendar ? `${workedRows(calendar, [...own, ...(units.hasType ? ['type'] : [])])},\n` : '';
  return `present as (
  select u.item_id, u.from_at, u.to_at, u.since_at, ${segment} as segment, u.is_excluded or u.to_at < u.since_at as is_excluded,
    greatest(u.from_at, ${bounds.from}) as first_at${named}
  from unit u
  ${joins}
  ${filters.length > 0 ? `where ${filters.join('\n    and ')}` : ''}
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
  select bucket, segment, item_id,${units.hasType ? ' min(type) as type,' : ''} is_excluded, sum(seconds)::float8 as seconds${sums.map((sum) => `, ${sum}`).join('')}
  from ${calendar ? 'worked' : 'clipped'}
  group by bucket, segment, item_id, is_excluded
)`;
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
