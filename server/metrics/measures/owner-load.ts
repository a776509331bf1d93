import type { Measure } from '../metric.js';
import { secondsBetween } from '../metric.js';
import { number } from './notes.js';

/**
 * Items open at a time, on average over the bucket, per owner who had one in it. Reads `owner_id` of the units. A count of all there is:
 * it has no interval.
 */
export function ownerLoad(): Measure {
  return {
    sql: () => `span as (
  select b.bucket, greatest(0, ${secondsBetween('b.from_at', 'least(b.to_at, (select max(s.as_of_at) from source s))')}) as span_seconds
  from (select distinct bucket, from_at, to_at from bucket) b
),
holder as (
  select p.bucket, p.segment, count(distinct u.owner_id)::int as owners
  from unit u
  join placed p on p.item_id = u.item_id
  join bucket b on b.bucket = p.bucket and u.from_at < b.to_at and u.to_at > b.from_at
  where not p.is_excluded and p.seconds > 0
  group by p.bucket, p.segment
),
figure as (
  select bucket, segment,
    count(*) filter (where not is_excluded and seconds > 0)::int as n,
    count(*) filter (where is_excluded)::int as excluded,
    coalesce(sum(seconds) filter (where not is_excluded), 0)::float8 as open_seconds
  from placed
  group by bucket, segment
)
select f.bucket, f.segment, f.n, f.excluded, f.open_seconds, coalesce(h.owners, 0) as owners, s.span_seconds
from figure f
join span s on s.bucket = f.bucket
left join holder h on h.bucket = f.bucket and h.segment = f.segment`,
    row(figures, { minimumN }) {
      const numerator = number(figures, 'open_seconds');
      const denominator = number(figures, 'owners') * number(figures, 'span_seconds');
      const isWithheld = number(figures, 'n') < minimumN || denominator === 0;
      const value = isWithheld ? null : numerator / denominator;
      return { value, numerator, denominator, lo: null, hi: null, note: isWithheld ? 'too-few' : null };
    },
    contribution: 'seconds',
    unitCondition: 'seconds > 0',
  };
}
