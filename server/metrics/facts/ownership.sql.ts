import { nobody } from './nobody.js';

/**
 * Who had the item, at both levels. Equal neighbours are one stay; a stay shorter than the connection's correction,
 * with an owner or with nobody, drops out and the one before it goes on; the last stay never does.
 * `from_i` and `to_i` are places in the story; `to_i` is null and `to_at` the end of the item (or infinity) for the last stay.
 */
export const createStay = `
create temp table stay on commit drop as
with told as (
  select item, 'team' as level, i, at, team_id as owner_id
  from story
  where team_id is not null
  union all
  select item, 'person', i, at, person_id
  from story
  where person_id is not null
),
changing as (
  select told.*, lag(owner_id) over (partition by item, level order by i) as previous_id
  from told
),
standing as (
  select item, level, i, at, owner_id, lead(at) over (partition by item, level order by i) as next_at
  from changing
  where owner_id is distinct from previous_id
),
corrected as (
  select
    s.item,
    s.level,
    s.i,
    s.at,
    s.owner_id,
    lag(s.owner_id) over (partition by s.item, s.level order by s.i) as previous_id
  from standing s
  join subject using (item)
  where s.next_at is null or s.next_at - s.at >= subject.owner_correction
),
kept as (
  select
    item,
    level,
    (row_number() over stays)::int as n,
    nullif(owner_id, '${nobody}') as owner_id,
    i as from_i,
    at as from_at,
    lead(i) over stays as to_i,
    lead(at) over stays as next_at
  from corrected
  where owner_id is distinct from previous_id
  window stays as (partition by item, level order by i)
)
select
  k.item,
  k.level,
  k.n,
  k.owner_id,
  k.from_i,
  k.from_at,
  k.to_i,
  coalesce(k.next_at, greatest(k.from_at, s.ended_at)) as to_at
from kept k
join subject s using (item)
`;

export const insertOwnership = `
insert into facts.ownership (item_id, level, n, owner_id, from_at, to_at)
select b.item_id, s.level, s.n, s.owner_id, s.from_at, s.to_at
from stay s
join batch b using (item)
`;
