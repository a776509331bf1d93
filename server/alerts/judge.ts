import type pg from 'pg';
import { reasonOf } from '#etl/error-code.js';
import { withTransaction } from '#etl/transaction.js';
import type { AlertReading } from '../api.js';
import { MetricError } from '../metrics/request.js';
import { Refusal } from '../refusal.js';
import { findAlert, type AlertRow } from './alerts.js';
import { readCauses, itemCauses } from './causes.js';
import { lookAtItems, lookAtSources } from './looks.js';
import { atRest, isFiring, step, type Standing } from './machine.js';
import { isPeriodRule, readPeriods } from './period-readings.js';
import { tellEpisodes, tellMore } from './tell.js';
import type { AlertContext } from './alert-context.js';

/** Latest periods that are judged anew with each version of the facts: what is told differently of them counts. Earlier ones stand. */
export const judgedPeriods = 12;
const lookEveryMs = 60_000;
/** Some six hours of looks at which something was different. */
const keptLooks = 400;

/**
 * Judges the alerts whose time has come: those of periods with each version of the facts, the others once a minute. Any number of
 * servers may do this at once; the row of an alert lets one at it, and what it decides and what is to be told are one transaction.
 */
export async function judgeDue(context: AlertContext, clock: () => Date): Promise<number> {
  const version = await context.engine.version();
  const { rows } = await context.pool.query<{ id: string }>(dueAlerts, [version, clock().toISOString()]);
  let judged = 0;
  const failures: Error[] = [];
  for (const { id } of rows) {
    try {
      if (await judgeAlert(context, id, version, clock())) judged += 1;
    } catch (error) {
      failures.push(new Error(`alert ${id}: ${reasonOf(error)}`, { cause: error }));
    }
  }
  // One that cannot be judged must not take the others with it.
  if (failures[0]) throw failures[0];
  return judged;
}

/** Tells what was not told when it happened: a mute has ended, or a channel was chosen since. */
export async function tellDue(context: AlertContext, clock: () => Date): Promise<void> {
  const { rows } = await context.pool.query<{ id: string }>(
    `select distinct episode.alert_id as id
    from app.alert_episode episode
    join app.alert_channel told on told.alert_id = episode.alert_id
    where (episode.told_at is null and episode.recovered_at is null)
      or (episode.told_at is not null and episode.recovered_at is not null and episode.recovery_told_at is null)`,
  );
  for (const { id } of rows) {
    await withTransaction(context.pool, async (client) => {
      const locked = await client.query('select from app.alert where id = $1 for update skip locked', [id]);
      const now = clock();
      if (locked.rowCount) await tellEpisodes(context, client, await findAlert(client, id, now), now);
    });
  }
}

/** $1: version of the facts, $2: now. */
const dueAlerts = `
select id
from app.alert
where case when look_at is null then coalesce(judged_version, -1) < $1 else look_at <= $2 end`;

/** False where another server has it, or has judged it already. */
async function judgeAlert(context: AlertContext, id: string, version: number, now: Date): Promise<boolean> {
  return withTransaction(context.pool, async (client) => {
    const due = await client.query(`${dueAlerts} and id = $3 for update skip locked`, [version, now.toISOString(), id]);
    if (due.rowCount === 0) return false;
    const alert = await findAlert(client, id, now);
    try {
      await judge(context, client, alert, version, now);
    } catch (error) {
      if (!(error instanceof MetricError || error instanceof Refusal)) throw error;
      await client.query('update app.alert set error = $2, judged_version = $3, look_at = null where id = $1', [
        id,
        error.message,
        version,
      ]);
    }
    return true;
  });
}

interface Judged {
  reading: AlertReading;
  standing: Standing;
}

async function judge(context: AlertContext, client: pg.PoolClient, alert: AlertRow, version: number, now: Date): Promise<void> {
  const { rule } = alert;
  const items = rule.kind === 'items' ? await lookAtItems(context.watch, rule, now) : null;
  const judged = isPeriodRule(rule)
    ? await judgePeriods(client, alert, await readPeriods(context.pool, context.engine, rule, judgedPeriods), now)
    : await judgeLook(client, alert, items?.reading ?? (rule.kind === 'stale' ? await lookAtSources(client, rule, now) : null), now);
  const last = judged.at(-1) ?? null;
  const standing = last?.standing ?? { phase: alert.phase, streak: alert.streak };
  const causing = judged.findLast(({ reading }) => reading.verdict === 'breach')?.reading ?? last?.reading ?? null;
  await client.query(
    `update app.alert
    set phase = $2, streak = $3, untold = $4, reading = $5, judged_version = $6, look_at = $7, error = null,
      since_at = case when phase = $2 then since_at else $8 end
    where id = $1`,
    [
      alert.id,
      standing.phase,
      standing.streak,
      last?.reading.untold ?? null,
      last ? JSON.stringify(last.reading) : null,
      version,
      isPeriodRule(rule) ? null : new Date(now.getTime() + lookEveryMs).toISOString(),
      now.toISOString(),
    ],
  );
  const open = await openEpisode(client, alert.id);
  if (isFiring(standing.phase) && open === null && causing) {
    const causes = items ? itemCauses(items.items, alert.delivery) : await readCauses(context, alert, causing);
    await client.query('insert into app.alert_episode (alert_id, fired_at, fired, known_items) values ($1, $2, $3, $4)', [
      alert.id,
      now.toISOString(),
      JSON.stringify({ ...causing, causes }),
      items?.items.map((item) => item.id) ?? [],
    ]);
  } else if (!isFiring(standing.phase) && open !== null && last) {
    await client.query('update app.alert_episode set recovered_at = $2, recovered = $3 where id = $1', [
      open.id,
      now.toISOString(),
      JSON.stringify(last.reading),
    ]);
  } else if (open !== null && items && items.reading.verdict === 'breach') {
    await tellMore(context, client, alert, { ...open, reading: items.reading, items: items.items }, now);
  }
  await tellEpisodes(context, client, alert, now);
}

async function openEpisode(client: pg.PoolClient, alert: string): Promise<{ id: string; known: string[]; isTold: boolean } | null> {
  const { rows } = await client.query<{ id: string; known: string[]; isTold: boolean }>(
    `select id, known_items as known, told_at is not null as "isTold" from app.alert_episode where alert_id = $1 and recovered_at is null`,
    [alert],
  );
  return rows[0] ?? null;
}

/** From where the period before the first of these left it. */
async function judgePeriods(
  client: pg.PoolClient,
  { id, rule }: AlertRow,
  readings: readonly AlertReading[],
  now: Date,
): Promise<Judged[]> {
  const [first] = readings;
  if (!first) return [];
  const { rows } = await client.query<Standing>(
    'select phase, streak from app.alert_reading where alert_id = $1 and key < $2 order by key desc limit 1',
    [id, first.key],
  );
  let standing = rows[0] ?? atRest;
  const judged = readings.map((reading): Judged => {
    standing = step(standing, reading.verdict, rule);
    return { reading, standing };
  });
  await client.query('delete from app.alert_reading where alert_id = $1 and key >= $2', [id, first.key]);
  await keepReadings(client, id, judged, now);
  return judged;
}

async function judgeLook(client: pg.PoolClient, alert: AlertRow, reading: AlertReading | null, now: Date): Promise<Judged[]> {
  if (reading === null) return [];
  const standing = step(alert, reading.verdict, alert.rule);
  const before = alert.reading;
  const isSame =
    before !== null &&
    before.verdict === reading.verdict &&
    standing.phase === alert.phase &&
    standing.streak === alert.streak &&
    (reading.unit === 's' || before.value === reading.value);
  if (!isSame) {
    await keepReadings(client, alert.id, [{ reading, standing }], now);
    await client.query(
      `delete from app.alert_reading
      where alert_id = $1 and key < (select key from app.alert_reading where alert_id = $1 order by key desc offset ${keptLooks} limit 1)`,
      [alert.id],
    );
  }
  return [{ reading, standing }];
}

async function keepReadings(client: pg.PoolClient, alert: string, judged: readonly Judged[], now: Date): Promise<void> {
  await client.query(
    `insert into app.alert_reading (alert_id, key, reading, verdict, phase, streak, judged_at)
    select $1, told ->> 'key', told -> 'reading', told ->> 'verdict', told ->> 'phase', (told ->> 'streak')::int, $3
    from jsonb_array_elements($2) told
    on conflict (alert_id, key) do update
    set reading = excluded.reading, verdict = excluded.verdict, phase = excluded.phase, streak = excluded.streak, judged_at = excluded.judged_at`,
    [
      alert,
      JSON.stringify(judged.map(({ reading, standing }) => ({ key: reading.key, reading, verdict: reading.verdict, ...standing }))),
      now.toISOString(),
    ],
  );
}
