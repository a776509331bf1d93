/** Parts of statements that find what is older than $2 days of the connection named $1. */

export const oldMessages = `
from core.message m
join core.event e on e.item_id = m.item_id and e.event_id = m.event_id
join core.item i on i.item_id = m.item_id
join ingest.connection c on c.id = i.connection_id
where c.name = $1 and e.at < now() - make_interval(days => $2) and (m.body <> '' or m.attachments <> '{}')`;

export const oldVersions = `
ingest.connection c
where c.name = $1 and old.connection_id = c.id and old.seen_at < now() - make_interval(days => $2)
  and exists (select from ingest.raw_record later where later.record_id = old.record_id and later.version > old.version)`;

export const settledQuarantine = `
ingest.connection c
where c.name = $1 and settled.connection_id = c.id
  and coalesce(settled.resolved_at, settled.dismissed_at) < now() - make_interval(days => $2)`;
