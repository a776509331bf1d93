import { createHmac } from 'node:crypto';
import type { ChannelMessage } from './message.js';
import { plainText } from './plain-text.js';

/** What a webhook is sent. The delivery is the same in every try, so that a receiver can tell a repetition. */
export interface WebhookBody {
  delivery: string;
  messages: { title: string; text: string; event: ChannelMessage['event'] }[];
}

export function webhookBody(delivery: string, messages: readonly ChannelMessage[]): WebhookBody {
  return { delivery, messages: messages.map((message) => ({ title: message.title, text: plainText(message), event: message.event })) };
}

/**
 * Headers of a signed webhook: `throughline-signature: t=<seconds of the epoch>,v1=<hex>`, where v1 is HMAC-SHA256 of
 * `<t>.<body>` with the secret of the channel. A receiver refuses a `t` more than five minutes away from its clock.
 */
export function signedHeaders(secret: string, body: string, delivery: string, now: Date): Record<string, string> {
  const seconds = Math.floor(now.getTime() / 1_000);
  const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return { 'throughline-signature': `t=${seconds},v1=${signature}`, 'throughline-delivery': delivery };
}
