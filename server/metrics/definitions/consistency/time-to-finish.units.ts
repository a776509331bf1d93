import { itemKeys, secondsBetween, type Units, type UnitTells } from '../../metric.js';

/**
 * An item from a moment of its own to its final finish, placed by that moment. Cancelled is another end. Items that began before the
 * history can be trusted enter at the age they had then; those that ended before it, and those whose end is unknown, are left out.
 */
function calendarTimes(begin: 'created_at' | 'started_at'): Units {
  return {
    per: 'row',
    columns: ['entry_seconds', 'exit_seconds', 'ended', 'exit_at'],
    sql: `  select ${itemKeys}, u.${begin} as at,
    u.excluded is not null or u.outcome = 'unknown' or u.ended_at < s.since_at as is_excluded,
    least(u.ended_at, s.as_of_at) as exit_at,
    case when u.${begin} < s.since_at then ${secondsBetween(`u.${begin}`, 's.since_at')} else -1 end as entry_seconds,
    ${secondsBetween(`u.${begin}`, 'least(u.ended_at, s.as_of_at)')} as exit_seconds,
    case when u.ended_at > s.as_of_at then 0 when u.outcome = 'done' then 1 else 2 end as ended
  from measured.item u
  join source s on s.connection_id = u.connection_id
  where u.${begin} <= s.as_of_at`,
  };
}

/** The same on the team's clock, which is known of finished items alone. */
function businessTimes(begin: 'created_at' | 'started_at', seconds: 'lead_business_seconds' | 'cycle_business_seconds'): Units {
  return {
    per: 'row',
    columns: ['entry_seconds', 'exit_seconds', 'ended', 'exit_at'],
    sql: `  select ${itemKeys}, u.${begin} as at, u.ended_at as exit_at,
    u.excluded is not null or u.${seconds} is null or u.${begin} < s.since_at as is_excluded,
    -1 as entry_seconds,
    u.${seconds}::float8 as exit_seconds,
    1 as ended
  from measured.item u
  join source s on s.connection_id = u.connection_id
  where u.${begin} <= s.as_of_at and (u.outcome = 'unknown' or u.outcome = 'done' and u.ended_at <= s.as_of_at)`,
  };
}

/** When an item ended, or the data does; how long it took until then; 0 while open, 1 finished, 2 ended otherwise. */
export const toldOfTimes: UnitTells = { instants: { exit: 'exit_at' }, numbers: { seconds: 'exit_seconds', ended: 'ended' } };

/** From the creation. */
export const calendarLeadTimes = calendarTimes('created_at');
export const businessLeadTimes = businessTimes('created_at', 'lead_business_seconds');

/** From the first start. */
export const calendarCycleTimes = calendarTimes('started_at');
export const businessCycleTimes = businessTimes('started_at', 'cycle_business_seconds');
