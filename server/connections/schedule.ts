import type { Pool } from 'pg';

/** Live tools are read this often unless a person says otherwise; files only when asked to. */
export const defaultEverySeconds = 900;

/** When the next sync by schedule begins; null: none does. A notice of the tool makes it due at once, a failure puts it off. */
export const nextSyncAt = `case
    when connection.state = 'paused' or (connection.due_at is null and connection.every_seconds is null) then null
    else greatest(
      least(
        connection.due_at,
        (select max(run.started_at) from ingest.sync_run run where run.connection_id = connection.id)
          + connection.every_seconds * interval '1 second',
        case
          when connection.every_seconds is not null
            and not exists (select from ingest.sync_run run where run.connection_id = connection.id)
          then connection.created_at
        end
      ),
      connection.retry_at
    )
  end`;

/** Connections whose time has come, the longest due first. */
export async function dueConnections(pool: Pool, now: Date, except: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select name
    from (select connection.name, ${nextSyncAt} as at from ingest.connection connection) planned
    where at <= $1
      and name <> all ($2::text[])
    order by at, name`,
    [now.toISOString(), except],
  );
  return rows.map((row) => row.name);
}

/** What the tool said is taken up by the sync that begins now; what it says from now on makes another one due. */
export async function takeUpNotice(pool: Pool, name: string, now: Date): Promise<void> {
  await pool.query('update ingest.connection set due_at = null where name = $1 and due_at <= $2', [name, now.toISOString()]);
}

export async function setSchedule(pool: Pool, name: string, everySeconds: number | null): Promise<void> {
  await pool.query('update ingest.connection set every_seconds = $2 where name = $1', [name, everySeconds]);
}

export async function setPaused(pool: Pool, name: string, isPaused: boolean): Promise<void> {
  await pool.query(
    `update ingest.connection
    set state = case when $2 then 'paused' when state = 'paused' then 'active' else state end, retry_at = case when $2 then retry_at end
    where name = $1`,
    [name, isPaused],
  );
}
