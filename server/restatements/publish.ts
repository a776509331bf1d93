import type pg from 'pg';
import { withTransaction } from '#etl/transaction.js';
import type { Restatement } from '../api.js';
import { latest } from '../dashboards/boards.js';
import { iso } from '../database/iso.js';
import type { MetricEngine } from '../metrics/engine.js';
import { headlineWeeks, type AsOf, type WeekValue } from './headline-weeks.js';

interface PublishedValue extends WeekValue {
  asOf: AsOf;
}

interface Change {
  before: PublishedValue;
  /** Absent where the week has no value any more. */
  after: WeekValue | undefined;
}

const lockKey = 7_231_080;

/** Sums of floating numbers differ by their order; a value is the same up to this. */
const rounding = 1e-9;

/**
 * Says what the complete weeks are now, and records each that was said differently before. Whoever runs it, the server or a command,
 * one does at a time. Returns the number of restatements.
 */
export async function publishWeeks(pool: pg.Pool, engine: MetricEngine, now: Date): Promise<number> {
  return withTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [lockKey]);
    const { rows: said } = await client.query<PublishedValue>(
      `select metric, to_char(week, 'YYYY-MM-DD') as week, value, n, as_of as "asOf" from app.published_value`,
    );
    const { asOf, values } = await headlineWeeks(pool, engine);
    const current = new Map(values.map((value) => [keyOf(value), value]));
    const changes = said.map((before): Change => ({ before, after: current.get(keyOf(before)) })).filter(isChanged);
    const causes = await causesOf(pool, engine, changes);
    await insertRestatements(
      client,
      changes.map((change, index) => ({ ...change, cause: causes[index] ?? 'history' })),
      { asOf, now },
    );
    await client.query('delete from app.published_value');
    await client.query(
      `insert into app.published_value (metric, week, value, n, as_of)
        select metric, week, value, n, $2 from jsonb_to_recordset($1) as v (metric text, week date, value double precision, n integer)`,
      [JSON.stringify(values), JSON.stringify(asOf)],
    );
    return changes.length;
  });
}

function keyOf({ metric, week }: WeekValue): string {
  return `${metric} ${week}`;
}

function isChanged({ before, after }: Change): boolean {
  return after === undefined || !isSame(before, after);
}

function isSame(before: WeekValue, after: WeekValue): boolean {
  if (before.n !== after.n) return false;
  if (before.value === null || after.value === null) return before.value === after.value;
  return Math.abs(before.value - after.value) <= rounding * Math.max(1, Math.abs(before.value));
}

/** What was said holds still as of then: the change is what happened since. Otherwise the time before is told differently now. */
async function causesOf(pool: pg.Pool, engine: MetricEngine, changes: readonly Change[]): Promise<Restatement['cause'][]> {
  const asKnownThen = new Map<string, Map<string, WeekValue>>();
  const times = new Map(changes.map(({ before }) => [JSON.stringify(before.asOf), before.asOf]));
  for (const [key, asOf] of times) {
    const { values } = await headlineWeeks(pool, engine, asOf);
    asKnownThen.set(key, new Map(values.map((value) => [keyOf(value), value])));
  }
  return changes.map(({ before }) => {
    const then = asKnownThen.get(JSON.stringify(before.asOf))?.get(keyOf(before));
    return then !== undefined && isSame(before, then) ? 'later-events' : 'history';
  });
}

async function insertRestatements(
  client: pg.PoolClient,
  changes: readonly (Change & { cause: Restatement['cause'] })[],
  { asOf, now }: { asOf: AsOf; now: Date },
): Promise<void> {
  const rows = changes.map(({ before, after, cause }) => ({
    metric: before.metric,
    week: before.week,
    old_value: before.value,
    old_n: before.n,
    old_as_of_at: latest(Object.values(before.asOf)),
    new_value: after?.value ?? null,
    new_n: after?.n ?? 0,
    cause,
  }));
  await client.query(
    `insert into app.restatement (restated_at, metric, week, old_value, old_n, old_as_of_at, new_value, new_n, new_as_of_at, cause)
    select $2, metric, week, old_value, old_n, old_as_of_at, new_value, new_n, $3, cause
    from jsonb_to_recordset($1) as r (metric text, week date, old_value double precision, old_n integer, old_as_of_at timestamptz,
      new_value double precision, new_n integer, cause text)
    order by metric, week`,
    [JSON.stringify(rows), now, latest(Object.values(asOf))],
  );
}

/** The latest first. */
export async function readRestatements(pool: pg.Pool, limit: number): Promise<Restatement[]> {
  const { rows } = await pool.query<Restatement>(
    `select ${iso('restated_at')} as "restatedAt", metric, to_char(week, 'YYYY-MM-DD') as week,
      json_build_object('value', old_value, 'n', old_n, 'asOf', ${iso('old_as_of_at')}) as before,
      json_build_object('value', new_value, 'n', new_n, 'asOf', ${iso('new_as_of_at')}) as after,
      cause
    from app.restatement
    order by id desc
    limit $1`,
    [limit],
  );
  return rows;
}
