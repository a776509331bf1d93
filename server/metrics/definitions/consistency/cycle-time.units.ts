import { itemKeys, secondsBetween, type Units } from '../../metric.js';

/**
 * An item from its first start to its final finish, placed by its start. Cancelled is another end. Items started before the history
 * can be trusted enter at the age they had then; those that ended before it, and those whose end is unknown, are left out.
 */
export const calendarCycleTimes: Units = {
  per: 'row',
  columns: ['entry_seconds', 'exit_seconds', 'ended'],
  sql: `  select ${itemKeys}, u.started_at as at,
    u.excluded is not null or u.outcome = 'unknown' or u.ended_at < s.since_at as is_excluded,
    case when u.started_at < s.since_at then ${secondsBetween('u.started_at', 's.since_at')} else -1 end as entry_seconds,
    ${secondsBetween('u.started_at', 'least(u.ended_at, s.as_of_at)')} as exit_seconds,
    case when u.ended_at > s.as_of_at then 0 when u.outcome = 'done' then 1 else 2 end as ended
  from measured.item u
  join source s on s.connection_id = u.connection_id
  where u.started_at <= s.as_of_at`,
};

/** The same on the team's clock, which is known of finished items alone. */
export const businessCycleTimes: Units = {
  per: 'row',
  columns: ['entry_seconds', 'exit_seconds', 'ended'],
  sql: `  select ${itemKeys}, u.started_at as at,
    u.excluded is not null or u.cycle_business_seconds is null or u.started_at < s.since_at as is_excluded,
    -1 as entry_seconds,
    u.cycle_business_seconds::float8 as exit_seconds,
    1 as ended
  from measured.item u
  join source s on s.connection_id = u.connection_id
  where u.started_at <= s.as_of_at and (u.outcome = 'unknown' or u.outcome = 'done' and u.ended_at <= s.as_of_at)`,
};
