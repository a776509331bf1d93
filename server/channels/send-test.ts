import { randomUUID } from 'node:crypto';
import type { Locale } from '#dashboards/i18n/messages.js';
import type { ChannelRow } from './channels.js';
import { deliver, type ChannelReach } from './deliver.js';
import type { ChannelMessage } from './message.js';
import { noteArrival } from './send-due.js';
import { channelTexts } from './texts.js';

/** One try, now. Why it did not get through; null: it did, or a mail waits in its outbox. */
export async function sendTest(reach: ChannelReach, channel: ChannelRow, messages: readonly ChannelMessage[]): Promise<string | null> {
  const now = new Date();
  const outcome = await deliver(reach, channel, randomUUID(), messages, now);
  if (outcome.kind !== 'sent') return outcome.error;
  if (channel.kind !== 'mail') await noteArrival(reach.pool, channel.id, now);
  return null;
}

/** A message marked as a test, in all its texts. */
export function asTest(message: ChannelMessage): ChannelMessage {
  const say = channelTexts(message.locale);
  return {
    ...message,
    title: say('test', { title: message.title }),
    lines: [say('testLine'), ...message.lines],
    event: { ...message.event, isTest: true },
  };
}

export function testMessage(locale: Locale, channel: string): ChannelMessage {
  const title = channelTexts(locale)('testTitle');
  return asTest({
    locale,
    title,
    lines: [],
    facts: [],
    itemsTitle: '',
    items: [],
    links: [],
    event: { type: 'channel.test', channel },
  });
}
