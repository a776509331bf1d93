import { businessSeconds } from './seconds.sql.js';

/**
 * Changes from one owner to another; a time with nobody in between belongs to the change, the first owner is none.
 *
 * The receiver's first own act, while having the item and before its end:
 * - a person: the first event by that person, the handoff itself included (taking it oneself is no wait). Where no event
 *   of the item names an agent: the next status change or human word of ours.
 * - a team: the handoff itself where the person who did it is the person who then has it; else the next event, not by a
 *   customer or a system, that changes the status to anything but waiting, gives it to a person, says a human word of
 *   ours, or comes from an agent; words and acts of the sender and of whoever handed it over are not the receiver's.
 *
 * A note by the sender: an internal message or a note from 30 minutes before to 5 minutes after, not before the sender had
 * it; up to the handoff by anyone but the receiver, later only by the sender or whoever handed it over.
 */
export const createHandover = `
create temp table handover on commit drop as
with holder as (
  select
    item,
    level,
    owner_id,
    from_i,
    from_at,
    to_i,
    to_at,
    lag(owner_id) over stays as previous_id,
    lag(to_at) over stays as left_at,
    lag(from_i) over stays as sender_from_i
  from stay
  where owner_id is not null
  window stays as (partition by item, level order by n)
),
ranked as (
  select
    holder.*,
    (row_number() over owners - 1)::int as n,
    lag(owner_id, 2) over owners as second_previous_id,
    row_number() over (partition by item, level, owner_id order by from_i) > 1 as is_return
  from holder
  where owner_id is distinct from previous_id
  window owners as (partition by item, level order by from_i)
)
select
  r.item,
  r.level,
  r.n,
  r.left_at,
  r.from_at as at,
  r.previous_id as from_id,
  r.owner_id as to_id,
  case when r.owner_id = r.second_previous_id then 'direct' when r.is_return then 'indirect' end as returns,
  greatest(r.from_at, least(r.to_at, s.ended_at)) as until_at,
  r.from_i,
  r.to_i,
  r.sender_from_i,
  t.actor_id,
  t.person_id,
  t.team_now,
  case when r.level = 'person' then r.previous_id else t.person_before end as sender_id,
  case when r.level = 'person' then r.owner_id else t.person_now end as receiver_id,
  s.ended_at,
  s.names_agents,
  s.tells_notes,
  s.default_calendar_id
from ranked r
join subject s using (item)
join story t on t.item = r.item and t.i = r.from_i
where r.n > 0
`;

export const insertHandoff = `
insert into facts.handoff (
  item_id, level, n, left_at, at, from_id, to_id, returns, acted_at, until_at, wait_business_seconds, has_note
)
with acted as (
  select h.item, h.level, h.n, min(e.at) as at
  from handover h
  join story e on e.item = h.item and e.i >= h.from_i and (h.to_i is null or e.i <= h.to_i) and e.at <= h.ended_at
  where case
    when h.level = 'person' and h.names_agents then e.actor_id = h.to_id
    when e.i = h.from_i then h.level = 'team' and h.actor_id = h.person_id
    when e.i = h.to_i or coalesce(e.actor_role in ('customer', 'system'), false) then false
    when h.level = 'person' then e.is_status_change or e.is_ours
    else e.is_status_change and e.meaning not in ('ours_waiting', 'unmapped')
      or e.person_now is not null and e.person_now is distinct from e.person_before
      or e.is_ours and e.actor_id is null
      or (e.is_ours or e.actor_role = 'agent')
        and e.actor_id is not null
        and e.actor_id is distinct from h.actor_id
        and e.actor_id is distinct from h.sender_id
  end
  group by h.item, h.level, h.n
),
noted as (
  select distinct h.item, h.level, h.n
  from handover h
  join story e
    on e.item = h.item
    and e.is_note
    and e.i >= h.sender_from_i
    and e.at >= h.at - interval '30 minutes'
    and e.at <= h.at + interval '5 minutes'
  where case
    when e.i <= h.from_i then e.actor_id is null or e.actor_id is distinct from h.receiver_id
    else e.actor_id in (h.sender_id, h.actor_id) and e.actor_id is distinct from h.receiver_id
  end
)
select
  b.item_id,
  h.level,
  h.n,
  h.left_at,
  h.at,
  h.from_id,
  h.to_id,
  h.returns,
  acted.at,
  h.until_at,
  ${businessSeconds('coalesce(t.calendar_id, h.default_calendar_id)', 'h.at', 'coalesce(acted.at, h.until_at)')},
  case when h.tells_notes then noted.item is not null end
from handover h
join batch b using (item)
left join acted using (item, level, n)
left join noted using (item, level, n)
left join core.team t on t.id = case when h.level = 'team' then h.to_id else h.team_now end
`;
