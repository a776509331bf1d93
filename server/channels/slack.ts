import type { ChannelMessage } from './message.js';

/** Limits of Block Kit. https://docs.slack.dev/reference/block-kit/blocks */
const longestHeader = 150;
const longestSection = 3_000;
const longestField = 2_000;
const mostFields = 10;

/** Slack reads only these as markup of its own. https://docs.slack.dev/messaging/formatting-message-text */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** One message for an incoming webhook: Block Kit, with plain text for where blocks are not shown. */
export function slackPayload(messages: readonly ChannelMessage[]): { text: string; blocks: unknown[] } {
  return {
    text: messages.map(({ title, lines }) => escaped(cut([title, ...lines].join(' '), longestSection))).join('\n'),
    blocks: messages.flatMap((message, index) => [...(index > 0 ? [{ type: 'divider' }] : []), ...blocksOf(message)]),
  };
}

function blocksOf({ title, lines, facts, itemsTitle, items, links }: ChannelMessage): unknown[] {
  const list = items.map(
    ({ name, detail, href }) => `• ${href === null ? escaped(name) : link(href, name)}${detail && ` ${escaped(detail)}`}`,
  );
  return [
    { type: 'header', text: { type: 'plain_text', text: cut(title, longestHeader), emoji: false } },
    ...(lines.length > 0 ? [section(escaped(lines.join('\n')))] : []),
    ...(facts.length > 0
      ? [
          {
            type: 'section',
            fields: facts.slice(0, mostFields).map(({ label, value }) => ({
              type: 'mrkdwn',
              text: cut(`*${escaped(label)}*\n${escaped(value)}`, longestField),
            })),
          },
        ]
      : []),
    ...(list.length > 0 ? [section([`*${escaped(itemsTitle)}*`, ...list].join('\n'))] : []),
    ...(links.length > 0
      ? [{ type: 'context', elements: [{ type: 'mrkdwn', text: links.map(({ href, label }) => link(href, label)).join(' · ') }] }]
      : []),
  ];
}

function section(text: string) {
  return { type: 'section', text: { type: 'mrkdwn', text: cut(text, longestSection) } };
}

/** A bar would end the address. */
function link(href: string, label: string): string {
  return `<${escaped(href.replaceAll('|', '%7C'))}|${escaped(label.replaceAll('|', '¦'))}>`;
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
