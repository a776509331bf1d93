import { rate } from '../../measures/rate.js';
import { itemKeys, secondsBetween, type Metric } from '../../metric.js';
import { derivedOnce } from '../../prepared.js';

/** Fewer finished items do not bear a P85: their type has no expectation in the quarter after. */
const fewestFinished = 20;

/** Durations are whole seconds: the rounding of an interpolated quantile must not decide whether one is within it. */
const roundingSeconds = 1e-6;

const quarterOf = (at: string) => `date_trunc('quarter', ${at} at time zone 'UTC')`;

/** What the items of each type were expected to take in the quarter after those they are learned from. */
const expectations = `  select f.connection_id, f.type, ${quarterOf('f.finished_at')} + interval '3 months' as quarter,
    percentile_cont(0.85) within group (order by ${secondsBetween('f.created_at', 'f.finished_at')}) + ${roundingSeconds} as expected_seconds
  from measured.item f
  join source s on s.connection_id = f.connection_id
  where f.outcome = 'done' and f.excluded is null and f.finished_at <= s.as_of_at
    and ${quarterOf('f.finished_at')} >= s.since_at at time zone 'UTC'
  group by f.connection_id, f.type, ${quarterOf('f.finished_at')}
  having count(*) >= ${fewestFinished}`;

export const sleAttainment: Metric = {
  id: 'sle-attainment',
  family: 'consistency',
  definition:
    'Of the items created in the period, the percentage finished within what their type was expected to take: the lead time that 85 % of the items of that type finished in the quarter before (UTC) stayed under, frozen for the quarter. Only items created so long ago that the expected time has passed count; still open, cancelled or reopened beyond it is not within. Items of a type with fewer than 20 finished in the quarter before have no expectation; they and those whose finish is unknown are left out and counted.',
  unit: '%',
  treatment: 'COH',
  direction: 'higher',
  counts: 'items',
  values: [],
  minimumN: 5,
  needs: ['finish'],
  source: 'Kanban Guide (service level expectation); interval: Wilson 1927',
  compute: {
    kind: 'counted',
    prepare: derivedOnce({ name: 'expected-times', select: () => expectations, isOfCustomers: false }),
    units: () => ({
      per: 'row',
      columns: ['happened'],
      sql: `  select ${itemKeys}, u.created_at as at,
    u.excluded is not null or u.outcome = 'unknown' or e.expected_seconds is null as is_excluded,
    case
      when u.outcome = 'done' and ${secondsBetween('u.created_at', 'u.ended_at')} <= e.expected_seconds then 1
      else 0
    end as happened
  from measured.item u
  join source s on s.connection_id = u.connection_id
  left join prepared e on e.connection_id = u.connection_id and e.type = u.type and e.quarter = ${quarterOf('u.created_at')}
  where u.created_at <= s.as_of_at
    and (e.expected_seconds is null or ${secondsBetween('u.created_at', 's.as_of_at')} >= e.expected_seconds)`,
    }),
    measure: rate(),
  },
};
