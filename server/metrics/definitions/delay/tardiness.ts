import { lateDurations } from '../../measures/late-durations.js';
import { itemKeys, secondsBetween, type Metric } from '../../metric.js';

export const tardiness: Metric = {
  id: 'tardiness',
  family: 'delay',
  definition:
    'How long after the promised date the customer has it, by the period of that date; the date is the one in force when it passed. The mean over all promises decided, kept ones being 0 late and open ones late by the time so far; and of the late ones, the time after the date within which half and 85 % are finished (Kaplan-Meier after the date: open ones count with the time so far, cancelled ones are another end). A reopened item counts once, with its final finish; one cancelled before the date is left out and counted.',
  unit: 's',
  treatment: 'KM',
  direction: 'lower',
  counts: 'promises',
  values: ['mean', 'lateP50', 'lateP85'],
  minimumN: 5,
  needs: ['finish', 'due', 'first-due'],
  source: 'Kaplan & Meier 1958; Pinedo 2016 (tardiness); interval of a mean over promises',
  compute: {
    kind: 'counted',
    units: () => ({
      per: 'row',
      columns: ['tardy_seconds', 'ended'],
      sql: `  select ${itemKeys}, u.decisive_due_at as at,
    u.excluded is not null or u.outcome = 'unknown' or (u.outcome = 'cancelled' and u.ended_at <= u.decisive_due_at) as is_excluded,
    greatest(0, ${secondsBetween('u.decisive_due_at', 'least(u.ended_at, s.as_of_at)')}) as tardy_seconds,
    case when u.ended_at > s.as_of_at then 0 when u.outcome = 'done' then 1 else 2 end as ended
  from measured.promised u
  join source s on s.connection_id = u.connection_id
  where u.decisive_due_at < s.as_of_at`,
    }),
    measure: lateDurations({ lateP50: 0.5, lateP85: 0.85 }),
  },
};
