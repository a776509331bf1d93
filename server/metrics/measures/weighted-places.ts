import { shareTolerance } from '../statistics/survival.js';
import type { QuantileAsked } from './quantile-asked.js';

/**
 * CTEs that end with `weighted_place`: per mark with open units, the places in `durations` of each quantile and of its bounds.
 *
 * An open unit hands its share of what may still happen to those that outlast it (Efron 1967): after the c-th of n units, the weight
 * of each later one grows by (n - c + 1) / (n - c). The share that has happened is the sum of the weights of the happened over n,
 * which is the estimate of Aalen and Johansen. The weight only changes at open units, so the curve is a stretch for each of those,
 * not a step for each unit. n over the weight is the effective number behind the estimate (Peto et al. 1977); the bounds are the
 * normal approximation to the order statistics of so many.
 */
export function weightedPlaces(quantiles: readonly QuantileAsked[], relation: string): string {
  return `ordered as (
  select p.bucket, p.segment, p.ended, j.n,
    row_number() over story as place,
    count(case when p.ended = 1 then 1 end) over story as happened
  from ${relation} p
  join judged j on j.bucket = p.bucket and j.segment = p.segment and j.needs_weights
  where not p.is_excluded
  window story as (
    partition by p.bucket, p.segment
    order by p.exit_seconds, case when p.ended = 0 then 1 else 0 end
    rows between unbounded preceding and current row
  )
),
edge as (
  select bucket, segment, n, place, happened, ln((n - place + 1)::float8 / (n - place)) as growth
  from ordered
  where ended = 0 and place < n
  union all
  select bucket, segment, n, 0, 0, 0
  from judged
  where needs_weights
),
stretch as (
  select e.bucket, e.segment, e.n, e.place, e.happened,
    exp(sum(e.growth) over story) as weight,
    coalesce(lead(e.happened) over story, j.n - j.open_units - j.other_ends) as happened_after
  from edge e
  join judged j on j.bucket = e.bucket and j.segment = e.segment
  window story as (partition by e.bucket, e.segment order by e.place)
),
massed as (
  select bucket, segment, n, happened, weight,
    coalesce(sum((happened_after - happened) * weight) over (partition by bucket, segment order by place rows between unbounded preceding and 1 preceding), 0) as mass_before,
    sum((happened_after - happened) * weight) over (partition by bucket, segment order by place) as mass_after
  from stretch
),
quantile_place as (
  select bucket, segment, ${quantiles.map(({ p }, q) => `${placeOf(`n * ${p}::float8`, `q${q}`)}, ${weightAt(`n * ${p}::float8`, `q${q}_weight`)}`).join(',\n    ')}
  from massed
  group by bucket, segment
),
weighted_place as (
  select m.bucket, m.segment, ${quantiles.flatMap(boundedPlaces).join(',\n    ')}
  from massed m
  join quantile_place q on q.bucket = m.bucket and q.segment = m.segment
  group by m.bucket, m.segment
)`;
}

/** Of the stretch in which the mass is reached; null where none reaches it. */
function reachedIn(mass: string): string {
  return `mass_before < ${mass} - n * ${shareTolerance}::float8 and mass_after >= ${mass} - n * ${shareTolerance}::float8`;
}

function placeOf(mass: string, name: string): string {
  return `max(case when ${reachedIn(mass)} then happened + ceil((${mass} - n * ${shareTolerance}::float8 - mass_before) / weight) end)::int as ${name}`;
}

function weightAt(mass: string, name: string): string {
  return `max(case when ${reachedIn(mass)} then weight end) as ${name}`;
}

function boundedPlaces({ p, interval }: QuantileAsked, q: number): string[] {
  const value = `max(q.q${q}) as q${q}`;
  if (!interval) return [value];
  const half = `${interval.z}::float8 * sqrt(n * ${p * (1 - p)}::float8 * q.q${q}_weight)`;
  return [value, placeOf(`(n * ${p}::float8 - ${half})`, `q${q}_lo`), placeOf(`(n * ${p}::float8 + ${half})`, `q${q}_hi`)];
}
