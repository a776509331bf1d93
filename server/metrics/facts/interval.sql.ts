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
split as (
  select
    open_part.*,
    greatest(from_at, least(to_at, due_at, stale_at)) as first_at,
    greatest(from_at, least(to_at, greatest(coalesce(due_at, 'infinity'), stale_at))) as second_at
  from open_part
)
select
  s.item,
  s.cycle_n,
  s.word_n,
  part.from_at,
  part.to_at,
  s.court,
  s.team_now as team_id,
  s.person_now as person_id,
  s.team_now is not null or s.person_now is not null as is_owned,
  s.due_at is not null and part.from_at >= s.due_at as is_due_past,
  s.due_at is not null and part.from_at < s.due_at as has_next_step,
  part.from_at < s.stale_at as is_fresh,
  s.is_unmapped
from split s
cross join lateral (
  values (s.from_at, s.first_at), (s.first_at, s.second_at), (s.second_at, s.to_at)
) as part (from_at, to_at)
where part.from_at < part.to_at
`;

export const insertInterval = `
insert into facts.interval (
  item_id, n, from_at, to_at, court, team_id, person_id, is_owned, is_due_past, has_next_step, is_fresh, is_unmapped
)
with compared as (
  select
    piece.*,
    row(cycle_n, court, team_id, person_id, is_due_past, has_next_step, is_fresh, is_unmapped) as state,
    lag(row(cycle_n, court, team_id, person_id, is_due_past, has_next_step, is_fresh, is_unmapped)) over pieces as previous_state,
    max(to_at) over (partition by item, cycle_n) as cycle_to_at
  from piece
  window pieces as (partition by item order by from_at)
)
select
  b.item_id,
  row_number() over (partition by c.item order by c.from_at),
  c.from_at,
  lead(c.from_at, 1, c.cycle_to_at) over (partition by c.item, c.cycle_n order by c.from_at),
  c.court,
  c.team_id,
  c.person_id,
  c.is_owned,
  c.is_due_past,
  c.has_next_step,
  c.is_fresh,
  c.is_unmapped
from compared c
join batch b using (item)
where c.state is distinct from c.previous_state
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
    sum(extract(epoch from p.to_at - p.from_at)) filter (
      where p.court in ('ours_active', 'ours_waiting') and isfinite(p.to_at)
    ) as ours_seconds,
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
