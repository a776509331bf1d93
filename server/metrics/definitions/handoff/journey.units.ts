import { itemKeys, secondsBetween, type Units } from '../../metric.js';

/** The handoffs the connection `s` told of; the item they went to may be of another one, whose data may end earlier. */
const passed = `measured.journey_handoff u
  join source s on s.connection_id = u.from_connection_id
  join measured.connection receiver on receiver.connection_id = u.connection_id`;
const lastSeen = "least(s.as_of_at, date_trunc('second', receiver.as_of_at))";

/** Each time an item became another, with the wait until that one was begun; its end without it is another end. */
export const journeyWaits: Units = {
  per: 'row',
  columns: ['entry_seconds', 'exit_seconds', 'ended'],
  sql: `  select ${itemKeys}, u.at, u.excluded is not null or u.at < s.since_at or not u.is_begin_told as is_excluded, -1 as entry_seconds,
    ${secondsBetween('u.at', `greatest(u.at, least(u.touched_at, u.until_at, ${lastSeen}))`)} as exit_seconds,
    case
      when u.touched_at <= least(u.until_at, ${lastSeen}) then 1
      when u.until_at <= ${lastSeen} then 2
      else 0
    end as ended
  from ${passed}
  where u.at <= ${lastSeen}`,
};

/** A note may come this much later. */
const noteSeconds = 300;
const cold = `not u.has_note and ${secondsBetween('u.at', lastSeen)} > ${noteSeconds}`;

/** Each time an item became one of another system, and what was lost there. */
export const systemHandoffs: Units = {
  per: 'row',
  columns: ['is_lossy', 'is_cold', 'is_repeated'],
  sql: `  select ${itemKeys}, u.at, u.excluded is not null or u.has_note is null as is_excluded,
    case when u.is_repeat or ${cold} then 1 else 0 end as is_lossy,
    case when ${cold} then 1 else 0 end as is_cold,
    case when u.is_repeat then 1 else 0 end as is_repeated
  from ${passed}
  where u.at <= ${lastSeen} and u.is_between_systems`,
};

/** Journeys from the creation of the first item to the end of the last; cancelled is another end. */
export const journeys: Units = {
  per: 'row',
  columns: ['entry_seconds', 'exit_seconds', 'ended'],
  sql: `  select ${itemKeys}, u.started_at as at,
    u.excluded is not null or u.outcome = 'unknown' or u.ended_at < s.since_at as is_excluded,
    case when u.started_at < s.since_at then ${secondsBetween('u.started_at', 's.since_at')} else -1 end as entry_seconds,
    ${secondsBetween('u.started_at', 'least(u.ended_at, s.as_of_at)')} as exit_seconds,
    case when u.ended_at > s.as_of_at then 0 when u.outcome = 'done' then 1 else 2 end as ended
  from measured.journey u
  join source s on s.connection_id = u.connection_id
  where u.started_at <= s.as_of_at`,
};
