import type { Parameters } from '../metric.js';
import { quantileRanks } from '../statistics/quantile.js';
import { shareTolerance } from '../statistics/survival.js';

/** A quantile to take; its place in the list names its columns: `q0`, `q0_lo`, `q0_hi`. */
export interface QuantileAsked {
  p: number;
  /** Confidence of its interval with the matching quantile of the normal distribution; null where none is asked. */
  interval: { confidence: number; z: number } | null;
}

/** Beyond this many units the normal approximation of the ranks is the binomial's to a place. */
const mostExactRanks = 200;

/**
 * CTEs that end with `figure`: a row per mark with n, excluded, open_units, longest (the longest follow-up) and the quantiles of
 * `exit_seconds` in the relation. `ended` is 0 while open, 1 where it happened, 2 where another end came first; `entry_seconds` is the
 * age at which the unit came under observation, -1 from the start.
 *
 * Nothing open, entered late or otherwise ended: type 7. Nothing open before the quantile: its order statistic among all. Else the
 * curve of Aalen and Johansen, as `cumulativeIncidence` computes it row by row, for those marks alone: it is the dear part.
 */
export function durationFigures(
  quantiles: readonly QuantileAsked[],
  parameters: Parameters,
  relation: 'placed' | 'whole' = 'placed',
): string {
  return `counted as (
  select bucket, segment,
    count(*) filter (where not is_excluded)::int as n,
    count(*) filter (where is_excluded)::int as excluded,
    count(*) filter (where not is_excluded and ended = 0)::int as open_units,
    count(*) filter (where not is_excluded and ended = 2)::int as other_ends,
    count(*) filter (where not is_excluded and entry_seconds >= 0)::int as late_entries,
    min(exit_seconds) filter (where not is_excluded and ended = 0) as first_open,
    max(exit_seconds) filter (where not is_excluded) as longest,
    array_agg(exit_seconds order by exit_seconds) filter (where not is_excluded and ended = 1) as durations
  from ${relation}
  group by bucket, segment
),
${rankTable(quantiles, parameters)}
ranked as (
  select c.bucket, c.segment, c.n, c.excluded, c.open_units, c.other_ends, c.late_entries, c.first_open, c.longest, c.durations,
    ${quantiles.map(rankColumns).join(',\n    ')}
  from counted c
  left join exact_rank r on r.n = c.n
),
judged as (
  select bucket, segment, n, excluded, open_units, other_ends, longest, durations, ${quantiles.map((asked, q) => rankNames(asked, q).join(', ')).join(', ')},
    late_entries > 0 or (open_units > 0 and coalesce(durations[greatest(${quantiles.flatMap(rankNames).join(', ')})] > first_open, true)) as needs_curve
  from ranked
),
${curve(relation)}
curve_figure as (
  select bucket, segment,
    ${quantiles.map(curveColumns).join(',\n    ')}
  from curve
  group by bucket, segment
),
figure as (
  select j.bucket, j.segment, j.n, j.excluded, j.open_units, j.longest,
    ${quantiles.map(figureColumns).join(',\n    ')}
  from judged j
  left join curve_figure c on c.bucket = j.bucket and c.segment = j.segment
)`;
}

/** Exact ranks of the intervals by n. A bound that no value sets is place 0 or a place beyond the last: both read as null. */
function rankTable(quantiles: readonly QuantileAsked[], parameters: Parameters): string {
  const counts = Array.from({ length: mostExactRanks }, (_, index) => index + 1);
  const column = (values: number[]) => `unnest(string_to_array(${parameters.add(values.join(','))}, ','))::int`;
  const columns = quantiles.flatMap(({ p, interval }, q) => {
    if (!interval) return [];
    const ranks = counts.map((n) => quantileRanks(n, p, interval.confidence));
    return [
      `${column(ranks.map((rank) => rank.lo ?? 0))} as q${q}_lo`,
      `${column(ranks.map((rank) => rank.hi ?? mostExactRanks + 1))} as q${q}_hi`,
    ];
  });
  return `exact_rank as (
  select ${[`${column(counts)} as n`, ...columns].join(', ')}
),`;
}

function rankNames({ interval }: QuantileAsked, q: number): string[] {
  return interval ? [`q${q}_rank`, `q${q}_lo_rank`, `q${q}_hi_rank`] : [`q${q}_rank`];
}

function rankColumns({ p, interval }: QuantileAsked, q: number): string {
  const rank = `ceil(c.n * ${p}::float8 - ${shareTolerance}::float8)::int as q${q}_rank`;
  if (!interval) return rank;
  const half = `${interval.z}::float8 * sqrt(c.n * ${p * (1 - p)}::float8)`;
  return `${rank},
    coalesce(r.q${q}_lo, floor(c.n * ${p}::float8 - ${half})::int) as q${q}_lo_rank,
    coalesce(r.q${q}_hi, ceil(c.n * ${p}::float8 + ${half})::int + 1) as q${q}_hi_rank`;
}

function curveColumns({ p, interval }: QuantileAsked, q: number): string {
  const reached = (share: string) => `min(at_seconds) filter (where ${share} >= ${p}::float8 - ${shareTolerance}::float8)`;
  if (!interval) return `${reached('incidence')} as q${q}`;
  return `${reached('incidence')} as q${q},
    ${reached(`incidence + ${interval.z}::float8 * standard_error`)} as q${q}_lo,
    ${reached(`incidence - ${interval.z}::float8 * standard_error`)} as q${q}_hi`;
}

function figureColumns({ p, interval }: QuantileAsked, q: number): string {
  const place = `((j.n - 1) * ${p}::float8)`;
  const below = `j.durations[floor(${place})::int + 1]`;
  const above = `j.durations[ceil(${place})::int + 1]`;
  const value = `case
      when j.needs_curve then c.q${q}
      when j.open_units = 0 and j.other_ends = 0 then ${below} + (${place} - floor(${place})) * (${above} - ${below})
      else j.durations[j.q${q}_rank]
    end as q${q}`;
  if (!interval) return value;
  return `${value},
    case when j.needs_curve then c.q${q}_lo else j.durations[j.q${q}_lo_rank] end as q${q}_lo,
    case when j.needs_curve then c.q${q}_hi else j.durations[j.q${q}_hi_rank] end as q${q}_hi`;
}

/**
 * Cumulative incidence and its standard error at every instant, of the marks that need them. Running sums of Aalen's variance:
 * with F the incidence now and f at each step, sum((F-f)^2 a) = F^2 sum(a) - 2F sum(fa) + sum(f^2 a).
 */
const curve = (relation: string) => `point as (
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
  select bucket, segment, at_seconds, happened, ends, at_risk,
    exp(greatest(-700, coalesce(
      sum(case when ends = 0 then 0 when at_risk > ends then ln(1 - ends / at_risk) else -700 end)
        over (partition by bucket, segment order by at_seconds rows between unbounded preceding and 1 preceding),
      0
    ))) as open_before
  from risk
  where at_risk > 0
),
reached as (
  select bucket, segment, at_seconds, happened, ends, at_risk, open_before,
    sum(open_before * happened / at_risk) over (partition by bucket, segment order by at_seconds) as incidence,
    case when at_risk > ends then ends / (at_risk * (at_risk - ends)) else 0 end as hazard_variance
  from survival
),
summed as (
  select bucket, segment, at_seconds, incidence,
    sum(hazard_variance) over story as a0,
    sum(incidence * hazard_variance) over story as a1,
    sum(incidence * incidence * hazard_variance) over story as a2,
    sum(open_before * open_before * happened * (at_risk - happened) / (at_risk * at_risk * at_risk)) over story as b0,
    sum(open_before * happened / (at_risk * at_risk)) over story as c0,
    sum(incidence * open_before * happened / (at_risk * at_risk)) over story as c1
  from reached
  window story as (partition by bucket, segment order by at_seconds)
),
curve as (
  select bucket, segment, at_seconds, incidence,
    sqrt(greatest(0, incidence * incidence * a0 - 2 * incidence * a1 + a2 + b0 - 2 * incidence * c0 + 2 * c1)) as standard_error
  from summed
),`;
