import { Temporal } from 'temporal-polyfill';
import type { Parameters } from './metric.js';
import type { Bucket } from './window.js';

/** Parts lists travel as one text; no name holds this control character. */
export const separator = '\u001f';

/** A list as one parameter. */
export function column(parameters: Parameters, values: readonly (string | number)[]): string {
  return `string_to_array(${parameters.add(values.join(separator))}, chr(31))`;
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
export function reachRows(buckets: readonly Bucket[], parameters: Parameters): string {
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

export function utcDay(at: string): string {
  return `floor(extract(epoch from ${at}) / 86400)::int`;
}

function utcDays(bucket: Bucket): number[] {
  const first = Math.floor(bucket.fromAt.epochMilliseconds / dayMs);
  const last = Math.floor((bucket.toAt.epochMilliseconds - 1) / dayMs);
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
}

/** All buckets lie within these instants: told apart from the buckets, so that a scan can leave out what lies outside. */
export function windowBounds(buckets: readonly Bucket[], parameters: Parameters): { from: string; to: string } {
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
