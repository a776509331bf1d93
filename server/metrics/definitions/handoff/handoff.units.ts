import { itemKeys, secondsBetween, type Units } from '../../metric.js';
import type { MetricOptions } from '../../options.js';

/** Whose changes are handoffs. */
export type Level = NonNullable<MetricOptions['level']>;

/** The handoffs of a level, `u` being the handoff. */
export const ofLevel: Record<Level, string> = { team: "u.level = 'team'", person: "u.level = 'person'" };

/** From whom to whom. The names are joined by a character that no name holds. */
const pair = {
  column: 'sender.name || chr(31) || receiver.name',
  join: `join measured.team sender on sender.team_id = u.from_id
  join measured.team receiver on receiver.team_id = u.to_id`,
};

const pairsOf: Record<Level, Pick<Units, 'pairs'>> = { team: { pairs: pair }, person: {} };

/** A wait ends with the receiver's first own act; passing it on or the end of the item without one is another end. */
const wait = `-1 as entry_seconds,
    ${secondsBetween('u.at', 'least(u.acted_at, u.until_at, s.as_of_at)')} as exit_seconds,
    case
      when u.acted_at <= least(u.until_at, s.as_of_at) then 1
      when u.until_at <= s.as_of_at then 2
      else 0
    end as ended`;

/** Handoffs with the wait that followed. */
export const calendarWaits = (level: Level): Units => ({
  per: 'row',
  columns: ['entry_seconds', 'exit_seconds', 'ended'],
  ...pairsOf[level],
  sql: `  select ${itemKeys}, u.from_id, u.to_id, u.at, u.excluded is not null or u.at < s.since_at as is_excluded, ${wait}
  from measured.handoff u
  join source s on s.connection_id = u.connection_id
  where u.at <= s.as_of_at and ${ofLevel[level]}`,
});

/** The same on the receiver's clock, which is known where the receiver has acted. */
export const businessWaits = (level: Level): Units => ({
  per: 'row',
  columns: ['entry_seconds', 'exit_seconds', 'ended'],
  ...pairsOf[level],
  sql: `  select ${itemKeys}, u.from_id, u.to_id, u.at, u.excluded is not null or u.at < s.since_at as is_excluded,
    -1 as entry_seconds, u.wait_business_seconds::float8 as exit_seconds, 1 as ended
  from measured.handoff u
  join source s on s.connection_id = u.connection_id
  where u.acted_at <= least(u.until_at, s.as_of_at) and u.wait_business_seconds is not null and ${ofLevel[level]}`,
});

/** Items with a handoff, and how many of their handoffs went back to someone who had it before. */
export const itemReturns = (level: Level): Units => ({
  per: 'item',
  columns: { returns: 'sum', direct_returns: 'sum' },
  sql: `  select ${itemKeys}, u.at, u.excluded is not null as is_excluded,
    case when u.returns is null then 0 else 1 end as returns,
    case when u.returns = 'direct' then 1 else 0 end as direct_returns
  from measured.handoff u
  join source s on s.connection_id = u.connection_id
  where u.at <= s.as_of_at and ${ofLevel[level]}`,
});

/** A note may follow the handoff by so much. */
const noteSeconds = 300;

/** Whether the handoff \`u\` had a note is told, and decided. */
export const isNoteDecided = `u.has_note is not null and ${secondsBetween('u.at', 's.as_of_at')} > ${noteSeconds}`;

/** Handoffs between teams as pairs; \`is_cold\` and \`is_reask\` are null where nobody can say. */
export const teamPairs: Units = {
  per: 'row',
  columns: ['entry_seconds', 'exit_seconds', 'ended', 'is_return', 'is_cold', 'is_reask'],
  segment: pair,
  sql: `  select ${itemKeys}, u.from_id, u.to_id, u.at, u.excluded is not null or u.at < s.since_at as is_excluded, ${wait},
    case when u.returns is null then 0 else 1 end as is_return,
    case when ${isNoteDecided} then case when u.has_note then 0 else 1 end end as is_cold,
    case when w.receiver_words > 0 then case when w.is_reask then 1 else 0 end end as is_reask
  from measured.handoff u
  join source s on s.connection_id = u.connection_id
  left join measured.handoff_word w on w.item_id = u.item_id and w.level = u.level and w.n = u.n
  where u.at <= s.as_of_at and u.level = 'team'`,
};
