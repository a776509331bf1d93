import { shareTolerance } from '../statistics/survival.js';
import type { QuantileAsked } from './quantile-asked.js';

/**
 * CTEs that end with `curve_figure`: quantiles and bounds of marks with units that came under observation late. Cumulative incidence
 * at every instant (Aalen & Johansen 1978), at_risk being those that have entered and not left; the effective number behind it is
 * at_risk over the share still open (Peto et al. 1977).
 */
export function lateEntryCurve(quantiles: readonly QuantileAsked[], relation: string): string {
  return `${incidenceCurve(relation)},
curve_quantile as (
  select bucket, segment,
    ${quantiles.map(({ p }, q) => `${firstAt(`${p}::float8`, `q${q}`)}`).join(',\n    ')}
  from curve
  group by bucket, segment
),
curve_share as (
  select c.bucket, c.segment, ${quantiles.map((_, q) => `max(v.q${q}) as q${q}, max(case when c.at_seconds = v.q${q} then c.unit_share end) as q${q}_share`).join(',\n    ')}
  from curve c
  join curve_quantile v on v.bucket = c.bucket and v.segment = c.segment
  group by c.bucket, c.segment
),
curve_figure as (
  select c.bucket, c.segment,
    ${quantiles.flatMap(boundedInstants).join(',\n    ')}
  from curve c
  join curve_share v on v.bucket = c.bucket and v.segment = c.segment
  group by c.bucket, c.segment
)`;
}

/**
 * CTEs that end with `curve`: per mark of `judged` that needs it, at each instant at which something happens, the share that has happened
 * (`incidence`) and the share of one unit at risk (`unit_share`).
 */
export function incidenceCurve(relation: string): string {
  return `point as (
  select p.bucket, p.segment, p.exit_seconds as at_seconds,
    count(*) filter (where p.ended = 1)::float8 as happened,
    count(*) filter (where p.ended <> 0)::float8 as ends,
    count(*)::float8 as leaving,
    0::float8 as entering
  from ${relation} p
  join judged j on j.bucket = p.bucket and j.segment = p.segment and j.needs_curve
  where not p.is_excluded
  group by p.bucket, p.segment, p.exit_seconds
  union all
  select p.bucket, p.segment, p.entry_seconds, 0::float8, 0::float8, 0::float8, count(*)::float8
  from ${relation} p
  join judged j on j.bucket = p.bucket and j.segment = p.segment and j.needs_curve
  where not p.is_excluded and p.entry_seconds >= 0
  group by p.bucket, p.segment, p.entry_seconds
),
instant as (
  select bucket, segment, at_seconds, sum(happened) as happened, sum(ends) as ends, sum(leaving - entering) as net_leaving
  from point
  group by bucket, segment, at_seconds
),
risk as (
  select bucket, segment, at_seconds, happened, ends,
    sum(net_leaving) over (partition by bucket, segment order by at_seconds desc) as at_risk
  from instant
),
survival as (
  select bucket, segment, at_seconds, happened, at_risk,
    exp(greatest(-700, coalesce(
      sum(case when ends = 0 then 0 when at_risk > ends then ln(1 - ends / at_risk) else -700 end)
        over (partition by bucket, segment order by at_seconds rows between unbounded preceding and 1 preceding),
      0
    ))) as open_before
  from risk
  where at_risk > 0
),
curve as (
  select bucket, segment, at_seconds, open_before / at_risk as unit_share,
    sum(open_before * happened / at_risk) over (partition by bucket, segment order by at_seconds) as incidence
  from survival
)`;
}

function firstAt(share: string, name: string): string {
  return `min(at_seconds) filter (where incidence >= ${share} - ${shareTolerance}::float8) as ${name}`;
}

function boundedInstants({ p, interval }: QuantileAsked, q: number): string[] {
  const value = `max(v.q${q}) as q${q}`;
  if (!interval) return [value];
  const half = `${interval.z}::float8 * sqrt(${p * (1 - p)}::float8 * v.q${q}_share)`;
  return [value, firstAt(`${p}::float8 - ${half}`, `q${q}_lo`), firstAt(`${p}::float8 + ${half}`, `q${q}_hi`)];
}
