import type pg from 'pg';
import { withTransaction } from '#etl/transaction.js';
import type { ChannelRow } from './channels.js';
import { deliver, mailAbout, type ChannelReach } from './deliver.js';
import type { ChannelMessage } from './message.js';
import { tellElsewhere } from './tell-elsewhere.js';

/** About an hour of trying; whoever is down for longer is told on another channel. */
const mostTries = 8;
const firstDelayMs = 30_000;
/** Longer than a try may take; then another server takes the message over. */
const claimMs = 120_000;

interface Claimed {
  id: string;
  attempts: number;
  channel: ChannelRow;
}

/** Sends what is due, one message after the other; returns how many were tried. Any number of servers may do this at once. */
export async function sendDue(reach: ChannelReach, clock: () => Date): Promise<number> {
  await followMails(reach.pool, clock());
  for (let tried = 0; ; tried++) {
    const claimed = reach.signal.aborted ? null : await claim(reach.pool, clock());
    if (claimed === null) return tried;
    await attempt(reach, claimed, clock);
  }
}

async function attempt(reach: ChannelReach, claimed: Claimed, clock: () => Date): Promise<void> {
  const { rows } = await reach.pool.query<{ message: ChannelMessage }>(
    'select message from app.channel_notice where dispatch_id = $1 order by created_at, key',
    [claimed.id],
  );
  const messages = rows.map(({ message }) => message);
  const outcome = await deliver(reach, claimed.channel, claimed.id, messages, clock());
  const now = clock();
  await withTransaction(reach.pool, async (client) => {
    if (outcome.kind === 'sent') {
      const isSettled = await settle(client, claimed, 'sent', null, now);
      if (isSettled && claimed.channel.kind !== 'mail') await noteArrival(client, claimed.channel.id, now);
    } else if (outcome.kind === 'later' && claimed.attempts < mostTries) {
      const waitMs = Math.max(outcome.afterMs ?? 0, firstDelayMs * 2 ** (claimed.attempts - 1));
      await client.query(
        `update app.channel_dispatch set state = 'queued', claimed_until = null, due_at = $3, error = $4
          where id = $1 and attempts = $2 and state = 'sending'`,
        [claimed.id, claimed.attempts, new Date(now.getTime() + waitMs).toISOString(), outcome.error],
      );
    } else if (await settle(client, claimed, 'failed', outcome.error, now)) {
      await noteFailure(client, claimed.channel, messages, outcome.error, now);
    }
  });
}

/** The message due longest, for this server alone until its claim ends. */
async function claim(pool: pg.Pool, now: Date): Promise<Claimed | null> {
  const { rows } = await pool.query<Claimed>(
    `update app.channel_dispatch dispatch
    set state = 'sending', attempts = attempts + 1, claimed_until = $2
    from app.channel channel
    where channel.id = dispatch.channel_id
      and dispatch.id = (
        select id
        from app.channel_dispatch
        where (state = 'queued' and due_at <= $1) or (state = 'sending' and claimed_until <= $1)
        order by due_at
        limit 1
        for update skip locked
      )
    returning dispatch.id, dispatch.attempts,
      json_build_object('id', channel.id, 'name', channel.name, 'kind', channel.kind, 'destination', channel.destination) as channel`,
    [now.toISOString(), new Date(now.getTime() + claimMs).toISOString()],
  );
  return rows[0] ?? null;
}

/** False where another server has taken it over meanwhile. */
async function settle(
  client: pg.PoolClient,
  { id, attempts }: Claimed,
  state: 'sent' | 'failed',
  error: string | null,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update app.channel_dispatch set state = $3, error = $4, ended_at = $5, claimed_until = null
    where id = $1 and attempts = $2 and state = 'sending'`,
    [id, attempts, state, error, now.toISOString()],
  );
  return rowCount === 1;
}

export async function noteArrival(client: Pick<pg.Pool, 'query'>, channel: string, now: Date): Promise<void> {
  await client.query('update app.channel set last_sent_at = $2, failing_since = null, last_error = null where id = $1', [
    channel,
    now.toISOString(),
  ]);
}

async function noteFailure(
  client: pg.PoolClient,
  channel: ChannelRow,
  messages: readonly ChannelMessage[],
  error: string,
  now: Date,
): Promise<void> {
  await client.query('update app.channel set failing_since = coalesce(failing_since, $2), last_error = $3 where id = $1', [
    channel.id,
    now.toISOString(),
    error,
  ]);
  await tellElsewhere(client, channel, messages, error, now);
}

/** Whether a mail arrives is known to its own outbox alone. */
async function followMails(pool: pg.Pool, now: Date): Promise<void> {
  await withTransaction(pool, async (client) => {
    await client.query(
      `update app.channel channel
        set last_sent_at = arrived.at,
          failing_since = case when channel.failing_since > arrived.at then channel.failing_since end,
          last_error = case when channel.failing_since > arrived.at then channel.last_error end
        from (
          select dispatch.channel_id, max(mail.sent_at) as at
          from app.mail mail
          join app.channel_dispatch dispatch on dispatch.id::text = mail.about_id
          where mail.about_kind = $1 and mail.state = 'sent'
          group by dispatch.channel_id
        ) arrived
        where arrived.channel_id = channel.id and (channel.last_sent_at is null or arrived.at > channel.last_sent_at)`,
      [mailAbout],
    );
    const { rows } = await client.query<{ id: string; reason: string | null; channel: ChannelRow; messages: ChannelMessage[] }>(
      `with failed as (
          update app.channel_dispatch dispatch
          set state = 'failed', error = coalesce(mail.reason, 'The mail was not sent.')
          from app.mail mail
          where mail.about_kind = $1 and mail.about_id = dispatch.id::text and mail.state = 'failed' and dispatch.state = 'sent'
          returning dispatch.id, dispatch.channel_id, mail.reason
        )
        select failed.id, failed.reason,
          json_build_object('id', channel.id, 'name', channel.name, 'kind', channel.kind, 'destination', channel.destination) as channel,
          (select json_agg(notice.message order by notice.created_at, notice.key)
            from app.channel_notice notice where notice.dispatch_id = failed.id) as messages
        from failed
        join app.channel channel on channel.id = failed.channel_id`,
      [mailAbout],
    );
    for (const { channel, messages, reason } of rows) await noteFailure(client, channel, messages, reason ?? 'The mail was not sent.', now);
  });
}
