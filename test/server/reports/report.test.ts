import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { boards } from '#dashboards/boards/index.js';
import type { Answer } from '#dashboards/dashboard.js';
import { locales, type Locale } from '#dashboards/i18n/messages.js';
import type { Ask } from '#server/dashboards/boards.js';
import type { Question } from '#server/dashboards/question.js';
import { buildReport } from '#server/reports/build-report.js';
import type { MetricRequest } from '#server/metrics/request.js';
import type { UnitsRequest } from '#server/metrics/units.js';
import { renderPdf } from '#server/reports/render-pdf.js';
import { answerTo, infoOf, unitsOf } from '../../dashboards/answers.js';

const window = { from: '2026-05-25', to: '2026-11-23', zone: 'Europe/Istanbul' };

const connection = {
  name: 'Sample helpdesk',
  connector: 'sample',
  isSample: true,
  asOf: '2026-11-21T08:00:00Z',
  lastCompleteAt: '2026-11-21T08:00:00Z',
  stale: null,
  items: 12_000,
  quarantined: 0,
  unmappedStatuses: [],
  lastRun: null,
};

/** Answers that are made up, but the same every time. */
const metric = async (request: MetricRequest): Promise<Answer> => ({
  info: infoOf(request.metric),
  result: {
    ...answerTo(
      {
        role: 'drawn',
        metric: request.metric,
        window: request.to === window.from ? 'previous' : 'asked',
        grain: request.grain === 'all' ? 'all' : 'asked',
        by: request.by ?? null,
      },
      null,
    ),
    from: request.from,
    to: request.to,
  },
});

const ask: Ask = Object.assign(metric, {
  units: async (request: UnitsRequest) => unitsOf(request.metric),
  notes: async () => [],
  targets: async () => [],
});

function question(locale: Locale): Question {
  return { from: null, to: null, grain: 'week', by: null, filters: {}, locale, theme: 'dark', unknownParameters: [] };
}

function report(locale: Locale, asked: Ask = ask) {
  return buildReport(boards, asked, question(locale), window, [connection]);
}

test('prints the same bytes for the same data', async () => {
  const once = await renderPdf(await report('en'));
  const again = await renderPdf(await report('en'));
  expect(Buffer.from(once).equals(Buffer.from(again))).toBe(true);
});

test.each(locales)('prints in %s as tagged PDF/UA-1 under 300 KB', async (locale) => {
  const pdf = Buffer.from(await renderPdf(await report(locale)));
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.byteLength).toBeLessThan(300_000);
  expect(pdf.includes('pdfuaid:part')).toBe(true);
});

test('prints a page count above one with the headline numbers in its text', async ({ skip }) => {
  const printed = await report('en');
  const text = pdfText(await renderPdf(printed));
  if (text === null) return skip('pdftotext is not installed');
  expect(text.split('\f').length - 1).toBeGreaterThan(3);
  for (const { value } of printed.document.headlines) expect(text).toContain(value);
});

test('prints a picture for every chart that can be drawn, with its sentence as alternative text', async () => {
  const { document, images } = await report('en');
  const charts = document.boards.flatMap((board) => board.charts);
  expect(charts).toHaveLength(boards.flatMap((board) => board.charts.filter((chart) => chart.isPrinted)).length);
  expect(document.boards[0]?.others).toBe('10 more charts are on the page.');
  expect(charts.filter((chart) => chart.image === null)).toEqual([]);
  expect([...images.keys()].sort()).toEqual(charts.map((chart) => chart.image).sort());
  for (const chart of charts) expect(chart.alt).toBe(`${chart.title}. ${chart.summary}`);
});

test('says that the numbers are those of the sample company', async () => {
  const { document } = await report('en');
  expect(document.sampleNote).toBe('These are the numbers of the made-up sample company, not of your own.');
  expect(document.freshness).toEqual(['Sample helpdesk: data to 21 Nov 2026, 11:00']);
});

test('draws nothing where nothing can be measured and says why', async () => {
  const absent = [{ connection: 'desk', signal: 'due', reason: 'the file has no dates given to customers' }];
  const deaf: Ask = Object.assign(
    async (request: MetricRequest) => {
      const answer = await ask(request);
      return { ...answer, result: { ...answer.result, rows: [], absent } };
    },
    {
      units: async ({ metric }: UnitsRequest) => ({ metric, total: 0, rows: [], asOf: null, absent }),
      notes: async () => [],
      targets: async () => [],
    },
  );
  const printed = await report('en', deaf);
  expect(printed.images.size).toBe(0);
  expect(printed.document.absent).toHaveLength(1);
  expect(printed.document.absent[0]?.reason).toBe('desk: the file has no dates given to customers');
  expect(
    Buffer.from(await renderPdf(printed))
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
});

test('prints names as they are, whatever they hold', async () => {
  const printed = await report('en');
  const hostile = '#import "/etc/passwd": * ] $x$ \\ "quoted" <b> 😀 漢字';
  const pdf = await renderPdf({ ...printed, document: { ...printed.document, freshness: [hostile] } });
  expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
});

test('draws Persian from right to left with its own digits and calendar', async () => {
  const { document } = await report('fa');
  expect(document.direction).toBe('rtl');
  expect(document.period).toMatch(/[۰-۹]/);
});

function pdfText(pdf: Uint8Array): string | null {
  try {
    return execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
