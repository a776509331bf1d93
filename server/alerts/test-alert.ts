import type { AlertTest } from '../api.js';
import { findChannel } from '../channels/channels.js';
import type { ChannelReach } from '../channels/deliver.js';
import { previewOf } from '../channels/preview.js';
import { asTest, sendTest } from '../channels/send-test.js';
import type { AlertRow } from './alerts.js';
import type { AlertContext } from './alert-context.js';
import { previewAlert } from './preview.js';

/** Sends to the channels of an alert what would come were it to fire now, marked as a test. */
export async function testAlert(context: AlertContext, reach: ChannelReach, alert: AlertRow): Promise<AlertTest> {
  const { messages, ...preview } = await previewAlert(context, alert, new Date());
  const tests = messages.map(asTest);
  const sent: AlertTest['sent'] = [];
  for (const id of tests.length === 0 ? [] : alert.channels) {
    const channel = await findChannel(context.pool, id);
    sent.push({ channel: channel.name, error: await sendTest(reach, channel, tests) });
  }
  return { ...preview, message: tests.length === 0 ? null : previewOf(tests), sent };
}
