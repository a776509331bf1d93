import type { FactTable } from './fact-tables.js';

/** Which items are derived: the marks seen now, and every item of a connection whose settings or calendars changed. */

/** Marks set later stay for the next derivation, even for the same item. */
export const createSeenMarks = `
create temp table seen_mark on commit drop as
select mark, item_id
from facts.dirty
`;

export const createChosen = `
create temp table chosen on commit drop as
select distinct item_id
from seen_mark
`;

/** Every item of the changed connections is read, so this is done only where there are such. */
export const chooseChanged = `
insert into chosen (item_id)
select i.item_id
from core.item i
where i.connection_id in (select connection_id from changed_basis)
  and not exists (select from chosen c where c.item_id = i.item_id)
`;

/** Every item there is, and every item there are facts of. */
export const createChosenAll = `
create temp table chosen on commit drop as
select item_id from core.item
union
select item_id from facts.item
`;

/** $1 items per batch. */
export const createTaken = `
create temp table taken on commit drop as
select item_id, ((row_number() over (order by item_id) - 1) / $1::int)::int as batch
from chosen
`;

/** $1 number of the batch. */
export function deleteOldFacts(table: FactTable): string {
  return `
delete from facts.${table} f
using taken t
where t.batch = $1 and f.item_id = t.item_id
`;
}

const exists = `exists (
    select
    from core.item i
    join ingest.connection c on c.id = i.connection_id
    where i.item_id = t.item_id and i.deleted_at is null
  )`;

/** $1 number of the batch · $2 version. Before the facts of the batch are deleted. */
export const insertRemoved = `
insert into facts.removed (item_id, version)
select t.item_id, $2::bigint
from taken t
where t.batch = $1
  and exists (select from facts.item f where f.item_id = t.item_id)
  and not ${exists}
on conflict (item_id) do update set version = excluded.version
`;

/** $1 number of the batch. */
export const deleteReturned = `
delete from facts.removed r
using taken t
where t.batch = $1 and r.item_id = t.item_id and ${exists}
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

/** In the order of their ids; `first` is the least of the batch. */
export const selectBatches = `
select batch, min(item_id::text) as first, count(*)::int as items
from taken
group by batch
order by batch
`;

/** $1 number of items: whether it is most of all. */
export const isMostItems = `
select $1::int * 2 > count(*) as "isMost"
from core.item
`;
