import { expect, test } from 'vitest';
import { readNote } from '#etl/connectors/gitlab/notes.js';
import { textOfHtml } from '#etl/connectors/html-text.js';
import { linksIn } from '#etl/connectors/tool-links.js';
import { withoutTexts } from '#etl/erasure/without-texts.js';
import { linkOf } from '#etl/http/link.js';
import { answerTo } from '#server/http/error.filter.js';
import { redacted } from '#server/redact.js';

const characters = 200_000;
/** Time that grows with the square of the text takes minutes. */
const mostMs = 5_000;

/** What readers look for, begun and never ended, over and over. */
const beginnings = [
  ...['<', '<br', '<br ', '<script', '<style ', '<script><style', '<!--', '</script', '&', '&#', '&a', '>', '"', "'", '\n', ' \t', '\r\n'],
  ...[
    'a',
    'a.',
    'a/',
    '/a',
    '1',
    '1.',
    '@a ',
    '#',
    'a-',
    '://',
    'http://',
    'https://t.test/a',
    'key',
    'key ',
    'token=',
    'bearer ',
    '; a=',
    '<a>',
  ],
  ...['mentioned in issue ', 'assigned to @a, ', 'a@', '%3F', '?number=A', '/projects/', 'selectedIssue=A', '\u200c', 'İ'],
];
const starts = ['', 'mentioned in issue ', 'assigned to ', 'https://t.test/', 'https://t.test/projects/', '<script>', '<p>'];

const readers: [name: string, read: (text: string) => unknown][] = [
  ['the text of a web page', textOfHtml],
  ['links to items', (text) => linksIn(text, { tool: 'https://t.test' }, 'relates', '2026-03-02T00:00:00Z')],
  ['notes of GitLab', readNote],
  ['texts that are taken out', (text) => withoutTexts({ body: text }, [text])],
  [
    'links in headers, which end at 16 KB',
    (text) => linkOf(new Headers({ link: text.replace(/[^\x20-\x7e]/g, '').slice(0, 16_384) }), 'next'),
  ],
  ['lines of the log', redacted],
  ['errors of the database', (text) => answerTo(Object.assign(new Error(text), { code: '22001' }), 'GET /', () => undefined)],
];

test.each(readers)('no text of %s takes longer than its length', (_name, read) => {
  const slow: string[] = [];
  for (const start of starts) {
    for (const beginning of beginnings) {
      const text = start + beginning.repeat(Math.ceil(characters / beginning.length));
      const begin = performance.now();
      read(text);
      const ms = Math.round(performance.now() - begin);
      if (ms > mostMs) slow.push(`${start}${beginning}…: ${ms} ms`);
    }
  }
  expect(slow).toEqual([]);
});

test.each([
  ['a<br>b<p>c</p>d', 'a\nbc\nd'],
  ['<style>p { color: red }</style>Hello<script>alert("<b>")</script> you', 'Hello you'],
  ['a < b and <i title="x">c</i>', 'a c'],
  ['no end <b', 'no end <b'],
  ['&lt;b&gt; &#233; &#0; &#55357; &nothing;', '<b> é \ufffd \ufffd &nothing;'],
])('%s reads as text', (html, text) => {
  expect(textOfHtml(html)).toBe(text);
});
