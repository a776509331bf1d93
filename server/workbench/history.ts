import type pg from 'pg';
import type { Principal } from '../access/principal.js';
import type { PastRun } from '../api.js';
import { iso } from '../database/iso.js';
import type { QueryRequest } from './child-job.js';

/** Kept of each person. */
const most = 200;

export interface RunOutcome {
  outcome: Exclude<PastRun['outcome'], 'running'>;
  rows: number | null;
  bytes: number | null;
  milliseconds: number;
  sqlState: string | null;
}

/** Notes a run that begins, and forgets the oldest of the person. Gives its number. */
export async function noteRun(pool: pg.Pool, { id }: Principal, { text, parameters }: QueryRequest): Promise<string> {
  const { rows } = await pool.query<{ run: string }>(
    'insert into app.query_run (account, text, parameters) values ($1, $2, $3) returning id::text as run',
    [id, text, JSON.stringify(parameters)],
  );
  await pool.query(
    `delete from app.query_run
    where account is not distinct from $1
      and id <= (select id from app.query_run where account is not distinct from $1 order by id desc offset $2 limit 1)`,
    [id, most],
  );
  return rows[0]?.run ?? '';
}

export async function noteEnd(pool: pg.Pool, run: string, end: RunOutcome): Promise<void> {
  await pool.query('update app.query_run set outcome = $2, rows = $3, bytes = $4, milliseconds = $5, sql_state = $6 where id = $1', [
    run,
    end.outcome,
    end.rows,
    end.bytes,
    end.milliseconds,
    end.sqlState,
  ]);
}

/** One's own, the latest first. */
export async function readHistory(pool: pg.Pool, { id }: Principal): Promise<PastRun[]> {
  const { rows } = await pool.query<PastRun>(
    `select id::text as run, ${iso('at')} as at, text, parameters, outcome, rows::float8 as rows, bytes::float8 as bytes,
      milliseconds, sql_state as "sqlState"
    from app.query_run
    where account is not distinct from $1
    order by id desc
    limit $2`,
    [id, most],
  );
  return rows;
}
