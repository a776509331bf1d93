import { itemKeys, type Units } from '../../metric.js';
import type { Within } from '../../within.js';

/**
 * Since when whoever has an item in waiting had begun with it: the first own act of the receiver of the last handoff, or the start
 * of the item where there was none. Waiting before that is the queue, after it the item is blocked.
 */
const waiting = (within: Within) => `waiting as (
    select u.item_id, u.connection_id, u.team_id, u.customer_id, u.type, u.service, u.channel, u.priority, u.language, u.excluded,
      u.from_at, u.to_at,
      greatest(u.from_at, least(u.to_at, case when h.item_id is null then i.started_at else h.acted_at end, u.to_at)) as begun_at
    from measured.item i
    join measured.interval u on u.item_id = i.item_id
    left join (
      select h.item_id, h.at, h.until_at, h.acted_at
      from measured.handoff h
      where h.level = 'team' ${within.item('h')}
    ) h on h.item_id = u.item_id and h.at <= u.from_at and h.until_at > u.from_at
    where u.is_owned and u.court = 'ours_waiting' ${within.item('u')} ${within.item('i')}
  )`;

const causes = ['unowned', 'queue', 'blocked', 'active', 'customer', 'third_party'] as const;

/** A part of the open time with its one cause. */
function part(cause: string, { from = 'u.from_at', to = 'u.to_at' } = {}): string {
  const shares = causes.map((name) => `case when ${cause} = '${name}' then 1 else 0 end as ${name}`);
  return `select ${itemKeys}, k.calendar_id, ${from} as from_at, least(${to}, s.as_of_at) as to_at, u.excluded is not null as is_excluded,
    ${shares.join(', ')}`;
}

const joins = `join source s on s.connection_id = u.connection_id
  left join measured.clock k on k.owner_id = coalesce(u.team_id, u.connection_id)`;

/** The open time of items, each second with what it was spent on; of what is in our court also the working time. */
export const causesOfTimeWithin = (within: Within): Units => ({
  per: 'item-time',
  shares: [...causes],
  counts: [],
  isHeldByWeek: true,
  calendar: 'calendar_id',
  sql: `  with ${waiting(within)}
  ${part("case when u.court in ('customer', 'third_party') then u.court when u.is_owned then 'active' else 'unowned' end")}
  from measured.interval u
  ${joins}
  where u.from_at < s.as_of_at and not (u.is_owned and u.court = 'ours_waiting')
  union all
  ${part("'queue'", { to: 'u.begun_at' })}
  from waiting u
  ${joins}
  where u.from_at < s.as_of_at and u.from_at < u.begun_at
  union all
  ${part("'blocked'", { from: 'u.begun_at' })}
  from waiting u
  ${joins}
  where u.begun_at < s.as_of_at and u.begun_at < u.to_at`,
});

/** Seconds of each cause over `placed`; closed hours are what our own causes lose to them. They add up to `seconds`. */
export const secondsByCause = {
  unowned: 'unowned_worked',
  queue: 'queue_worked',
  offHours: '(unowned + queue + blocked + active - unowned_worked - queue_worked - blocked_worked - active_worked)',
  customer: 'customer',
  thirdParty: 'third_party',
  blocked: 'blocked_worked',
  active: 'active_worked',
};
