import type pg from 'pg';
import { withTransaction } from '#etl/transaction.js';
import type { AlertDelivery, AlertMute, AlertPhase, AlertReading, AlertResponse, AlertRule, AlertUntold } from '../api.js';
import { checkChannels } from '../channels/channels.js';
import { ownerId } from '../access/own.js';
import { iso } from '../database/iso.js';
import { Conflict, Missing } from '../refusal.js';

type Queries = Pick<pg.Pool, 'query'>;

/** What a person gives to make an alert. */
export interface AlertContent {
  name: string;
  owner: string;
  /** Of the account; null: nobody signed in. */
  ownerId: string | null;
  rule: AlertRule;
  delivery: AlertDelivery;
  channels: string[];
}

/** An alert as it is kept. */
export interface AlertRow extends Pick<
  AlertResponse,
  'id' | 'name' | 'owner' | 'ownerId' | 'rule' | 'delivery' | 'channels' | 'madeAt' | 'sinceAt' | 'error'
> {
  phase: AlertPhase;
  streak: number;
  untold: AlertUntold | null;
  reading: AlertReading | null;
  judgedVersion: number | null;
  mute: AlertMute | null;
  readings: AlertResponse['readings'];
}

/** Readings shown beside an alert. */
const shownReadings = 26;

/** Those that fire first. */
export async function readAlerts(db: Queries, now: Date): Promise<AlertRow[]> {
  const { rows } = await db.query<AlertRow>(
    `${alertRows}
    order by array_position(array['firing', 'recovering', 'pending', 'ok'], alert.phase), alert.name`,
    [now.toISOString()],
  );
  return rows;
}

/** Throws `Missing`. */
export async function findAlert(db: Queries, id: string, now: Date): Promise<AlertRow> {
  const { rows } = await db.query<AlertRow>(`${alertRows} where alert.id = $2`, [now.toISOString(), id]);
  const [alert] = rows;
  if (!alert) throw missingAlert(id);
  return alert;
}

/** By its name, as a person says it. Throws `Missing`. */
export async function alertNamed(db: Queries, name: string, now: Date): Promise<AlertRow> {
  const all = await readAlerts(db, now);
  const alert = all.find((one) => one.name === name);
  if (alert) return alert;
  const known = all.map((one) => one.name).join(', ');
  throw new Missing(`There is no alert "${name}"; known: ${known || 'none, make one with throughline alert add'}.`);
}

/** Throws `Conflict` where the name is taken, `Missing` for an unknown channel. */
export async function addAlert(pool: pg.Pool, { name, owner, ownerId: account, rule, delivery, channels }: AlertContent): Promise<string> {
  return withTransaction(pool, async (client) => {
    await checkChannels(client, channels);
    const { rows } = await client.query<{ id: string }>(
      `insert into app.alert (name, owner, owner_account_id, rule, delivery, look_at) values ($1, $2, $3, $4, $5, '-infinity')
      on conflict (name) do nothing
      returning id`,
      [name, owner, account, JSON.stringify(rule), JSON.stringify(delivery)],
    );
    const [added] = rows;
    if (!added) throw taken(name);
    await setChannels(client, added.id, channels);
    return added.id;
  });
}

/** What is left out stays as it is. A new rule begins anew: what was judged by the old one is kept in its episodes alone. */
export async function changeAlert(
  pool: pg.Pool,
  id: string,
  change: { [Key in keyof AlertContent]?: AlertContent[Key] | undefined },
): Promise<void> {
  await withTransaction(pool, async (client) => {
    const { rows } = await client.query<{ rule: AlertRule; name: string }>('select rule, name from app.alert where id = $1 for update', [
      id,
    ]);
    const [before] = rows;
    if (!before) throw missingAlert(id);
    if (change.name !== undefined && change.name !== before.name) {
      const other = await client.query('select from app.alert where name = $1', [change.name]);
      if (other.rowCount) throw taken(change.name);
    }
    const { name = null, owner = null, ownerId: account = null, delivery, rule, channels } = change;
    await client.query(
      `update app.alert
      set name = coalesce($2, name), delivery = coalesce($3, delivery),
        owner = coalesce($4, owner), owner_account_id = case when $4::text is null then owner_account_id else $5::uuid end
      where id = $1`,
      [id, name, delivery ? JSON.stringify(delivery) : null, owner, account],
    );
    if (channels) {
      await checkChannels(client, channels);
      await client.query('delete from app.alert_channel where alert_id = $1', [id]);
      await setChannels(client, id, channels);
    }
    if (rule && JSON.stringify(rule) !== JSON.stringify(before.rule)) await beginAnew(client, id, rule);
  });
}

/** An episode of the old rule ends without a word: nobody knows whether what it was about is over. */
async function beginAnew(client: pg.PoolClient, id: string, rule: AlertRule): Promise<void> {
  await client.query('delete from app.alert_reading where alert_id = $1', [id]);
  await client.query(
    `update app.alert_episode set recovered_at = now(), recovered = fired, told_at = coalesce(told_at, now()), recovery_told_at = now()
    where alert_id = $1 and recovered_at is null`,
    [id],
  );
  await client.query(
    `update app.alert
    set rule = $2, phase = 'ok', streak = 0, untold = null, reading = null, judged_version = null, look_at = '-infinity', since_at = now(), error = null
    where id = $1`,
    [id, JSON.stringify(rule)],
  );
}

export async function removeAlert(db: Queries, id: string): Promise<void> {
  const { rowCount } = await db.query('delete from app.alert where id = $1', [id]);
  if (!rowCount) throw missingAlert(id);
}

/** A mute takes the place of the one that holds. */
export async function muteAlert(pool: pg.Pool, id: string, mute: { by: string; why: string; until: Date }, now: Date): Promise<void> {
  await withTransaction(pool, async (client) => {
    await endMute(client, id, mute.by, now);
    const { rowCount } = await client.query(
      `insert into app.alert_mute (alert_id, muted_by, why, muted_at, until_at)
      select id, $2, $3, $4, $5 from app.alert where id = $1`,
      [id, mute.by, mute.why, now.toISOString(), mute.until.toISOString()],
    );
    if (!rowCount) throw missingAlert(id);
  });
}

/** Throws `Missing` where it is not muted. What fires still is told with the next look. */
export async function unmuteAlert(pool: pg.Pool, id: string, by: string, now: Date): Promise<void> {
  const ended = await endMute(pool, id, by, now);
  if (!ended) throw new Missing(`Alert ${id} is not muted, so there is nothing to end.`);
}

async function endMute(db: Queries, id: string, by: string, now: Date): Promise<boolean> {
  const { rowCount } = await db.query(
    'update app.alert_mute set ended_by = $2, ended_at = $3 where alert_id = $1 and ended_at is null and until_at > $3',
    [id, by, now.toISOString()],
  );
  return (rowCount ?? 0) > 0;
}

/** Keeps what somebody did about it. */
export async function addRemark(db: Queries, id: string, { by, text }: { by: string; text: string }): Promise<void> {
  const { rowCount } = await db.query(
    'insert into app.alert_remark (alert_id, said_by, text) select id, $2, $3 from app.alert where id = $1',
    [id, by, text],
  );
  if (!rowCount) throw missingAlert(id);
}

async function setChannels(client: pg.PoolClient, id: string, channels: readonly string[]): Promise<void> {
  await client.query('insert into app.alert_channel (alert_id, channel_id) select distinct $1::uuid, unnest($2::uuid[])', [id, channels]);
}

function taken(name: string): Conflict {
  return new Conflict(`There is an alert "${name}" already; give this one another name, or change that one.`);
}

export function missingAlert(id: string): Missing {
  return new Missing(`There is no alert ${id}; throughline alert list names them all.`);
}

/** Columns of `AlertMute` over `mute`. */
export const muteJson = `json_build_object('id', mute.id, 'by', mute.muted_by, 'why', mute.why, 'mutedAt', ${iso('mute.muted_at')},
  'until', ${iso('mute.until_at')},
  'ended', case when mute.ended_at is not null then json_build_object('by', mute.ended_by, 'at', ${iso('mute.ended_at')}) end)`;

/** $1: now. */
const alertRows = `
select alert.id, alert.name, alert.owner, ${ownerId} as "ownerId", alert.rule, alert.delivery, ${iso('alert.made_at')} as "madeAt", alert.phase, alert.streak,
  alert.untold, ${iso('alert.since_at')} as "sinceAt", alert.reading, alert.judged_version::float8 as "judgedVersion", alert.error,
  (select coalesce(json_agg(told.channel_id order by told.channel_id), '[]') from app.alert_channel told where told.alert_id = alert.id) as channels,
  (select ${muteJson}
    from app.alert_mute mute
    where mute.alert_id = alert.id and mute.ended_at is null and mute.until_at > $1
    order by mute.muted_at desc
    limit 1) as mute,
  (select coalesce(json_agg(json_build_object('key', latest.key, 'verdict', latest.verdict, 'value', latest.reading -> 'value',
      'n', latest.reading -> 'n') order by latest.key), '[]')
    from (
      select key, verdict, reading
      from app.alert_reading
      where alert_id = alert.id
      order by key desc
      limit ${shownReadings}
    ) latest) as readings
from app.alert alert`;
