import type pg from 'pg';
import type { Retention, RetentionDue } from '../api.js';
import { iso } from '../database/iso.js';
import { Missing } from '../refusal.js';
import { oldMessages, oldVersions, settledQuarantine } from './too-old.js';

/** A hundred years: what is kept longer is kept always. */
export const mostDays = 36_500;

/** What is left out stays as it is. */
export interface RetentionChange {
  /** Null: always. */
  keepTextsDays?: number | null | undefined;
  isPaused?: boolean | undefined;
}

/** By name of the connection. */
export async function readRetention(pool: pg.Pool, connection: string | null = null): Promise<Retention[]> {
  const { rows } = await pool.query<Retention>(
    `select c.name as connection, c.keep_texts_days as "keepTextsDays", c.keep_texts_paused as "isPaused",
      ${iso('c.keep_texts_set_at')} as "setAt",
      case when r.connection_id is not null then json_build_object(
        'at', ${iso('r.ran_at')}, 'messages', r.messages, 'rawVersions', r.raw_versions, 'quarantined', r.quarantined) end as "lastRun"
    from ingest.connection c
    left join app.retention_run r on r.connection_id = c.id
    where $1::text is null or c.name = $1
    order by c.name`,
    [connection],
  );
  return rows;
}

/** Throws `Missing` for a connection there is not. */
export async function setRetention(pool: pg.Pool, connection: string, change: RetentionChange): Promise<Retention> {
  const { keepTextsDays, isPaused } = change;
  await pool.query(
    `update ingest.connection
    set keep_texts_days = case when $2 then $3::int else keep_texts_days end,
      keep_texts_set_at = case when $2 and keep_texts_days is distinct from $3::int then now() else keep_texts_set_at end,
      keep_texts_paused = coalesce($4, keep_texts_paused)
    where name = $1`,
    [connection, keepTextsDays !== undefined, keepTextsDays ?? null, isPaused ?? null],
  );
  const [set] = await readRetention(pool, connection);
  if (!set) throw missing(connection);
  return set;
}

/** What would be taken away now with this limit. Throws `Missing` for a connection there is not. */
export async function readDue(pool: pg.Pool, connection: string, days: number): Promise<RetentionDue> {
  if ((await readRetention(pool, connection)).length === 0) throw missing(connection);
  const { rows } = await pool.query<RetentionDue>(
    `select old.n as messages, old."oldestAt",
      (select count(*)::int from ingest.raw_record old, ${oldVersions}) as "rawVersions",
      (select count(*)::int from ingest.quarantine settled, ${settledQuarantine}) as quarantined
    from (select count(*)::int as n, ${iso('min(e.at)')} as "oldestAt" ${oldMessages}) old`,
    [connection, days],
  );
  return rows[0] ?? { messages: 0, rawVersions: 0, quarantined: 0, oldestAt: null };
}

function missing(connection: string): Missing {
  return new Missing(`There is no connection "${connection}"; throughline connections names them.`);
}
