import type pg from 'pg';
import { reasonOf } from '#etl/error-code.js';
import type { Transport } from '#etl/http/transport.js';
import { withTransaction } from '#etl/transaction.js';
import type { VaultKey } from '#etl/vault/key.js';
import { parseAddress } from '../mail/address.js';
import { enqueueMail } from '../mail/outbox.js';
import { readChannelSecrets, type ChannelRow } from './channels.js';
import { digestTitle, mailOf } from './mail-message.js';
import type { ChannelMessage } from './message.js';
import { postOnce, type Outcome } from './post-once.js';
import { slackPayload } from './slack.js';
import { signedHeaders, webhookBody } from './webhook.js';

/** What reaches the outside. */
export interface ChannelReach {
  pool: pg.Pool;
  vault: () => Promise<VaultKey>;
  send: Transport;
  signal: AbortSignal;
}

/** What `app.mail` says a message of a channel is about. */
export const mailAbout = 'channel-dispatch';

/** One try to bring messages to a channel. `delivery` is the same in every try. A mail is handed to its own outbox. */
export async function deliver(
  reach: ChannelReach,
  channel: ChannelRow,
  delivery: string,
  messages: readonly ChannelMessage[],
  now: Date,
): Promise<Outcome> {
  if (channel.kind === 'mail') return mailed(reach.pool, channel, delivery, messages);
  const secrets = await readChannelSecrets(reach.pool, reach.vault, channel).catch((error: unknown) => String(error));
  if (typeof secrets === 'string') return { kind: 'refused', error: secrets };
  const { url = '', signing = '' } = secrets;
  const body = JSON.stringify(channel.kind === 'slack' ? slackPayload(withDigestTitle(messages)) : webhookBody(delivery, messages));
  const headers = channel.kind === 'webhook' ? signedHeaders(signing, body, delivery, now) : {};
  return postOnce(reach.send, { url, body, headers, now, signal: reach.signal });
}

async function mailed(pool: pg.Pool, channel: ChannelRow, delivery: string, messages: readonly ChannelMessage[]): Promise<Outcome> {
  try {
    const message = mailOf(parseAddress(channel.destination, channel.name), messages);
    await withTransaction(pool, (client) => enqueueMail(client, `channel ${delivery}`, message, { kind: mailAbout, id: delivery }));
    return { kind: 'sent' };
  } catch (error) {
    return { kind: 'later', error: reasonOf(error), afterMs: null };
  }
}

/** What is shown where blocks are not begins with what it is. */
function withDigestTitle(messages: readonly ChannelMessage[]): readonly ChannelMessage[] {
  const [first, ...others] = messages;
  if (!first || others.length === 0) return messages;
  const head: ChannelMessage = { ...first, title: digestTitle(messages), lines: [], facts: [], items: [], links: [] };
  return [head, ...messages];
}
