import { execFileSync } from 'node:child_process';
import { beforeAll, expect, test } from 'vitest';
import { boards } from '#dashboards/boards/index.js';
import { locales } from '#dashboards/i18n/messages.js';
import { ownerOfTheMachine } from '#server/access/principal.js';
import { makeReport, prepareReport } from '#server/reports/make-report.js';
import type { MadeReport } from '#server/reports/made-report.js';
import { listReports, readReport } from '#server/reports/kept-reports.js';
import { Printer } from '#server/reports/printer.js';
import { renderPdf } from '#server/reports/render-pdf.js';
import type { ReportContext } from '#server/reports/report-context.js';
import type { PrintableReport, SummaryDocument } from '#server/reports/report-document.js';
import { ReportSpecBody } from '#server/reports/report-spec.js';
import type { ReportSpec } from '#server/api.js';
import { sampleContext } from './summary-company.js';

let context: ReportContext;
let alone: PrintableReport;
let document: SummaryDocument;
let made: MadeReport;

const specOf = (asked: Partial<ReportSpec> = {}) => ReportSpecBody.parse(asked);

beforeAll(async () => {
  context = await sampleContext();
  alone = (await prepareReport(context, specOf())).printable;
  document = alone.document;
  made = await makeReport(context, specOf());
});

test('answers what changed, whether by chance, why and what to do on two pages', () => {
  expect(pagesOf(made.pdf)).toBe(2);
  expect(document.verdict[0]).toMatch(/^\d+ numbers got worse and \d+ better, beyond chance\.$/);
  expect(document.changes.lines.map(({ tone }) => tone)).toEqual(['worse', 'worse', 'worse', 'worse', 'worse', 'worse', 'calm']);
  expect(document.changes.lines.slice(0, 6).filter(({ detail }) => /carries \d+ % of it/.test(detail ?? '')).length).toBeGreaterThan(1);
  expect(document.best.lines).toHaveLength(1);
  expect(document.actions.lines.length).toBeGreaterThan(3);
  expect(document.headlines.rows.map(({ board, against }) => [board, against.length])).toEqual(
    ['Consistency', 'Delay', 'Handoffs', 'Visibility', 'Growth', 'Expectation'].map((board) => [board, 2]),
  );
});

test('opens every sentence to as many rows as it says', async () => {
  for (const { text, links } of [...document.changes.lines, ...document.best.lines]) {
    const url = new URL(links[0]?.url ?? '');
    const [, board] = /^\/boards\/([a-z]+)\/items$/.exec(url.pathname) ?? [];
    if (board === undefined) continue;
    const said = Number((links[0]?.text ?? '').replace(/[^\d]/g, ''));
    const query = url.searchParams;
    const { total } = await context.dashboards.items(query.get('metric') ?? '', {
      from: query.get('from'),
      to: query.get('to'),
      grain: 'all',
      by: null,
      filters: query.has('mark-type') ? { type: [query.get('mark-type') ?? ''] } : {},
      bucket: query.get('bucket') ?? '',
      segment: null,
      part: null,
      sort: null,
      order: null,
      offset: 0,
      limit: 1,
      locale: 'en',
      theme: 'light',
      unknownParameters: [],
    });
    expect([text, total]).toEqual([text, said]);
  }
});

test('tells the customers with most items untold, and says how many more there are', async () => {
  const { total, customers } = await context.watch.customers({
    filters: {},
    reason: null,
    sort: 'urgency',
    handled: 'hidden',
    offset: 0,
    limit: 3,
    unknownParameters: [],
  });
  expect(document.customers.rows.map(({ cells }) => [cells[0], cells[2]])).toEqual(
    customers.map(({ customer, untold }) => [customer, String(untold)]),
  );
  expect(document.customers.shown).toBe(`3 of ${total}`);
});

test('lists promises moved after their date had passed, the furthest first, with all there are', async () => {
  expect(document.moved.rows).toHaveLength(5);
  const days = document.moved.rows.map(({ cells }) => Number((cells.at(-1) ?? '').replace(/[^\d.]/g, '')));
  expect(days).toEqual([...days].sort((one, other) => other - one));
  expect(document.moved.shown).toMatch(/^5 of \d+$/);
  const item = new URL(document.moved.rows[0]?.url ?? '').pathname.split('/').at(-1) ?? '';
  const story = await context.dashboards.item(item, ownerOfTheMachine);
  expect(story.promises.some(({ isAfterDue }) => isAfterDue)).toBe(true);
});

test('says the same numbers in mail, text and PDF', ({ skip }) => {
  const pdf = pdfText(made.pdf);
  if (pdf === null) return skip('pdftotext is not installed');
  const onPaper = numbersIn(pdf.replace(/Service summary · .*\n/g, '').replace(/What the numbers mean[\s\S]*/, ''));
  const inMail = numbersIn(made.html.replace(/<head>[\s\S]*<\/head>|<div style="display:none[\s\S]*?<\/div>|<[^>]*>/g, ' '));
  expect(inMail).toEqual(onPaper);
  for (const cell of document.headlines.rows.flatMap(({ value, basis, against }) => [value, basis, ...against.map((one) => one.text)]))
    expect(made.text).toContain(cell);
});

test('gives the same bytes for the same data, from whichever process', async () => {
  const other = new Printer();
  const { document: said, sheet, images } = (await prepareReport(context, specOf({ boards: ['delay'] }))).printable;
  const once = await renderPdf({ document: said, sheet, images });
  const again = await renderPdf((await prepareReport(context, specOf({ boards: ['delay'] }))).printable, other);
  expect(Buffer.from(once).equals(Buffer.from(again))).toBe(true);
  other.close();
});

test.each(locales)('prints all boards in %s as tagged PDF/UA-1 under 300 KB, a page each', async (locale) => {
  const whole = specOf({ locale, boards: boards.map(({ id }) => id), paper: locale === 'tr' || locale === 'hy' ? 'letter' : 'a4' });
  const { printable } = await prepareReport(context, whole);
  const pdf = Buffer.from(await renderPdf(printable));
  expect(pdf.includes('pdfuaid:part')).toBe(true);
  expect(pdf.byteLength).toBeLessThan(300_000);
  expect(pdf.includes('LibertinusSerif'), 'a font that is none of ours').toBe(false);
  expect(printable.document.boards.flatMap(({ charts }) => charts).filter(({ image, alt }) => image === null || alt.length < 20)).toEqual(
    [],
  );
  const text = pdfText(pdf);
  if (text === null) return;
  for (const [place, board] of printable.document.boards.entries())
    if (locale !== 'fa') expect(text.split('\f')[place + 2]).toContain(board.title);
});

test('writes Persian from right to left with its own digits and calendar', async () => {
  const { printable } = await prepareReport(context, specOf({ locale: 'fa' }));
  expect([printable.document.direction, printable.sheet.pageNumbering]).toEqual(['rtl', '۱ / ۱']);
  expect(printable.document.period).toMatch(/^[۰-۹]+ \S+ ۱۴۰۵ – [۰-۹]+ \S+ ۱۴۰۵$/);
});

test('keeps the same spec with the same content as one report', async () => {
  const again = await makeReport(context, specOf());
  expect([again.id, Buffer.from(again.pdf).equals(Buffer.from(made.pdf))]).toEqual([made.id, true]);
  const kept = await readReport(context.pool, made.id);
  expect(kept.document).toEqual(JSON.parse(JSON.stringify(document)));
  expect(kept).toMatchObject({ subject: made.subject, fileName: 'throughline-summary-2026-05-18-2026-11-16-en.pdf', isNothingNew: false });
});

test('tells that nothing is new where it found the same as the report of its spec before', async () => {
  await context.pool.query(`update app.report set content_key = 'of an earlier day' where id = $1`, [made.id]);
  const next = await makeReport(context, specOf());
  expect([next.id === made.id, next.isNothingNew]).toEqual([false, true]);
  expect((await listReports(context.pool, 10)).reports.map(({ id }) => id)).toEqual([next.id, made.id]);
});

test('narrows every part to the filters and says them', async () => {
  const { printable } = await prepareReport(context, specOf({ filters: { type: ['Incident'] } }));
  expect(printable.document.scope[1]).toBe('Only Type: Incident.');
  for (const url of printable.document.actions.lines.flatMap(({ links }) => links.map((link) => link.url)))
    expect(new URL(url).searchParams.get('type')).toBe('Incident');
});

test('refuses a board nobody knows with the known ones', async () => {
  await expect(makeReport(context, specOf({ boards: ['dalay'] }))).rejects.toThrow(
    'There is no board "dalay"; known: consistency, delay, handoff, visibility, growth, expectation.',
  );
});

function pagesOf(pdf: Uint8Array): number {
  return (
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/Type \/Page\b(?!s)/g)?.length ?? 0
  );
}

/** Numbers as they are written, in order. */
function numbersIn(text: string): string[] {
  return (text.match(/\d[\d,.]*\d|\d/g) ?? []).sort();
}

function pdfText(pdf: Uint8Array): string | null {
  try {
    return execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
