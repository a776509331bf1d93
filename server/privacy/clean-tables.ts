import type { PoolClient } from 'pg';
import { cleanBytes, type Erasures } from '#etl/erasure/erasures.js';
import { withoutTexts } from '#etl/erasure/without-texts.js';
import type { Json } from '#etl/connector.js';
import { storableJson } from '#etl/load/storable.js';
import { uuidOf } from '#etl/model/ids.js';

export interface Cleaning {
  client: PoolClient;
  erasures: Erasures;
  /** Of the erased: who wrote the messages that are emptied. */
  ids: readonly string[];
  /** In lower case. Rows with none of them are not looked at. */
  tokens: readonly string[];
}

/** Texts of messages by the record that told them. Taken before the messages are emptied. */
const writtenTexts = `
select e.record_id, array_agg(m.body) as bodies
from core.event e
join core.message m on m.item_id = e.item_id and m.event_id = e.event_id
where e.actor_id = any ($1::uuid[]) and m.body <> ''
group by e.record_id`;

/** Raw records in all their versions. Hashed as a sync will hash them, so that reading them again changes nothing. */
export async function cleanRaw({ client, erasures, ids, tokens }: Cleaning): Promise<number> {
  const written = await client.query<{ record_id: string; bodies: string[] }>(writtenTexts, [ids]);
  const bodies = new Map(written.rows.map((row) => [row.record_id, row.bodies]));
  const { rows } = await client.query<{ record_id: string; version: number; external_id: string; op: string; payload: string }>(
    `select record_id, version, external_id, op, payload::text as payload
    from ingest.raw_record
    where record_id = any ($1::uuid[]) or ${mentions(`payload::text || ' ' || external_id`, 2)}`,
    [[...bodies.keys()], tokens],
  );
  let changed = 0;
  for (const row of rows) {
    const payload = erasures.words.json(withoutTexts(JSON.parse(row.payload) as Json, bodies.get(row.record_id) ?? []));
    const text = storableJson(payload);
    const externalId = erasures.words.value(row.external_id);
    if (text === row.payload && externalId === row.external_id) continue;
    changed += 1;
    await client.query(
      `update ingest.raw_record set payload = $3, external_id = $4, content_hash = $5 where record_id = $1 and version = $2`,
      [row.record_id, row.version, text, externalId, uuidOf(`${row.op} ${text}`)],
    );
  }
  return changed;
}

export async function cleanCore(cleaning: Cleaning): Promise<{ messages: number; changed: number }> {
  const { client, ids } = cleaning;
  const emptied = await client.query(
    `update core.message m set body = '', attachments = '{}'
    from core.event e
    where e.item_id = m.item_id and e.event_id = m.event_id and e.actor_id = any ($1::uuid[]) and (m.body <> '' or m.attachments <> '{}')`,
    [ids],
  );
  let changed = 0;
  for (const [table, columns] of Object.entries({
    'core.message': ['body', 'attachments'],
    'core.item': ['title', 'url', 'attributes', 'external_id'],
    'core.team': ['name'],
  })) {
    for (const column of columns) changed += await cleanColumn(cleaning, table, column);
  }
  return { messages: emptied.rowCount ?? 0, changed };
}

export async function cleanQuarantine(cleaning: Cleaning): Promise<number> {
  const { client, erasures, tokens } = cleaning;
  const { rows } = await client.query<{ id: string; raw: Buffer }>(
    `select id, raw from ingest.quarantine where ${mentions(`convert_from(raw, 'LATIN1')`, 1)} or ${mentions(`encode(raw, 'escape')`, 1)}`,
    [tokens],
  );
  let changed = 0;
  for (const { id, raw } of rows) {
    const cleaned = cleanBytes(erasures.words, raw);
    if (cleaned.equals(raw)) continue;
    changed += 1;
    await client.query('update ingest.quarantine set raw = $2 where id = $1', [id, cleaned]);
  }
  for (const column of ['external_id', 'position', 'reason']) changed += await cleanColumn(cleaning, 'ingest.quarantine', column);
  changed += await cleanColumn(cleaning, 'ingest.sync_run', 'error');
  return changed + (await cleanColumn(cleaning, 'ingest.connection', 'last_error'));
}

/** What people made: all texts of the schema `app`. The log of who did what, and accounts, are about those who use the program. */
const leftAlone = ['audit', 'account', 'setting'];

export async function cleanApp(cleaning: Cleaning): Promise<{ changed: number; reportsRemoved: number }> {
  const { client, tokens } = cleaning;
  const removed = await client.query(
    `delete from app.report where ${mentions(`document::text || ' ' || text || ' ' || subject || ' ' || file_name`, 1)}`,
    [tokens],
  );
  const { rows } = await client.query<{ table: string; column: string }>(
    `select format('%I.%I', table_schema, table_name) as table, quote_ident(column_name) as column
    from information_schema.columns
    join information_schema.tables using (table_schema, table_name)
    where table_schema = 'app' and table_type = 'BASE TABLE' and is_generated = 'NEVER' and not table_name = any ($1)
      and (data_type in ('text', 'json', 'jsonb') or (data_type = 'ARRAY' and udt_name = '_text'))
    order by 1, 2`,
    [leftAlone],
  );
  let changed = 0;
  for (const { table, column } of rows) changed += await cleanColumn(cleaning, table, column);
  return { changed, reportsRemoved: removed.rowCount ?? 0 };
}

/** Tables and columns are names of the catalog or written in code. */
async function cleanColumn({ client, erasures, tokens }: Cleaning, table: string, column: string): Promise<number> {
  const { rows } = await client.query<{ place: string; value: Json }>(
    `select ctid::text as place, to_json(${column}) as value from ${table} where ${mentions(`${column}::text`, 1)}`,
    [tokens],
  );
  let changed = 0;
  for (const { place, value } of rows) {
    const cleaned = typeof value === 'string' ? erasures.words.value(value) : erasures.words.json(value);
    if (JSON.stringify(cleaned) === JSON.stringify(value)) continue;
    changed += 1;
    const isStructure = typeof cleaned === 'object' && cleaned !== null && !Array.isArray(cleaned);
    await client.query(`update ${table} set ${column} = $2 where ctid = $1::tid`, [place, isStructure ? JSON.stringify(cleaned) : cleaned]);
  }
  return changed;
}

function mentions(text: string, parameter: number): string {
  return `exists (select from unnest($${parameter}::text[]) as token where position(token in lower(${text})) > 0)`;
}
