import { businessSeconds } from './seconds.sql.js';

/** Messages of the customer until our next public human word. A message after the end is a turn too; nobody waits for its answer. */
export const insertTurn = `
insert into facts.turn (item_id, n, asked_at, answered_at, until_at, team_id, business_seconds)
with spoken as (
  select item, i, at, team_now, is_word, lag(is_word, 1, true) over (partition by item order by i) as was_word
  from story
  where is_question or is_word
),
alternating as (
  select
    item,
    i,
    at,
    team_now,
    is_word,
    lead(at) over words as answered_at,
    lead(team_now) over words as answering_team_id
  from spoken
  where is_word <> was_word
  window words as (partition by item order by i)
),
last_owner as (
  select distinct on (item) item, owner_id
  from stay
  where level = 'team' and owner_id is not null
  order by item, n desc
),
asked as (
  select
    a.item,
    (row_number() over (partition by a.item order by a.i))::int as n,
    a.at as asked_at,
    a.answered_at,
    coalesce(a.answered_at, greatest(a.at, s.ended_at)) as until_at,
    coalesce(a.team_now, a.answering_team_id, l.owner_id) as team_id,
    s.default_calendar_id
  from alternating a
  join subject s using (item)
  left join last_owner l using (item)
  where not a.is_word
)
select
  b.item_id,
  a.n,
  a.asked_at,
  a.answered_at,
  a.until_at,
  a.team_id,
  ${businessSeconds('coalesce(t.calendar_id, a.default_calendar_id)', 'a.asked_at', 'a.until_at')}
from asked a
join batch b using (item)
left join core.team t on t.id = a.team_id
`;
