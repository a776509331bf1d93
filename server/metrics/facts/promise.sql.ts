import { wholeSeconds } from './seconds.sql.js';

/**
 * The dates given to the customer, in turn, while the item lives. Equal dates in a row are one; a date that stood shorter
 * than the connection's correction drops out and the next takes its place from the earlier moment; so does a taking back.
 * `due_at` is null for the time after a date was taken back. `from_i` and `to_i` are places in the story.
 */
export const createChain = `
create temp table chain on commit drop as
with told as (
  select
    e.item,
    e.i,
    e.at,
    e.due_at,
    coalesce(e.asked_by_customer, false) as asked_by_customer,
    s.due_correction,
    lag(e.due_at) over (partition by e.item order by e.i) as previous_due_at
  from story e
  join subject s using (item)
  where e.kind = 'promised' and e.at <= greatest(s.created_at, s.ended_at)
),
standing as (
  select item, i, at, due_at, asked_by_customer, due_correction, lead(at) over (partition by item order by i) - at as stood
  from told
  where due_at is distinct from previous_due_at
),
placed as (
  select
    standing.*,
    coalesce(stood >= due_correction, true) as is_kept,
    count(*) filter (where coalesce(stood >= due_correction, true)) over (
      partition by item order by i rows between unbounded preceding and 1 preceding
    ) as place
  from standing
),
corrected as (
  select
    item,
    min(i) as from_i,
    min(at) as said_at,
    min(due_at) filter (where is_kept) as due_at,
    bool_or(asked_by_customer) filter (where is_kept) as asked_by_customer
  from placed
  group by item, place
),
changing as (
  select corrected.*, lag(due_at) over (partition by item order by from_i) as previous_due_at
  from corrected
)
select
  item,
  from_i,
  lead(from_i) over links as to_i,
  said_at,
  lead(said_at) over links as next_at,
  due_at,
  asked_by_customer
from changing
where due_at is distinct from previous_due_at
window links as (partition by item order by from_i)
`;

export const createPromise = `
create temp table promise on commit drop as
with dated as (
  select
    c.*,
    lag(due_at) over promises as previous_due_at,
    (row_number() over promises)::int as n,
    lead(from_i) over promises is null as is_last
  from chain c
  where due_at is not null
  window promises as (partition by item order by from_i)
)
select
  d.item,
  d.n,
  d.said_at,
  d.due_at,
  coalesce(d.next_at, greatest(d.said_at, s.ended_at)) as until_at,
  case when d.due_at <> d.previous_due_at then ${wholeSeconds('d.previous_due_at', 'd.due_at')} end as moved_seconds,
  case when d.due_at <> d.previous_due_at then d.said_at > d.previous_due_at end as is_after_due,
  d.asked_by_customer,
  d.is_last
from dated d
join subject s using (item)
`;

export const insertPromise = `
insert into facts.promise (item_id, n, said_at, due_at, until_at, moved_seconds, is_after_due, asked_by_customer, is_last)
select b.item_id, p.n, p.said_at, p.due_at, p.until_at, p.moved_seconds, p.is_after_due, p.asked_by_customer, p.is_last
from promise p
join batch b using (item)
`;
