import { durations } from '../../measures/durations.js';
import { itemKeys, secondsBetween, type Metric, type Units } from '../../metric.js';

const calendarResponses: Units = {
  per: 'row',
  columns: ['entry_seconds', 'exit_seconds', 'ended'],
  sql: `  select ${itemKeys}, u.created_at as at,
    u.excluded is not null or least(u.first_response_at, u.ended_at) < s.since_at as is_excluded,
    case when u.created_at < s.since_at then ${secondsBetween('u.created_at', 's.since_at')} else -1 end as entry_seconds,
    ${secondsBetween('u.created_at', 'least(u.first_response_at, u.ended_at, s.as_of_at)')} as exit_seconds,
    case
      when u.first_response_at <= least(u.ended_at, s.as_of_at) then 1
      when u.ended_at <= s.as_of_at then 2
      else 0
    end as ended
  from measured.item u
  join source s on s.connection_id = u.connection_id
  where u.created_at <= s.as_of_at`,
};

const businessResponses: Units = {
  per: 'row',
  columns: ['entry_seconds', 'exit_seconds', 'ended'],
  sql: `  select ${itemKeys}, u.created_at as at, u.excluded is not null or u.created_at < s.since_at as is_excluded,
    -1 as entry_seconds, u.first_response_business_seconds::float8 as exit_seconds, 1 as ended
  from measured.item u
  join source s on s.connection_id = u.connection_id
  where u.first_response_at <= s.as_of_at and u.first_response_business_seconds is not null`,
};

export const firstResponse: Metric = {
  id: 'first-response',
  family: 'delay',
  definition:
    'Time from the creation of an item to the first public word of a person of ours, by the period of creation: the time within which half and 85 % have had one. Items still waiting count with the time so far (Kaplan-Meier); those that ended without a word are another end. Reopening changes nothing. On the business clock: answered items only.',
  unit: 's',
  treatment: 'KM',
  direction: 'lower',
  counts: 'items',
  values: ['p50', 'p85'],
  minimumN: 5,
  needs: ['messages', 'visibility'],
  source: 'Kaplan & Meier 1958; Aalen & Johansen 1978',
  options: ['clock'],
  compute: {
    kind: 'counted',
    units: ({ clock }) => (clock === 'business' ? businessResponses : calendarResponses),
    measure: durations({ p50: 0.5, p85: 0.85 }),
    businessTreatment: 'FIN',
  },
};
