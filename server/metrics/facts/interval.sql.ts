import { wholeSeconds } from './seconds.sql.js';

/**
 * The open time of each item, cut at every event that tells a state, says a word or gives a date, and at the two moments
 * that need no event: a due date passing and the promised interval after the last word running out. Before any status an
 * item waits with us. `word_n` counts the public words of ours so far; the parts between two words are one silence.
 */
export const createPiece = `
create temp table piece on commit drop as
with cut as (
  select item, i, at, court, is_unmapped, team_now, person_now, is_word
  from story
  where is_state_told or is_word or kind = 'promised'
  union all
  select item, 0, '-infinity', 'ours_waiting', false, null, null, false
  from subject
),
running as (
  select
    cut.*,
    lead(at, 1, 'infinity') over cuts as next_at,
    max(at) filter (where is_word) over cuts as word_at,
    count(*) filter (where is_word) over cuts as word_n
  from cut
  window cuts as (partition by item order by i)
),
open_part as (
  select
    r.*,
    s.n as cycle_n,
    s.to_at as cycle_to_at,
    p.due_at,
    greatest(r.word_at, subject.created_at) + subject.update_interval as stale_at,
    greatest(r.at, s.from_at) as from_at,
    least(r.next_at, s.to_at) as to_at
  from running r
  join subject using (item)
  join stretch s on s.item = r.item and r.at < s.to_at and r.next_at > s.from_at
  left join chain p on p.item = r.item and r.i >= p.from_i and (p.to_i is null or r.i < p.to_i)
  where s.from_at < s.to_at and r.at < r.next_at
),
split as materialized (
  select
    item,
    cycle_n,
    word_n,
    court,
    is_unmapped,
    team_now,
    person_now,
    due_at,
    stale_at,
    cycle_to_at,
    from_at,
    greatest(from_at, least(to_at, due_at, stale_at)) as first_at,
    greatest(from_at, least(to_at, greatest(coalesce(due_at, 'infinity'), stale_at))) as second_at,
    to_at
  from open_part
),
part as (
  select s.*, s.from_at as part_from_at, s.first_at as part_to_at from split s where s.from_at < s.first_at
  union all
  select s.*, s.first_at, s.second_at from split s where s.first_at < s.second_at
  union all
  select s.*, s.second_at, s.to_at from split s where s.second_at < s.to_at
)
select
  item,
  cycle_n,
  cycle_to_at,
  word_n,
  part_from_at as from_at,
  part_to_at as to_at,
  case when isfinite(part_to_at) then ${wholeSeconds('part_from_at', 'part_to_at')} end as seconds,
  court,
  team_now as team_id,
  person_now as person_id,
  team_now is not null or person_now is not null as is_owned,
  due_at is not null and part_from_at >= due_at as is_due_past,
  due_at is not null and part_from_at < due_at as has_next_step,
  part_from_at < stale_at as is_fresh,
  is_unmapped
from part
`;

export const insertInterval = `
insert into facts.interval (
  item_id, n, from_at, to_at, court, team_id, person_id, is_owned, is_due_past, has_next_step, is_fresh, is_unmapped
)
with compared as (
  select
    piece.*,
    lag(cycle_n) over pieces = cycle_n
      and lag(court) over pieces = court
      and lag(team_id) over pieces is not distinct from team_id
      and lag(person_id) over pieces is not distinct from person_id
      and lag(is_due_past) over pieces = is_due_past
      and lag(has_next_step) over pieces = has_next_step
      and lag(is_fresh) over pieces = is_fresh
      and lag(is_unmapped) over pieces = is_unmapped as goes_on
  from piece
  window pieces as (partition by item order by from_at)
),
joined as (
  select
    compared.*,
    row_number() over parts as n,
    lead(cycle_n) over parts as next_cycle_n,
    lead(from_at) over parts as next_from_at
  from compared
  where goes_on is not true
  window parts as (partition by item order by from_at)
)
select
  b.item_id,
  j.n,
  j.from_at,
  case when j.next_cycle_n = j.cycle_n then j.next_from_at else j.cycle_to_at end,
  j.court,
  j.team_id,
  j.person_id,
  j.is_owned,
  j.is_due_past,
  j.has_next_step,
  j.is_fresh,
  j.is_unmapped
from joined j
join batch b using (item)
`;

export const insertSilence = `
insert into facts.silence (item_id, n, from_at, to_at, ours_seconds, team_id)
with gap as (
  select
    p.item,
    p.cycle_n,
    p.word_n,
    min(p.from_at) as from_at,
    max(p.to_at) as to_at,
    sum(p.seconds) filter (where p.court in ('ours_active', 'ours_waiting')) as ours_seconds,
    (array_agg(p.team_id order by p.from_at desc))[1] as team_id
  from piece p
  join subject s using (item)
  where s.tells_messages
  group by p.item, p.cycle_n, p.word_n
)
select
  b.item_id,
  row_number() over (partition by g.item order by g.from_at),
  g.from_at,
  g.to_at,
  case when isfinite(g.to_at) then coalesce(g.ours_seconds, 0)::bigint end,
  g.team_id
from gap g
join batch b using (item)
`;
