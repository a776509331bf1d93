import type { Measure } from '../metric.js';
import { wilson } from '../statistics/interval.js';
import { incidenceCurve } from './late-entry-curve.js';
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
 * A curve of what still stands, read at fixed ages: each row is a `step`, the segment of its units. `standing` is the complement of the
 * cumulative incidence of `ended` = 1 over all units of the bucket, other ends (2) competing and those still watched (0) censored
 * (Aalen & Johansen 1978). n and the other values count the units whose watch ended in the step.
 */
export function curveByAge(): Measure {
  const counted = (ended: number) => `count(*) filter (where not is_excluded and ended = ${ended})::int`;
  return {
    sql: () => `whole as (
  select bucket, '' as segment, is_excluded, exit_seconds, ended, -1 as entry_seconds
  from placed
),
judged as (
  select bucket, segment, true as needs_curve
  from whole
  group by bucket, segment
),
${incidenceCurve('whole')},
counted as (
  select bucket, segment, step,
    count(*) filter (where not is_excluded)::int as n,
    count(*) filter (where is_excluded)::int as excluded,
    ${counted(1)} as fell, ${counted(2)} as other_ends, ${counted(0)} as still_standing
  from placed
  group by bucket, segment, step
),
watched as (
  select bucket, segment, step, n, excluded, fell, other_ends, still_standing,
    sum(n) over (partition by bucket order by step desc) as at_risk,
    case step ${ages.map((age, step) => `when ${step} then ${age}`).join(' ')} end as until_seconds
  from counted
)
select w.bucket, w.segment, w.step, w.n, w.excluded, w.fell, w.other_ends, w.still_standing, max(w.at_risk)::int as at_risk,
  coalesce(max(c.incidence), 0)::float8 as incidence, max(c.unit_share)::float8 as unit_share
from watched w
left join curve c on c.bucket = w.bucket and (w.until_seconds is null or c.at_seconds <= w.until_seconds)
group by w.bucket, w.segment, w.step, w.n, w.excluded, w.fell, w.other_ends, w.still_standing`,
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
