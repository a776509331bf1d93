import { businessSeconds } from './seconds.sql.js';

/** $1 version. One row per item, with the sums and counts of its other facts. */
export const insertItem = `
insert into facts.item (
  item_id, connection_id, version, type, service, channel, priority, language, customer_id, first_team_id, team_id, person_id,
  created_at, started_at, finished_at, ended_at, outcome, excluded, first_event_at, last_event_at, event_count,
  lead_business_seconds, cycle_business_seconds,
  team_handoffs, team_returns, team_direct_returns, person_handoffs, person_returns, person_direct_returns,
  resolutions, reopens, first_due_at, last_due_at, due_moves, first_response_at, first_response_business_seconds,
  ours_active_seconds, ours_waiting_seconds, customer_seconds, third_party_seconds, unowned_seconds
)
with first_owner as (
  select distinct on (item) item, owner_id
  from stay
  where level = 'team' and owner_id is not null
  order by item, n
),
last_owner as (
  select distinct on (item, level) item, level, owner_id
  from stay
  where owner_id is not null
  order by item, level, n desc
),
shift as (
  select t.item, t.owner_id, t.from_at, t.to_at
  from stay t
  where t.level = 'team'
  union all
  select s.item, null, '-infinity', coalesce(t.from_at, 'infinity')
  from subject s
  left join stay t on t.item = s.item and t.level = 'team' and t.n = 1
),
part as (
  select
    s.item,
    coalesce(t.calendar_id, s.default_calendar_id) as calendar_id,
    greatest(shift.from_at, s.created_at) as lead_from_at,
    greatest(shift.from_at, s.started_at) as cycle_from_at,
    least(shift.to_at, s.finished_at) as to_at,
    s.started_at is not null as is_started
  from subject s
  join shift using (item)
  left join core.team t on t.id = shift.owner_id
  where s.outcome = 'done' and s.is_closed
),
part_worked as (
  select
    item,
    is_started,
    case when lead_from_at < to_at then ${businessSeconds('part.calendar_id', 'part.lead_from_at', 'part.to_at')} else 0 end as lead_seconds,
    case when cycle_from_at < to_at then ${businessSeconds('part.calendar_id', 'part.cycle_from_at', 'part.to_at')} else 0 end as cycle_seconds
  from part
),
worked as (
  select
    item,
    case when count(lead_seconds) = count(item) then sum(lead_seconds)::bigint end as lead_seconds,
    case when count(cycle_seconds) = count(item) and bool_and(is_started) then sum(cycle_seconds)::bigint end as cycle_seconds
  from part_worked
  group by item
),
passed as (
  select
    item,
    count(*) filter (where level = 'team')::int as team_handoffs,
    count(returns) filter (where level = 'team')::int as team_returns,
    count(*) filter (where level = 'team' and returns = 'direct')::int as team_direct_returns,
    count(*) filter (where level = 'person')::int as person_handoffs,
    count(returns) filter (where level = 'person')::int as person_returns,
    count(*) filter (where level = 'person' and returns = 'direct')::int as person_direct_returns
  from handover
  group by item
),
cycled as (
  select item, count(resolved_at)::int as resolutions, count(reopened_at)::int as reopens
  from stretch
  group by item
),
promised as (
  select
    item,
    min(due_at) filter (where n = 1) as first_due_at,
    min(due_at) filter (where is_last) as last_due_at,
    count(moved_seconds)::int as due_moves
  from promise
  group by item
),
first_word as (
  select distinct on (e.item) e.item, e.at, e.team_now, s.created_at, s.default_calendar_id
  from story e
  join subject s using (item)
  where e.is_word and e.at >= s.created_at
  order by e.item, e.i
),
response as (
  select w.item, w.at, ${businessSeconds('coalesce(t.calendar_id, w.default_calendar_id)', 'w.created_at', 'w.at')} as business_seconds
  from first_word w
  left join core.team t on t.id = w.team_now
),
spent as (
  select
    p.item,
    sum(p.seconds) filter (where p.court = 'ours_active') as ours_active,
    sum(p.seconds) filter (where p.court = 'ours_waiting') as ours_waiting,
    sum(p.seconds) filter (where p.court = 'customer') as customer,
    sum(p.seconds) filter (where p.court = 'third_party') as third_party,
    sum(p.seconds) filter (where not p.is_owned) as unowned
  from piece p
  join subject s using (item)
  where s.is_closed
  group by p.item
)
select
  s.item_id,
  s.connection_id,
  $1::bigint,
  i.type,
  i.service,
  i.channel,
  i.priority,
  i.language,
  i.customer_id,
  first_owner.owner_id,
  last_team.owner_id,
  last_person.owner_id,
  s.created_at,
  s.started_at,
  s.finished_at,
  s.ended_at,
  s.outcome,
  coalesce(i.excluded, case when s.is_clock_anomaly then 'clock_anomaly' end),
  s.first_event_at,
  s.last_event_at,
  s.event_count,
  worked.lead_seconds,
  worked.cycle_seconds,
  coalesce(passed.team_handoffs, 0),
  coalesce(passed.team_returns, 0),
  coalesce(passed.team_direct_returns, 0),
  coalesce(passed.person_handoffs, 0),
  coalesce(passed.person_returns, 0),
  coalesce(passed.person_direct_returns, 0),
  cycled.resolutions,
  cycled.reopens,
  promised.first_due_at,
  promised.last_due_at,
  coalesce(promised.due_moves, 0),
  response.at,
  response.business_seconds,
  case when s.is_closed then coalesce(spent.ours_active, 0)::bigint end,
  case when s.is_closed then coalesce(spent.ours_waiting, 0)::bigint end,
  case when s.is_closed then coalesce(spent.customer, 0)::bigint end,
  case when s.is_closed then coalesce(spent.third_party, 0)::bigint end,
  case when s.is_closed then coalesce(spent.unowned, 0)::bigint end
from subject s
join core.item i using (item_id)
join cycled using (item)
left join first_owner using (item)
left join last_owner last_team on last_team.item = s.item and last_team.level = 'team'
left join last_owner last_person on last_person.item = s.item and last_person.level = 'person'
left join worked on worked.item = s.item
left join passed on passed.item = s.item
left join promised on promised.item = s.item
left join response on response.item = s.item
left join spent on spent.item = s.item
`;
