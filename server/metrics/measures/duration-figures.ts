import type { Parameters } from '../metric.js';
import { quantileRanks } from '../statistics/quantile.js';
import { shareTolerance } from '../statistics/survival.js';
import { lateEntryCurve } from './late-entry-curve.js';
import type { QuantileAsked } from './quantile-asked.js';
import { weightedPlaces } from './weighted-places.js';

/** Beyond this many units the normal approximation of the ranks is the binomial's to a place. */
const mostExactRanks = 200;

/**
 * CTEs that end with `figure`: a row per mark with n, excluded, is_mixed (1: several types in one percentile), open_units, longest (the
 * longest follow-up) and the quantiles of `exit_seconds` in the relation. `ended` is 0 while open, 1 where it happened, 2 where another end
 * came first; `entry_seconds` is the age at which the unit came under observation, -1 from the start.
 *
 * Nothing open, entered late or otherwise ended: type 7. Nothing open before the quantile: its order statistic among all. Open units before
 * it: weighted places (`weighted-places.ts`). Late entries: the whole curve (`late-entry-curve.ts`). The four agree where they meet.
 * `areFinished`: every unit has its whole duration, so the first is all there is.
 */
export function durationFigures(
  quantiles: readonly QuantileAsked[],
  parameters: Parameters,
  relation: 'placed' | 'whole' = 'placed',
  areFinished = false,
): string {
  return `counted as (
  select bucket, segment,
    count(*) filter (where not is_excluded)::int as n,
    count(*) filter (where is_excluded)::int as excluded,
    count(*) filter (where not is_excluded and ended = 0)::int as open_units,
    count(*) filter (where not is_excluded and ended = 2)::int as other_ends,
    count(*) filter (where not is_excluded and entry_seconds >= 0)::int as late_entries,
    case when min(type) filter (where not is_excluded) <> max(type) filter (where not is_excluded) then 1 else 0 end as is_mixed,
    min(exit_seconds) filter (where not is_excluded and ended = 0) as first_open,
    max(exit_seconds) filter (where not is_excluded) as longest,
    array_agg(exit_seconds order by exit_seconds) filter (where not is_excluded and ended = 1) as durations
  from ${relation}
  group by bucket, segment
),
${rankTable(quantiles, parameters)}
ranked as (
  select c.bucket, c.segment, c.n, c.excluded, c.is_mixed, c.open_units, c.other_ends, c.late_entries, c.first_open, c.longest, c.durations,
    ${quantiles.map(rankColumns).join(',\n    ')}
  from counted c
  left join exact_rank r on r.n = c.n
),
judged as (
  select bucket, segment, n, excluded, is_mixed, open_units, other_ends, longest, durations, ${quantiles.flatMap(rankNames).join(', ')},
    late_entries > 0 as needs_curve,
    late_entries = 0 and open_units > 0 and coalesce(durations[greatest(${quantiles.flatMap(rankNames).join(', ')})] > first_open, true) as needs_weights
  from ranked
),
${areFinished ? '' : `${weightedPlaces(quantiles, relation)},\n${lateEntryCurve(quantiles, relation)},\n`}figure as (
  select j.bucket, j.segment, j.n, j.excluded, j.is_mixed, j.open_units, j.longest,
    ${quantiles.map((quantile, q) => figureColumns(quantile, q, areFinished)).join(',\n    ')}
  from judged j${
    areFinished
      ? ''
      : `
  left join weighted_place w on w.bucket = j.bucket and w.segment = j.segment
  left join curve_figure c on c.bucket = j.bucket and c.segment = j.segment`
  }
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

function figureColumns({ p, interval }: QuantileAsked, q: number, areFinished: boolean): string {
  const place = `((j.n - 1) * ${p}::float8)`;
  const below = `j.durations[floor(${place})::int + 1]`;
  const above = `j.durations[ceil(${place})::int + 1]`;
  const interpolated = `${below} + (${place} - floor(${place})) * (${above} - ${below})`;
  const value = areFinished
    ? `${interpolated} as q${q}`
    : `case
      when j.needs_curve then c.q${q}
      when j.needs_weights then j.durations[w.q${q}]
      when j.open_units = 0 and j.other_ends = 0 then ${interpolated}
      else j.durations[j.q${q}_rank]
    end as q${q}`;
  if (!interval) return value;
  const bound = (side: string) => {
    const ranked = `j.durations[j.q${q}_${side}_rank]`;
    if (areFinished) return `${ranked} as q${q}_${side}`;
    return `case when j.needs_curve then c.q${q}_${side} when j.needs_weights then j.durations[w.q${q}_${side}] else ${ranked} end as q${q}_${side}`;
  };
  return `${value},
    ${bound('lo')},
    ${bound('hi')}`;
}
