import type { ChannelPreview } from '../api.js';
import { digestTitle, mailHtml } from './mail-message.js';
import type { ChannelMessage } from './message.js';
import { plainText } from './plain-text.js';
import { slackPayload } from './slack.js';
import { webhookBody } from './webhook.js';

/** What each kind of channel would be given. */
export function previewOf(messages: readonly ChannelMessage[]): ChannelPreview {
  const [first] = messages;
  const title = messages.length === 1 && first ? first.title : digestTitle(messages);
  return {
    title,
    text: messages.map(plainText).join('\n\n'),
    html: mailHtml(title, messages),
    slack: slackPayload(messages),
    webhook: webhookBody('00000000-0000-0000-0000-000000000000', messages),
  };
}
