import type { Measure } from '../metric.js';
import { intraclassShare } from '../statistics/intraclass.js';
import { number } from './notes.js';

/** Share of the variance of the logarithm of `exit_seconds` that lies between the `owner_id`s, within types. A second is the least. */
export function varianceShare(): Measure {
  return {
    sql: () => `lead as (
  select bucket, segment, type, owner_id, ln(greatest(1, exit_seconds))::float8 as x
  from placed
  where not is_excluded
),
owned as (
  select bucket, segment, type, owner_id, count(*)::float8 as n, avg(x)::float8 as mean_x
  from lead
  group by bucket, segment, type, owner_id
),
centred as (
  select bucket, segment, type, sum(n * mean_x) / sum(n) as mean_x
  from owned
  group by bucket, segment, type
),
within_owner as (
  select l.bucket, l.segment, l.type, sum((l.x - o.mean_x) * (l.x - o.mean_x)) as squares
  from lead l
  join owned o on o.bucket = l.bucket and o.segment = l.segment and o.type = l.type and o.owner_id = l.owner_id
  group by l.bucket, l.segment, l.type
),
between_owners as (
  select o.bucket, o.segment, o.type, sum(o.n) as n, count(*) as owners,
    sum(o.n * (o.mean_x - c.mean_x) * (o.mean_x - c.mean_x)) as squares,
    sum(o.n) - sum(o.n * o.n) / sum(o.n) as weight
  from owned o
  join centred c on c.bucket = o.bucket and c.segment = o.segment and c.type = o.type
  group by o.bucket, o.segment, o.type
),
parted as (
  select b.bucket, b.segment,
    sum(w.squares)::float8 as within_squares,
    sum(b.squares)::float8 as between_squares,
    sum(b.owners - 1)::int as between_degrees,
    sum(b.n - b.owners)::int as within_degrees,
    sum(b.weight)::float8 as weight
  from between_owners b
  join within_owner w on w.bucket = b.bucket and w.segment = b.segment and w.type = b.type
  group by b.bucket, b.segment
),
figure as (
  select bucket, segment, count(*) filter (where not is_excluded)::int as n, count(*) filter (where is_excluded)::int as excluded
  from placed
  group by bucket, segment
)
select f.bucket, f.segment, f.n, f.excluded, coalesce(p.within_squares, 0) as within_squares, coalesce(p.between_squares, 0) as between_squares,
  coalesce(p.between_degrees, 0) as between_degrees, coalesce(p.within_degrees, 0) as within_degrees, coalesce(p.weight, 0) as weight
from figure f
left join parted p on p.bucket = f.bucket and p.segment = f.segment`,
    row(figures, { minimumN }) {
      if (number(figures, 'n') < minimumN) return { value: null, lo: null, hi: null, note: 'too-few' };
      const share = intraclassShare({
        between: number(figures, 'between_squares'),
        within: number(figures, 'within_squares'),
        betweenDegrees: number(figures, 'between_degrees'),
        withinDegrees: number(figures, 'within_degrees'),
        weight: number(figures, 'weight'),
      });
      return { ...share, note: share.value === null ? 'undefined' : null };
    },
    contribution: 'exit_seconds',
  };
}
