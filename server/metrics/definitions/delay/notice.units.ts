import { itemKeys, secondsBetween, type Units } from '../../metric.js';

/** The first promised date passed and the item was not finished by it. */
const isMissed = `not (u.outcome = 'done' and u.ended_at <= u.first_due_at)`;

/** Cancelled before the date, ended nobody knows when, or the customer had asked for a later date in time. */
const isVoid = `u.excluded is not null or u.outcome = 'unknown' or (u.outcome = 'cancelled' and u.ended_at <= u.first_due_at)
      or coalesce(u.asked_to_move_at <= u.first_due_at, false)`;

/** We spoke before the date and before the customer asked. */
const isAnnounced = 'coalesce(u.announced_at < u.first_due_at, false) and coalesce(u.announced_at < u.chased_at, true)';

/** Missed promises by their date: everything about them is known then. `lead_seconds` is 0 where nobody announced it. */
export const missedPromises: Units = {
  per: 'row',
  columns: ['happened', 'lead_seconds'],
  sql: `  select ${itemKeys}, u.first_due_at as at, ${isVoid} as is_excluded,
    case when ${isAnnounced} then 1 else 0 end as happened,
    case when ${isAnnounced} then ${secondsBetween('u.announced_at', 'u.first_due_at')} else 0 end as lead_seconds
  from measured.notice u
  join source s on s.connection_id = u.connection_id
  where u.first_due_at < s.as_of_at and ${isMissed}`,
};

/** When it was decided who spoke first: not before the date had passed. */
const decidedAt = 'greatest(u.first_due_at, least(u.chased_at, u.announced_at, u.ended_at))';

/** Missed promises by the moment it was decided who spoke first. */
export const lateItems: Units = {
  per: 'row',
  columns: ['happened'],
  sql: `  select ${itemKeys}, ${decidedAt} as at, ${isVoid} as is_excluded,
    case when u.chased_at is not null and coalesce(u.chased_at < u.announced_at, true) then 1 else 0 end as happened
  from measured.notice u
  join source s on s.connection_id = u.connection_id
  where u.first_due_at < s.as_of_at and ${isMissed} and ${decidedAt} < s.as_of_at`,
};
