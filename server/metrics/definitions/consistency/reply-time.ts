import { durationsAndTail } from '../../measures/durations-and-tail.js';
import { itemKeys, secondsBetween, type Metric, type Units } from '../../metric.js';

/** A message after the end that nobody answers waits for nothing. */
const awaited = 'u.answered_at is not null or u.until_at > u.asked_at';

const calendarReplies: Units = {
  per: 'row',
  columns: ['entry_seconds', 'exit_seconds', 'ended'],
  sql: `  select ${itemKeys}, u.asked_at as at, u.excluded is not null or u.asked_at < s.since_at as is_excluded,
    -1 as entry_seconds,
    ${secondsBetween('u.asked_at', 'least(u.until_at, s.as_of_at)')} as exit_seconds,
    case
      when u.answered_at <= s.as_of_at then 1
      when u.until_at <= s.as_of_at then 2
      else 0
    end as ended
  from measured.turn u
  join source s on s.connection_id = u.connection_id
  where u.asked_at <= s.as_of_at and (${awaited})`,
};

const businessReplies: Units = {
  per: 'row',
  columns: ['entry_seconds', 'exit_seconds', 'ended'],
  sql: `  select ${itemKeys}, u.asked_at as at, u.excluded is not null or u.asked_at < s.since_at as is_excluded,
    -1 as entry_seconds, u.business_seconds::float8 as exit_seconds, 1 as ended
  from measured.turn u
  join source s on s.connection_id = u.connection_id
  where u.answered_at <= s.as_of_at and u.business_seconds is not null`,
};

export const replyTime: Metric = {
  id: 'reply-time',
  family: 'consistency',
  definition:
    "Time from the first of consecutive messages of a customer to the next public word of a person of ours, by the period of the message: the time within which half and 85 % are answered, and how many times the first the second is. Turns still waiting count with the time so far (Kaplan-Meier), those whose item ended without an answer are another end; messages after the end count only where somebody answered. Each turn of a reopened item counts. On the team's clock: answered turns only.",
  unit: 's',
  treatment: 'KM',
  direction: 'lower',
  counts: 'messages',
  values: ['p50', 'p85', 'tail'],
  units: { tail: 'x' },
  minimumN: 5,
  needs: ['messages', 'visibility'],
  source: 'Kaplan & Meier 1958; Aalen & Johansen 1978',
  options: ['clock'],
  compute: {
    kind: 'counted',
    units: ({ clock }) => (clock === 'business' ? businessReplies : calendarReplies),
    measure: durationsAndTail(),
    businessTreatment: 'FIN',
  },
};
