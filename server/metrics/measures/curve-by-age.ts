import type { Measure } from '../metric.js';
import { wilson } from '../statistics/interval.js';
import { number } from './notes.js';

const hour = 3_600;
const day = 24 * hour;

/** Ages a curve is read at, in seconds: close together where most happens. */
const ages = [1, 2, 4, 8, 12]
  .map((hours) => hours * hour)
  .concat([1, 1.5, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 18, 21, 28, 35, 42, 60, 90, 180].map((days) => days * day));

/** The number of the step an age falls in: the first one that reaches it. */
export function ageStep(seconds: string): string {
  return `case ${ages.map((age, step) => `when ${seconds} <= ${age} then ${step}`).join(' ')} else ${ages.length} end`;
}

/** Names the steps by the age they end with, so that the names sort as the ages do. */
export function ageLabel(step: string): string {
  const hours = (age: number) => String(age / hour).padStart(4, ' ');
  const label = (index: number) => `≤ ${hours(ages[index] ?? 0)} h`;
  return `case ${step} ${ages.map((_, index) => `when ${index} then '${label(index)}'`).join(' ')} else '> ${hours(ages.at(-1) ?? 0)} h' end`;
}

/**
 * How many units whose watch goes on were seen for less time than this one, over rows with `exit_seconds`, `ended` and `is_excluded`.
 * Between two such numbers nobody leaves unseen, so that what happens there need not be told apart by the second.
 */
export const unseenBefore = `count(*) filter (where ended = 0 and not is_excluded)
    over (order by exit_seconds groups between unbounded preceding and 1 preceding)`;

/**
 * A curve of what still stands, read at fixed ages: each row is a `step`, the segment of its units. `standing`
 * is the complement of the cumulative incidence of `ended` = 1 over all units of the bucket, other ends (2)
 * competing and those still watched (0) censored (Aalen & Johansen 1978); `unseen` is `unseenBefore`, of these
 * units or of more. n and the other values count the units whose watch ended in the step.
 */
export function curveByAge(): Measure {
  const counted = (ended: number) => `count(*) filter (where not is_excluded and ended = ${ended})::int`;
  const sums = ['n', 'excluded', 'fell', 'other_ends', 'still_standing'];
  return {
    sql: () => `piece as (
  select bucket, segment, step, unseen,
    count(*) filter (where not is_excluded)::int as n,
    count(*) filter (where is_excluded)::int as excluded,
    ${counted(1)} as fell, ${counted(2)} as other_ends, ${counted(0)} as still_standing
  from placed
  group by bucket, segment, step, unseen
),
risk as (
  select bucket, segment, step, unseen, ${sums.join(', ')},
    (sum(n) over (partition by bucket order by step desc, unseen desc))::float8 as at_risk
  from piece
),
survival as (
  select bucket, segment, step, unseen, ${sums.join(', ')}, at_risk,
    exp(greatest(-700, coalesce(
      sum(case when fell + other_ends = 0 then 0 when at_risk > fell + other_ends then ln(1 - (fell + other_ends) / at_risk) else -700 end)
        over (partition by bucket order by step, unseen rows between unbounded preceding and 1 preceding),
      0
    ))) as open_before
  from risk
),
curve as (
  select bucket, segment, step, unseen, ${sums.join(', ')}, at_risk,
    case when n > 0 then open_before / at_risk end as unit_share,
    sum(case when n > 0 then open_before * fell / at_risk else 0 end) over (partition by bucket order by step, unseen) as incidence
  from survival
),
step_figure as (
  select bucket, segment, step, ${sums.map((name) => `sum(${name})::int as ${name}`).join(', ')}, max(at_risk)::int as at_risk,
    max(incidence) as incidence, max(unit_share) as unit_share
  from curve
  group by bucket, segment, step
)
select bucket, segment, step, ${sums.join(', ')}, at_risk, incidence,
  max(unit_share) over (partition by bucket order by step) as unit_share
from step_figure`,
    row(figures, { minimumN }) {
      const [n, fell] = [number(figures, 'n'), number(figures, 'fell')];
      const age = ages[number(figures, 'step')];
      const counts = { fell, otherEnds: number(figures, 'other_ends'), stillStanding: number(figures, 'still_standing') };
      const kept = { ...(age !== undefined && { atSeconds: age }), numerator: fell, denominator: n };
      if (number(figures, 'at_risk') < minimumN || n === 0) {
        const none = { standing: null, fell: null, otherEnds: null, stillStanding: null };
        return { ...kept, values: none, lo: null, hi: null, note: 'too-few' };
      }
      const incidence = number(figures, 'incidence');
      const units = 1 / number(figures, 'unit_share');
      const { lo, hi } = wilson(incidence * units, units);
      const standing = (share: number | null) => (share === null ? null : 100 * (1 - share));
      return { ...kept, values: { standing: standing(incidence), ...counts }, lo: standing(hi), hi: standing(lo), note: null };
    },
    contribution: 'case when ended = 1 then 1 else 0 end',
    numerator: 'ended = 1',
  };
}
