import { expect, test } from 'vitest';
import { mailOf } from '#server/channels/mail-message.js';
import type { ChannelMessage } from '#server/channels/message.js';
import { slackPayload } from '#server/channels/slack.js';

const message: ChannelMessage = {
  locale: 'en',
  title: 'Delay & <!channel>',
  lines: ['A < B & C > D'],
  facts: [{ label: 'n', value: '<43>' }],
  itemsTitle: 'Items',
  items: [{ name: '<https://evil.test|x> a|b', detail: '<script>', href: 'http://127.0.0.1:3000/items/1?a=1&b=2' }],
  links: [{ label: 'Open', href: 'http://127.0.0.1:3000/alerts' }],
  event: { type: 'alert.fired' },
};

test('Slack gets blocks in which no text of ours is markup, and plain text beside them', () => {
  const { text, blocks } = slackPayload([message]);
  expect(text).toBe('Delay &amp; &lt;!channel&gt; A &lt; B &amp; C &gt; D');
  expect(blocks).toEqual([
    { type: 'header', text: { type: 'plain_text', text: 'Delay & <!channel>', emoji: false } },
    { type: 'section', text: { type: 'mrkdwn', text: 'A &lt; B &amp; C &gt; D' } },
    { type: 'section', fields: [{ type: 'mrkdwn', text: '*n*\n&lt;43&gt;' }] },
    {
      type: 'section',
      text: {
        type: 'mrkdwn',
        text: '*Items*\n• <http://127.0.0.1:3000/items/1?a=1&amp;b=2|&lt;https://evil.test¦x&gt; a¦b> &lt;script&gt;',
      },
    },
    { type: 'context', elements: [{ type: 'mrkdwn', text: '<http://127.0.0.1:3000/alerts|Open>' }] },
  ]);
});

test('Slack is given no more than it takes', () => {
  const { blocks } = slackPayload([{ ...message, title: 'x'.repeat(200), lines: ['y'.repeat(5_000)] }]);
  expect(JSON.stringify(blocks[0])).toContain(`${'x'.repeat(149)}…`);
  expect(JSON.stringify(blocks[1])).toContain(`${'y'.repeat(2_999)}…`);
});

test('a mail says the same as text and as HTML, in which no text is markup', () => {
  const { subject, text, html } = mailOf({ name: 'Ann', address: 'ann@company.test' }, [message]);
  expect(subject).toBe('Delay & <!channel>');
  expect(text).toBe(
    [
      'A < B & C > D',
      '',
      'n: <43>',
      '',
      'Items',
      '- <https://evil.test|x> a|b <script> http://127.0.0.1:3000/items/1?a=1&b=2',
      '',
      'Open: http://127.0.0.1:3000/alerts',
    ].join('\n'),
  );
  expect(html).toContain('<p style="margin:0 0 8px">A &lt; B &amp; C &gt; D</p>');
  expect(html).toContain('href="http://127.0.0.1:3000/items/1?a=1&amp;b=2"');
  expect(html).not.toMatch(/<script|<!channel/);
});

test('several messages are a digest, in the language of the first', () => {
  expect(mailOf({ name: '', address: 'a@b.test' }, [message, message]).subject).toBe('2 alerts of the day');
  const persian = { ...message, locale: 'fa' as const };
  const digest = mailOf({ name: '', address: 'a@b.test' }, [persian, persian]);
  expect(digest.subject).toBe('۲ هشدار امروز');
  expect(digest.html).toContain('<html lang="fa" dir="rtl">');
});
