import type pg from 'pg';

interface InState {
  state: string;
  count: number;
}

/** What waits and what failed, as the database has it. */
export interface Backlog {
  runs: InState[];
  sources: { connection: string; seconds: number }[];
  mail: InState[];
  outbox: InState[];
  quarantined: number;
  overdue: number;
}

/** One statement: it is asked every few seconds. */
export async function readBacklog(pool: pg.Pool): Promise<Backlog> {
  const { rows } = await pool.query<Backlog>(`
    with runs as (
      select state, count(*)::int as count from ingest.sync_run where started_at > now() - interval '1 day' group by state
    ), sources as (
      select name as connection, extract(epoch from now() - last_complete_at)::float8 as seconds
      from ingest.connection
      where last_complete_at is not null and every_seconds is not null
    ), mail as (
      select state, count(*)::int as count from app.mail where queued_at > now() - interval '30 days' group by state
    ), outbox as (
      select state, count(*)::int as count from app.channel_dispatch where created_at > now() - interval '30 days' group by state
    )
    select
      (select coalesce(json_agg(r), '[]') from runs r) as runs,
      (select coalesce(json_agg(s), '[]') from sources s) as sources,
      (select coalesce(json_agg(m), '[]') from mail m) as mail,
      (select coalesce(json_agg(o), '[]') from outbox o) as outbox,
      (select count(*)::int from ingest.quarantine where resolved_at is null and dismissed_at is null) as quarantined,
      (select count(*)::int from app.report_due where status = 'planned' and next_at < now() - interval '1 minute') as overdue`);
  const [backlog] = rows;
  if (!backlog) throw new Error('The database did not tell what waits.');
  return backlog;
}
