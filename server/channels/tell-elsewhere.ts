import type pg from 'pg';
import type { ChannelRow } from './channels.js';
import { failingEvent, type ChannelMessage } from './message.js';
import { enqueueNotice } from './outbox.js';
import { channelTexts } from './texts.js';

/** Tells on a channel that gets through what another one could not bring; where there is none, the page alone shows it. */
export async function tellElsewhere(
  client: pg.PoolClient,
  broken: ChannelRow,
  missed: readonly ChannelMessage[],
  error: string,
  now: Date,
): Promise<void> {
  const [first] = missed;
  // What is about a channel is not passed on once more, or two broken ones would tell each other forever.
  if (!first || missed.some(({ event }) => event.type === failingEvent)) return;
  const alert = typeof first.event.alert === 'string' ? first.event.alert : null;
  const { rows } = await client.query<{ id: string }>(
    `select channel.id
    from app.channel channel
    where channel.id <> $1 and channel.failing_since is null
    order by exists (select from app.alert_channel told where told.channel_id = channel.id and told.alert_id::text = $2) desc,
      channel.added_at, channel.id
    limit 1`,
    [broken.id, alert],
  );
  const [other] = rows;
  if (!other) return;
  const key = `failing ${broken.id} ${now.toISOString()}`;
  const messages = [failingMessage(broken, first, error), ...missed];
  for (const [place, message] of messages.entries()) {
    await enqueueNotice(client, { channel: other.id, key, notice: String(place).padStart(4, '0'), dueAt: now, message });
  }
}

function failingMessage({ name, kind, destination }: ChannelRow, { locale }: ChannelMessage, error: string): ChannelMessage {
  const say = channelTexts(locale);
  return {
    locale,
    title: say('failing', { channel: name }),
    lines: [say('failingLine', { destination, error }), say('failingMissed')],
    facts: [],
    itemsTitle: '',
    items: [],
    links: [],
    event: { type: failingEvent, channel: name, kind, error },
  };
}
