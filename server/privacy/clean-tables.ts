import type { ClientBase } from 'pg';
import { cleanBytes, type Erasures } from '#etl/erasure/erasures.js';
import { withoutTexts } from '#etl/erasure/without-texts.js';
import type { Json } from '#etl/connector.js';
import { storableJson } from '#etl/load/storable.js';
import { uuidOf } from '#etl/model/ids.js';

export interface Cleaning {
  client: ClientBase;
  /** Counts only; nothing is changed. */
  isTrial: boolean;
  erasures: Erasures;
  /** Of the erased: who wrote the messages that are emptied. */
  ids: readonly string[];
  /** In lower case. Rows with none of them are not looked at. */
  tokens: readonly string[];
  /** How much was changed, or would be, by table; `messages`: those that were emptied. */
  counts: Map<string, number>;
}

/** Texts of messages by the record that told them. Taken before the messages are emptied. */
const writtenTexts = `
select e.record_id, array_agg(m.body) as bodies
from core.event e
join core.message m on m.item_id = e.item_id and m.event_id = e.event_id
where e.actor_id = any ($1::uuid[]) and m.body <> ''
group by e.record_id`;

/** Raw records in all their versions. Hashed as a sync will hash them, so that reading them again changes nothing. */
export async function cleanRaw(cleaning: Cleaning): Promise<void> {
  const { client, erasures, ids, tokens } = cleaning;
  const written = await client.query<{ record_id: string; bodies: string[] }>(writtenTexts, [ids]);
  const bodies = new Map(written.rows.map((row) => [row.record_id, row.bodies]));
  const { rows } = await client.query<{ record_id: string; version: number; external_id: string; op: string; payload: string }>(
    `select record_id, version, external_id, op, payload::text as payload
    from ingest.raw_record
    where record_id = any ($1::uuid[]) or ${mentions(`payload::text || ' ' || external_id`, 2)}`,
    [[...bodies.keys()], tokens],
  );
  for (const row of rows) {
    const payload = erasures.words.json(withoutTexts(JSON.parse(row.payload) as Json, bodies.get(row.record_id) ?? []));
    const text = storableJson(payload);
    const externalId = erasures.words.value(row.external_id);
    if (text === row.payload && externalId === row.external_id) continue;
    count(cleaning, 'ingest.raw_record');
    if (cleaning.isTrial) continue;
    await client.query(
      `update ingest.raw_record set payload = $3, external_id = $4, content_hash = $5 where record_id = $1 and version = $2`,
      [row.record_id, row.version, text, externalId, uuidOf(`${row.op} ${text}`)],
    );
  }
}

export async function cleanCore(cleaning: Cleaning): Promise<void> {
  const { client, ids, isTrial } = cleaning;
  const written = `from core.event e
    where e.item_id = m.item_id and e.event_id = m.event_id and e.actor_id = any ($1::uuid[]) and (m.body <> '' or m.attachments <> '{}')`;
  const emptied = isTrial
    ? await client.query(`select from core.message m where exists (select ${written})`, [ids])
    : await client.query(`update core.message m set body = '', attachments = '{}' ${written}`, [ids]);
  count(cleaning, 'messages', emptied.rowCount ?? 0);
  for (const [table, columns] of Object.entries({
    'core.message': ['body', 'attachments'],
    'core.item': ['title', 'url', 'attributes', 'external_id'],
    'core.team': ['name'],
  })) {
    for (const column of columns) await cleanColumn(cleaning, table, column);
  }
}

export async function cleanQuarantine(cleaning: Cleaning): Promise<void> {
  const { client, erasures, tokens, isTrial } = cleaning;
  const { rows } = await client.query<{ id: string; raw: Buffer }>(
    `select id, raw from ingest.quarantine where ${mentions(`convert_from(raw, 'LATIN1')`, 1)} or ${mentions(`encode(raw, 'escape')`, 1)}`,
    [tokens],
  );
  for (const { id, raw } of rows) {
    const cleaned = cleanBytes(erasures.words, raw);
    if (cleaned.equals(raw)) continue;
    count(cleaning, 'ingest.quarantine');
    if (!isTrial) await client.query('update ingest.quarantine set raw = $2 where id = $1', [id, cleaned]);
  }
  for (const column of ['external_id', 'position', 'reason']) await cleanColumn(cleaning, 'ingest.quarantine', column);
  await cleanColumn(cleaning, 'ingest.sync_run', 'error');
  await cleanColumn(cleaning, 'ingest.connection', 'last_error');
}

const summaryTexts = `document::text || ' ' || text || ' ' || subject || ' ' || file_name`;

/** What people made: all texts of the schema `app`. The log of who did what, and accounts, are about those who use the program. */
const leftAlone = ['audit', 'account', 'setting'];

export async function cleanApp(cleaning: Cleaning): Promise<void> {
  const { client, tokens, isTrial } = cleaning;
  const removed = await client.query(`${isTrial ? 'select' : 'delete'} from app.report where ${mentions(summaryTexts, 1)}`, [tokens]);
  count(cleaning, 'app.report', removed.rowCount ?? 0);
  const { rows } = await client.query<{ table: string; column: string }>(
    `select format('%I.%I', table_schema, table_name) as table, quote_ident(column_name) as column
    from information_schema.columns
    join information_schema.tables using (table_schema, table_name)
    where table_schema = 'app' and table_type = 'BASE TABLE' and is_generated = 'NEVER' and not table_name = any ($1)
      and (data_type in ('text', 'json', 'jsonb') or (data_type = 'ARRAY' and udt_name = '_text'))
    order by 1, 2`,
    [leftAlone],
  );
  for (const { table, column } of rows) await cleanColumn(cleaning, table, column);
}

/** Rows that are not emptied or removed as a whole; in a trial they are there still. */
const stays: Readonly<Record<string, string>> = {
  'core.message': `not exists (
    select from core.event e
    where e.item_id = core.message.item_id and e.event_id = core.message.event_id and e.actor_id = any ($2::uuid[]))`,
  'app.report': `not ${mentions(summaryTexts, 1)} and cardinality($2::uuid[]) > 0`,
};

/** Tables and columns are names of the catalog or written in code. */
async function cleanColumn(cleaning: Cleaning, table: string, column: string): Promise<void> {
  const { client, erasures, tokens, isTrial, ids } = cleaning;
  const { rows } = await client.query<{ place: string; value: Json }>(
    `select ctid::text as place, to_json(${column}) as value
    from ${table}
    where ${mentions(`${column}::text`, 1)} and ${stays[table] ?? 'cardinality($2::uuid[]) > 0'}`,
    [tokens, ids],
  );
  for (const { place, value } of rows) {
    const cleaned = typeof value === 'string' ? erasures.words.value(value) : erasures.words.json(value);
    if (JSON.stringify(cleaned) === JSON.stringify(value)) continue;
    count(cleaning, table);
    if (isTrial) continue;
    const isStructure = typeof cleaned === 'object' && cleaned !== null && !Array.isArray(cleaned);
    await client.query(`update ${table} set ${column} = $2 where ctid = $1::tid`, [place, isStructure ? JSON.stringify(cleaned) : cleaned]);
  }
}

function count({ counts }: Cleaning, table: string, n = 1): void {
  counts.set(table, (counts.get(table) ?? 0) + n);
}

function mentions(text: string, parameter: number): string {
  return `exists (select from unnest($${parameter}::text[]) as token where position(token in lower(${text})) > 0)`;
}
