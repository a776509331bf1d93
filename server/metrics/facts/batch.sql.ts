/** Which items are derived: the marks seen now, and every item of a connection whose settings or calendars changed. */

/** Marks set later stay for the next derivation, even for the same item. */
export const createSeenMarks = `
create temp table seen_mark on commit drop as
select mark, item_id
from facts.dirty
`;

/** $1 items per batch · $2 true: every item there is, and every item there are facts of. */
export const createTaken = `
create temp table taken on commit drop as
with chosen as (
  select item_id from seen_mark
  union
  select i.item_id
  from core.item i
  where $2 or i.connection_id in (select connection_id from changed_basis)
  union
  select f.item_id
  from facts.item f
  where $2
)
select
  item_id,
  ((row_number() over (order by item_id) - 1) / $1::int)::int as batch
from chosen
`;

/** $1 number of the batch. `item` is the item's short key within the batch, in the order of `item_id`. */
export const createBatch = `
create temp table batch on commit drop as
select
  (row_number() over (order by i.item_id))::int as item,
  i.item_id,
  i.created_at as told_created_at,
  i.started_at as told_started_at,
  i.finished_at as told_finished_at,
  i.as_of_at,
  i.finish_is_explicit,
  s.connection_id,
  s.owner_correction,
  s.due_correction,
  s.update_interval,
  s.is_numbered_throughout,
  s.tells_owners,
  s.tells_notes,
  s.tells_messages,
  s.default_calendar_id
from taken t
join core.item i using (item_id)
join source s using (connection_id)
where t.batch = $1 and i.deleted_at is null
`;

export const factTables = [
  'item',
  'cycle',
  'interval',
  'ownership',
  'handoff',
  'promise',
  'turn',
  'rating',
  'silence',
  'word',
  'handoff_word',
  'delay',
] as const;

/** $1 number of the batch. */
export function deleteOldFacts(table: (typeof factTables)[number]): string {
  return `
delete from facts.${table} f
using taken t
where t.batch = $1 and f.item_id = t.item_id
`;
}

/** $1 number of the batch. Before the facts of the batch are deleted. */
export const createKnown = `
create temp table known on commit drop as
select f.item_id
from facts.item f
join taken t using (item_id)
where t.batch = $1
`;

/** $1 version. */
export const insertRemoved = `
insert into facts.removed (item_id, version)
select k.item_id, $1::bigint
from known k
where not exists (select from batch b where b.item_id = k.item_id)
on conflict (item_id) do update set version = excluded.version
`;

export const deleteReturned = `
delete from facts.removed r
using batch b
where r.item_id = b.item_id
`;

export const deleteSeenMarks = `
delete from facts.dirty d
using seen_mark s
where d.mark = s.mark
`;

export const nextVersion = `
update facts.state
set version = version + 1
returning version::text
`;
