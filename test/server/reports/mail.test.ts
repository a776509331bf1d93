import { expect, test } from 'vitest';
import type { SummaryDocument } from '#server/reports/report-document.js';
import { summaryHtml } from '#server/reports/summary-html.js';
import { subjectOf, summaryText } from '#server/reports/summary-text.js';

const hostile = '<script>alert("1")</script> & \'x\'';

/** A summary in which every text is one that somebody may have typed into a tool. */
function documentOf(text: string, direction: SummaryDocument['direction'] = 'ltr', rows = 1): SummaryDocument {
  const link = { text, url: 'https://throughline.test/boards/delay?team=%22%3E' };
  const lines = {
    title: text,
    lines: [{ tone: 'worse' as const, number: null, text, detail: text, links: [link] }],
    none: null,
    more: link,
  };
  const table = {
    title: text,
    lead: text,
    head: [text, text],
    rows: Array.from({ length: rows }, () => ({ cells: [text, text], url: link.url })),
    shown: text,
    none: null,
    more: link,
  };
  return {
    locale: direction === 'rtl' ? 'fa' : 'en',
    direction,
    brand: { name: text, colour: '#0b5f95' },
    title: text,
    period: text,
    scope: [text],
    freshness: [text],
    stale: [text],
    sampleNote: text,
    verdict: [text],
    headlines: {
      title: text,
      head: [text, text, text],
      rows: [{ board: text, title: text, value: text, basis: text, against: [{ value: text, text, tone: 'worse' }], url: link.url }],
      note: text,
    },
    changes: lines,
    best: lines,
    actions: lines,
    customers: table,
    moved: table,
    absent: { title: text, none: text, entries: [{ title: text, reason: text }] },
    boards: [
      { title: text, description: text, charts: [{ title: text, summary: text, image: null, alt: text, notes: [] }], others: text, link },
    ],
    definitions: { title: text, entries: [] },
    version: text,
    attached: text,
  };
}

test('no text of the data becomes markup', () => {
  const html = summaryHtml(documentOf(hostile));
  expect(html).not.toMatch(/<script|alert\("1"\)/);
  expect(html.split('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;').length).toBeGreaterThan(40);
});

test('needs no picture, no style sheet and no script, and stays under 100 KB with a table of 100 rows', () => {
  const html = summaryHtml(documentOf('Delivery North', 'ltr', 100));
  expect(html).not.toMatch(/<(img|style|link|script|svg)\b|class=|url\(/);
  expect(Buffer.byteLength(html)).toBeLessThan(100_000);
});

test('sets letters and ground together, so that the dark leaves neither alone', () => {
  const html = summaryHtml(documentOf('x'));
  expect(html).toContain('<meta name="color-scheme" content="light only" />');
  expect(html).toMatch(/<body [^>]*background-color:#ffffff;color:#1b2530;/);
});

test('runs from right to left in Persian, every cell included', () => {
  const html = summaryHtml(documentOf('متن', 'rtl'));
  expect(html).toMatch(/<html lang="fa" dir="rtl">/);
  expect(html).not.toMatch(/align="left"|text-align:left/);
});

test('says the answer first to programs that show a line beside the subject', () => {
  expect(summaryHtml({ ...documentOf('x'), verdict: ['11 numbers got worse.'] })).toMatch(
    /<body[^>]*>\s*<div style="display:none[^"]*">11 numbers got worse\.<\/div>/,
  );
});

test('has a subject of one line that is never longer than mail programs take', () => {
  const document = {
    ...documentOf('x'),
    title: 'Service summary',
    period: '1 Oct 2026 – 31 Oct 2026',
    verdict: ['No number moved beyond chance.'],
  };
  expect(subjectOf(document)).toBe('Service summary, 1 Oct 2026 – 31 Oct 2026. No number moved beyond chance.');
  expect(subjectOf({ ...document, period: 'p'.repeat(400) })).toHaveLength(160);
  expect(subjectOf({ ...document, title: 'a\r\nBcc: everybody' })).toBe(
    'a Bcc: everybody, 1 Oct 2026 – 31 Oct 2026. No number moved beyond chance.',
  );
});

test('says in text what it says in markup', () => {
  const text = summaryText({ ...documentOf('x'), verdict: ['11 numbers got worse.'], version: 'Definitions 2bf94929.' });
  expect(text).toContain('11 numbers got worse.\n');
  expect(text).toContain('* x, x: x (x)\n');
  expect(text.trimEnd().endsWith('Definitions 2bf94929.')).toBe(true);
});
