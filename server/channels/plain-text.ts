import type { ChannelMessage } from './message.js';

/** The message as lines of text. */
export function plainText({ lines, facts, itemsTitle, items, links }: ChannelMessage): string {
  return [
    ...lines,
    ...(facts.length > 0 ? ['', ...facts.map(({ label, value }) => `${label}: ${value}`)] : []),
    ...(items.length > 0
      ? ['', itemsTitle, ...items.map(({ name, detail, href }) => ['-', name, detail, href ?? ''].filter((part) => part !== '').join(' '))]
      : []),
    ...(links.length > 0 ? ['', ...links.map(({ label, href }) => `${label}: ${href}`)] : []),
  ].join('\n');
}
