import { nobody } from './nobody.js';

/**
 * The events of the batch in the order of their story, `i` counting from 1, each with what holds after it: status, team
 * and person are carried forward from the event that told them last. `court` is carried over closing statuses, because
 * closed time is cut out by the cycles and an explicit finish may come after the status that says done.
 */
export const createStory = `
create temp table story on commit drop as
with told as (
  select
    b.item,
    b.tells_owners,
    e.at,
    e.seq,
    e.event_id,
    e.kind,
    e.actor_id,
    e.actor_role,
    e.status_id,
    case when e.status_id is not null then coalesce(s.meaning, 'unmapped') end as meaning,
    e.team_id,
    e.person_id,
    e.due_at,
    e.asked_by_customer,
    e.rating::float8 as rating,
    e.side,
    e.is_public,
    e.is_bot is not true and bot.id is null as is_human,
    (row_number() over story_so_far)::int as i,
    b.is_numbered_throughout and e.seq < max(e.seq) over story_so_far as is_late_copy
  from batch b
  join core.event e using (item_id)
  left join core.status s on s.id = e.status_id
  left join core.person bot on bot.is_bot and bot.id = e.actor_id
  window story_so_far as (partition by b.item order by e.at, e.seq, e.event_id rows unbounded preceding)
),
placed as (
  select
    told.*,
    max(i) filter (where status_id is not null and not is_late_copy) over story_so_far as status_i,
    max(i) filter (where meaning not in ('done', 'cancelled') and not is_late_copy) over story_so_far as court_i,
    max(i) filter (where team_id is not null and not is_late_copy) over story_so_far as team_i,
    max(i) filter (where person_id is not null and not is_late_copy) over story_so_far as person_i
  from told
  window story_so_far as (partition by item order by at, seq, event_id rows unbounded preceding)
),
carried as (
  select
    placed.*,
    nth_value(status_id, status_i) over story_so_far as status_now,
    nth_value(meaning, court_i) over story_so_far as court_now,
    nth_value(team_id, team_i) over story_so_far as team_now,
    nth_value(person_id, person_i) over story_so_far as person_now
  from placed
  window story_so_far as (partition by item order by at, seq, event_id rows unbounded preceding)
)
select
  item,
  i,
  at,
  kind,
  case when kind = 'said' then event_id end as event_id,
  side,
  is_public,
  is_human,
  actor_id,
  actor_role,
  case when not is_late_copy then meaning end as meaning,
  case when not is_late_copy then team_id end as team_id,
  case when not is_late_copy then person_id end as person_id,
  due_at,
  asked_by_customer,
  rating,
  is_human and kind = 'said' and side = 'team' as is_ours,
  is_human and kind = 'said' and side = 'team' and is_public is true as is_word,
  kind = 'said' and side = 'customer' and is_public is not false as is_question,
  is_human and (kind = 'noted' or kind = 'said' and side = 'team' and is_public is false) as is_note,
  case
    when court_now is null or court_now = 'unmapped' then 'ours_waiting'
    when court_now = 'ours_active' and tells_owners
      and coalesce(team_now, '${nobody}') = '${nobody}' and coalesce(person_now, '${nobody}') = '${nobody}' then 'ours_waiting'
    else court_now
  end as court,
  coalesce(court_now = 'unmapped', false) as is_unmapped,
  nullif(team_now, '${nobody}') as team_now,
  nullif(person_now, '${nobody}') as person_now,
  lag(nullif(person_now, '${nobody}')) over in_order as person_before,
  status_id is not null and status_now is distinct from lag(status_now) over in_order as is_status_change,
  court_i is distinct from lag(court_i) over in_order
    or team_i is distinct from lag(team_i) over in_order
    or person_i is distinct from lag(person_i) over in_order as is_state_told
from carried
window in_order as (partition by item order by at, seq, event_id)
`;
