/**
 * When an item opened and closed. A cycle ends where a status first says done or cancelled and the next one starts where
 * a later status says otherwise; an unmapped status does neither. Two closing statuses in a row are one end, the first decides.
 *
 * An explicit finish ends the item whatever the statuses say: time after it is cut off, and where it comes after the
 * last closing status, the time up to it is open and stays in the court it was in. Earlier cycles keep their own ends.
 */

/** The statuses at which an item closes or opens again; the first of an item closes it, then they alternate. */
export const createTurning = `
create temp table turning on commit drop as
with told as (
  select
    item,
    i,
    at,
    meaning,
    team_now,
    meaning in ('done', 'cancelled') as is_closing,
    lag(meaning in ('done', 'cancelled'), 1, false) over (partition by item order by i) as was_closed
  from story
  where meaning <> 'unmapped'
)
select item, i, at, meaning, team_now, is_closing
from told
where is_closing <> was_closed
`;

/** One row per item: its beginning, its end and what the other facts need to know of it. */
export const createSubject = `
create temp table subject on commit drop as
with summary as (
  select
    item,
    min(at) as first_event_at,
    max(at) as last_event_at,
    count(*)::int as event_count,
    min(at) filter (where kind = 'created') as created_at,
    min(at) filter (where court = 'ours_active') as active_at,
    bool_or(actor_id is not null and actor_role = 'agent') as names_agents
  from story
  group by item
),
last_turning as (
  select distinct on (item) item, at, meaning, is_closing
  from turning
  order by item, i desc
),
judged as (
  select
    b.*,
    coalesce(b.told_created_at, s.created_at, s.first_event_at, b.as_of_at) as created_at,
    coalesce(b.told_started_at, s.active_at) as active_at,
    s.first_event_at,
    s.last_event_at,
    s.event_count,
    s.names_agents,
    case when t.is_closing then t.at end as closed_at,
    case
      when t.is_closing and t.meaning = 'cancelled' then 'cancelled'
      when b.told_finished_at is not null then 'done'
      when t.is_closing is not true then 'open'
      when b.finish_is_explicit then 'unknown'
      else 'done'
    end as outcome
  from batch b
  left join summary s using (item)
  left join last_turning t using (item)
),
ended as (
  select
    j.*,
    case when outcome = 'done' then coalesce(told_finished_at, closed_at) end as finished_at,
    case when outcome = 'open' then 'infinity' else coalesce(told_finished_at, closed_at) end as ended_at
  from judged j
)
select
  item,
  item_id,
  connection_id,
  owner_correction,
  due_correction,
  update_interval,
  tells_notes,
  tells_messages,
  default_calendar_id,
  told_finished_at,
  outcome,
  created_at,
  case when active_at <= ended_at and created_at <= ended_at then greatest(active_at, created_at) end as started_at,
  finished_at,
  ended_at,
  ended_at < created_at as is_clock_anomaly,
  isfinite(ended_at) and ended_at >= created_at as is_closed,
  coalesce(first_event_at, created_at) as first_event_at,
  coalesce(last_event_at, created_at) as last_event_at,
  coalesce(event_count, 0) as event_count,
  coalesce(names_agents, false) as names_agents
from ended
`;

/** One row per cycle, `from_at` to `to_at` its open time within the life of the item. */
export const createStretch = `
create temp table stretch on commit drop as
with numbered as (
  select
    item,
    at,
    meaning,
    team_now,
    is_closing,
    (1 + count(*) filter (where not is_closing) over (partition by item order by i))::int as n,
    lag(at) over (partition by item order by i) as before_at,
    lead(at) over (partition by item order by i) as after_at
  from turning
),
last_team as (
  select s.item, s.team_now as team_id
  from story s
  join subject using (item)
  where s.i = subject.event_count
),
told as (
  select item, n, before_at as opened_at, at as closed_at, meaning as closed_as, after_at as opened_again_at, team_now as team_id
  from numbered
  where is_closing
  union all
  select n.item, n.n, n.at, null, null, null, t.team_id
  from numbered n
  join last_team t using (item)
  where not n.is_closing and n.after_at is null
  union all
  select s.item, 1, null, null, null, null, t.team_id
  from subject s
  left join last_team t using (item)
  where not exists (select from turning where turning.item = s.item)
),
dated as (
  select
    t.item,
    t.n,
    coalesce(t.opened_at, s.created_at) as opened_at,
    t.closed_at,
    t.closed_as,
    t.opened_again_at,
    t.team_id,
    s.created_at,
    s.told_finished_at,
    s.outcome
  from told t
  join subject s using (item)
)
select
  item,
  n,
  opened_at,
  case
    when opened_again_at is null and outcome = 'done' and told_finished_at >= opened_at then told_finished_at
    when closed_as = 'done' then closed_at
  end as resolved_at,
  case when closed_as = 'done' then opened_again_at end as reopened_at,
  team_id,
  greatest(opened_at, created_at) as from_at,
  case
    when opened_again_at is null then coalesce(told_finished_at, closed_at, 'infinity')
    else least(closed_at, told_finished_at)
  end as to_at
from dated
`;

export const insertCycle = `
insert into facts.cycle (item_id, n, opened_at, resolved_at, reopened_at, team_id)
select b.item_id, s.n, s.opened_at, s.resolved_at, s.reopened_at, s.team_id
from stretch s
join batch b using (item)
`;
