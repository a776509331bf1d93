import type pg from 'pg';
import type { AlertReading, WatchItem } from '../api.js';
import { enqueueNotice } from '../channels/outbox.js';
import { iso } from '../database/iso.js';
import { readTargets } from '../targets/targets.js';
import type { AlertRow } from './alerts.js';
import { itemCauses } from './causes.js';
import { alertMessage, type AlertEvent } from './compose-message.js';
import type { AlertContext } from './alert-context.js';
import { tellAt } from './quiet-hours.js';

interface Episode {
  id: string;
  firedAt: string;
  fired: AlertReading;
  recoveredAt: string | null;
  recovered: AlertReading | null;
}

/** Puts into the outbox what was not told yet: that it fired, and of what was told, that it is over. Nothing while it is muted. */
export async function tellEpisodes(context: AlertContext, client: pg.PoolClient, alert: AlertRow, now: Date): Promise<void> {
  if (alert.mute !== null || alert.channels.length === 0) return;
  const { rows } = await client.query<Episode>(
    `select id, ${iso('fired_at')} as "firedAt", fired, ${iso('recovered_at')} as "recoveredAt", recovered
    from app.alert_episode
    where alert_id = $1
      and (told_at is null and recovered_at is null or told_at is not null and recovered_at is not null and recovery_told_at is null)
    order by fired_at`,
    [alert.id],
  );
  for (const { id, firedAt, fired, recoveredAt, recovered } of rows) {
    const event: AlertEvent =
      recoveredAt !== null && recovered !== null
        ? { kind: 'recovered', at: recoveredAt, reading: recovered }
        : { kind: 'fired', at: firedAt, reading: fired };
    await put(context, client, alert, { episode: id, notice: `${id} ${event.kind}`, event }, now);
    await client.query(`update app.alert_episode set ${event.kind === 'fired' ? 'told_at' : 'recovery_told_at'} = $2 where id = $1`, [
      id,
      now.toISOString(),
    ]);
  }
}

/** Tells the items that came since, where the episode was told already; others come with its first message or after the mute. */
export async function tellMore(
  context: AlertContext,
  client: pg.PoolClient,
  alert: AlertRow,
  open: { id: string; known: readonly string[]; isTold: boolean; reading: AlertReading; items: readonly WatchItem[] },
  now: Date,
): Promise<void> {
  const known = new Set(open.known);
  const fresh = open.items.filter(({ id }) => !known.has(id));
  if (fresh.length === 0 || !open.isTold || alert.mute !== null || alert.channels.length === 0) return;
  const reading = { ...open.reading, causes: itemCauses(fresh, alert.delivery) };
  const notice = `${open.id} more ${now.toISOString()}`;
  await put(
    context,
    client,
    alert,
    { episode: open.id, notice, event: { kind: 'more', at: now.toISOString(), reading, count: fresh.length } },
    now,
  );
  await client.query('update app.alert_episode set known_items = known_items || $2::uuid[] where id = $1', [
    open.id,
    fresh.map(({ id }) => id),
  ]);
}

async function put(
  { pool, publicUrl }: AlertContext,
  client: pg.PoolClient,
  alert: AlertRow,
  { episode, notice, event }: { episode: string; notice: string; event: AlertEvent },
  now: Date,
): Promise<void> {
  const message = alertMessage(alert, event, { targets: await readTargets(pool), publicUrl, episode });
  const dueAt = tellAt(now, alert.delivery);
  // What comes in one digest of a channel is in one language.
  const key = alert.delivery.digestHour === null ? notice : `digest ${alert.delivery.locale} ${dueAt.toISOString()}`;
  for (const channel of alert.channels) await enqueueNotice(client, { channel, key, notice, dueAt, message });
}
