import { aliasColumns, eventColumns, itemColumns, linkColumns, messageColumns } from './story-rows.js';

export const stagingTables = `
create temp table if not exists stage_item (like core.item) on commit delete rows;
create temp table if not exists stage_event (like core.event) on commit delete rows;
create temp table if not exists stage_message (like core.message) on commit delete rows;
create temp table if not exists stage_link (like core.link) on commit delete rows;
create temp table if not exists stage_alias (like core.alias) on commit delete rows;`;

/** $1 record ids. The version of each that is stored now. */
export const storedVersions = `
select distinct on (record_id) record_id, version, content_hash, run_id
from ingest.raw_record
where record_id = any ($1::uuid[])
order by record_id, version desc`;

/** $1 record ids, $2 their versions. */
export const storedPayloads = `
select record_id, external_id, op, payload::text as payload
from ingest.raw_record
join unnest($1::uuid[], $2::int[]) as wanted (record_id, version) using (record_id, version)`;

/** $1 item ids, $2 record ids, pairwise: takes back what a record said earlier. */
export const forgetStory = `
with said as (
  select item_id, record_id
  from unnest($1::uuid[], $2::uuid[]) as said (item_id, record_id)
),
forgotten_events as (
  delete from core.event event
  using said
  where event.item_id = said.item_id
    and event.record_id = said.record_id
  returning event.item_id, event.event_id
),
forgotten_messages as (
  delete from core.message message
  using forgotten_events
  where message.item_id = forgotten_events.item_id
    and message.event_id = forgotten_events.event_id
),
forgotten_aliases as (
  delete from core.alias alias
  using said
  where alias.item_id = said.item_id
    and alias.record_id = said.record_id
)
delete from core.link link
using said
where link.item_id = said.item_id
  and link.record_id = said.record_id`;

const set = (columns: string, keys: string[]) =>
  columns
    .split(', ')
    .filter((column) => !keys.includes(column))
    .map((column) => `${column} = excluded.${column}`)
    .join(', ');

export const mergeEvents = `
insert into core.event as event (${eventColumns})
select ${eventColumns} from stage_event
on conflict (item_id, event_id) do update
set ${set(eventColumns, ['item_id', 'event_id'])}
where event.record_id <= excluded.record_id`;

export const mergeMessages = `
insert into core.message (${messageColumns})
select ${messageColumns} from stage_message
on conflict (item_id, event_id) do update
set ${set(messageColumns, ['item_id', 'event_id'])}`;

export const mergeLinks = `
insert into core.link as link (${linkColumns})
select ${linkColumns} from stage_link
on conflict (item_id, other_item_id, kind) do update
set at = excluded.at, record_id = excluded.record_id
where link.record_id <= excluded.record_id`;

export const mergeAliases = `
insert into core.alias as alias (${aliasColumns})
select ${aliasColumns} from stage_alias
on conflict (item_id, alias_id) do update
set record_id = excluded.record_id
where alias.record_id <= excluded.record_id`;

const upsertItems = `
insert into core.item as item (${itemColumns})
select ${itemColumns} from stage_item
on conflict (item_id) do update
set ${set(itemColumns, ['item_id'])}`;

/** Of two descriptions of an item the later holds; a record may always correct its own. */
export const mergeItems = `${upsertItems}
where item.record_id = excluded.record_id
  or (excluded.as_of_at, excluded.as_of_seq, excluded.record_id) > (item.as_of_at, item.as_of_seq, item.record_id)`;

export const replaceItems = upsertItems;

export const clearStaging = 'truncate stage_item, stage_event, stage_message, stage_link, stage_alias';

/** $1 item ids. Every record that tells of them, in its present version. */
export const recordsOfItems = `
with records as (
  select item_id, record_id from core.event where item_id = any ($1::uuid[])
  union
  select item_id, record_id from core.item where item_id = any ($1::uuid[])
)
select distinct on (raw.record_id) raw.record_id, raw.stream, raw.external_id, raw.op, raw.payload::text as payload
from records
join ingest.raw_record raw using (record_id)
order by raw.record_id, raw.version desc`;

export const markDirty = `
insert into facts.dirty (item_id)
select item_id from unnest($1::uuid[]) as touched (item_id)
order by item_id`;

/** $1 connection, $2 run, $3 stream, $4 rows as JSON (raw in hex). */
export const quarantineRows = `
insert into ingest.quarantine as quarantine (id, connection_id, run_id, stream, external_id, position, code, reason, raw)
select id, $1, $2, $3, external_id, position, code, reason, decode(raw, 'hex')
from jsonb_to_recordset($4::jsonb) as refused (id uuid, external_id text, position text, code text, reason text, raw text)
on conflict (id) do update
set run_id = excluded.run_id, position = excluded.position, code = excluded.code, reason = excluded.reason, resolved_at = null`;

/**
 * $1 connection, $2 stream, $3 external ids that were read after all, $4 where they stood, $5 when. What had no id is known by its place.
 */
export const resolveQuarantine = `
update ingest.quarantine
set resolved_at = $5
where connection_id = $1
  and stream = $2
  and (external_id = any ($3::text[]) or (external_id is null and position = any ($4::text[])))
  and resolved_at is null`;

/** $1 ids of rows, $2 when. */
export const resolveRows = `
update ingest.quarantine
set resolved_at = $2
where id = any ($1::uuid[])
  and resolved_at is null`;

/** $1 connection, $2 stream, $3 ids of rows and $4 external ids, pairwise, $5 when. An older form of a record that still cannot be read. */
export const resolveEarlier = `
update ingest.quarantine quarantine
set resolved_at = $5
from unnest($3::uuid[], $4::text[]) as latest (id, external_id)
where quarantine.connection_id = $1
  and quarantine.stream = $2
  and quarantine.external_id = latest.external_id
  and quarantine.id <> all ($3::uuid[])
  and quarantine.resolved_at is null`;

/** $1 connection, $2 stream, $3 cursor, $4 expected seq, $5 latest moment, $6 source clock. No row: another worker moved it. */
export const placeCheckpoint = `
insert into ingest.checkpoint as checkpoint (connection_id, stream, cursor, seq, latest_at, source_now)
select $1, $2, $3::jsonb, 1, $5::timestamptz, $6::timestamptz
where $4::bigint = 0
on conflict (connection_id, stream) do nothing
returning seq`;

export const moveCheckpoint = `
update ingest.checkpoint
set cursor = $3::jsonb,
  seq = seq + 1,
  latest_at = greatest(latest_at, $5::timestamptz),
  source_now = coalesce($6::timestamptz, source_now),
  updated_at = now()
where connection_id = $1
  and stream = $2
  and seq = $4::bigint
returning seq`;

export const addToLedger = `
update ingest.sync_run
set fetched = fetched + $2,
  inserted = inserted + $3,
  updated = updated + $4,
  unchanged = unchanged + $5,
  duplicate = duplicate + $6,
  quarantined = quarantined + $7,
  warnings = (
    select coalesce(jsonb_object_agg(code, n), '{}')
    from (
      select code, sum(n)::int as n
      from (
        select key as code, value::int as n from jsonb_each_text(warnings)
        union all
        select key, value::int from jsonb_each_text($8::jsonb)
      ) counted
      group by code
    ) summed
  )
where id = $1`;
