import { hash } from 'node:crypto';
import type { Pool } from 'pg';

const tables: Record<string, string> = {
  'core.item':
    'item_id, connection_id, external_id, as_of_at, as_of_seq, title, url, type, service, channel, priority, language, customer_id, created_at, started_at, finished_at, finish_is_explicit, excluded, attributes, record_id, deleted_at',
  'core.event':
    'item_id, event_id, at, seq, kind, actor_id, actor_role, status_id, team_id, person_id, due_at, asked_by_customer, side, is_public, is_bot, rating, record_id',
  'core.message': 'item_id, event_id, body, language, attachments',
  'core.link': 'item_id, other_item_id, kind, at, record_id',
  'core.alias': 'item_id, alias_id, record_id',
  'core.person': 'id, external_id, name, is_bot',
  'core.team': 'id, external_id, name, calendar_id',
  'core.customer': 'id, external_id, name, group_name, language, time_zone, calendar_id, since_at',
  'core.status': 'id, name, meaning',
};

/** One hash over everything the model holds, without run ids and times of loading. */
export async function coreHash(pool: Pool): Promise<string> {
  const parts: string[] = [];
  for (const [table, columns] of Object.entries(tables)) {
    const rows = await pool.query<{ line: string }>(`select row(${columns})::text collate "C" as line from ${table} order by 1`);
    parts.push(table, ...rows.rows.map((row) => row.line));
  }
  return hash('sha256', parts.join('\n'));
}

/** Empties every table that loading writes to. */
export async function emptyModel(pool: Pool): Promise<void> {
  await pool.query(
    'truncate ingest.connection, ingest.raw_record, core.item, core.event, core.message, core.link, core.alias, facts.dirty cascade',
  );
}
