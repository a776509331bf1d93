import type pg from 'pg';

/** A year and the weeks until somebody asks about it. */
const usualDays = 400;
/** What happened must be told long enough to be looked into; `app.audit` holds to it too. */
export const fewestDays = 30;
export const mostDays = 3_660;

/** Days a line of the audit log is kept. */
export async function auditKeepDays(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ days: number | null }>(
    `select (value ->> 'keepDays')::int as days from app.setting where name = 'audit'`,
  );
  return rows[0]?.days ?? usualDays;
}

export async function keepAudit(pool: pg.Pool, days: number): Promise<void> {
  await pool.query(
    `insert into app.setting (name, value) values ('audit', jsonb_build_object('keepDays', $1::int))
    on conflict (name) do update set value = excluded.value`,
    [days],
  );
}

/** Takes away lines older than they are to be kept. Returns how many. */
export async function dropOldAudit(pool: pg.Pool): Promise<number> {
  const days = await auditKeepDays(pool);
  const { rowCount } = await pool.query('delete from app.audit where at < now() - make_interval(days => $1)', [days]);
  return rowCount ?? 0;
}
