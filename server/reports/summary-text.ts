import { translator } from '#dashboards/i18n/messages.js';
import type { SummaryDocument, SummaryLines, SummaryTable } from './report-document.js';

/** Longer than mail programs show of a subject. */
const longestSubject = 160;

/** What a mail's subject says: the period and the answer. */
export function subjectOf({ locale, title, period, verdict }: SummaryDocument): string {
  const whole = translator(locale)('report.subject', { title, period, verdict: verdict[0] ?? '' })
    .replace(/\s+/g, ' ')
    .trim();
  return whole.length > longestSubject ? `${whole.slice(0, longestSubject - 1)}…` : whole;
}

/** The summary as plain text, for mail programs that show nothing else. */
export function summaryText(document: SummaryDocument): string {
  const { headlines, absent } = document;
  return [
    [document.brand.name, `${document.title}, ${document.period}`, ...document.verdict, ...document.stale, document.sampleNote],
    [...document.scope, ...document.freshness],
    [
      headlines.title,
      ...headlines.rows.flatMap(({ board, title, value, basis, against, url }) => [
        `* ${board}, ${title}: ${value} (${basis})`,
        ...against.map(
          (one, place) => `  ${headlines.head[place + 2] ?? ''}: ${[one.value, one.text].filter((part) => part !== '').join(', ')}`,
        ),
        `  ${url}`,
      ]),
      headlines.note,
    ],
    linesOf(document.changes),
    linesOf(document.best),
    linesOf(document.actions),
    tableOf(document.customers),
    tableOf(document.moved),
    [absent.title, ...(absent.entries.length === 0 ? [absent.none] : absent.entries.map(({ title, reason }) => `* ${title}: ${reason}`))],
    ...document.boards.map(({ title, charts, link }) => [
      title,
      ...charts.map((chart) => `* ${chart.title}: ${chart.summary}`),
      `  ${link.url}`,
    ]),
    [document.attached, document.version],
  ]
    .map((part) => part.filter((line) => line !== null && line !== '').join('\n'))
    .join('\n\n')
    .concat('\n');
}

function linesOf({ title, lines, none, more }: SummaryLines): (string | null)[] {
  return [
    title,
    none,
    ...lines.flatMap(({ number, text, detail, links }) => [
      `${number === null ? '*' : `${number}.`} ${[text, detail].filter((part) => part !== null).join(' ')}`,
      ...links.slice(0, 1).map(({ url }) => `  ${url}`),
    ]),
    more && `  ${more.text} ${more.url}`,
  ];
}

function tableOf({ title, lead, head, rows, shown, none, more }: SummaryTable): (string | null)[] {
  return [
    title,
    none,
    [lead, shown].filter((part) => part !== null && part !== '').join(' '),
    ...rows.map(
      ({ cells: [name, ...others] }) => `* ${name}: ${others.map((cell, place) => `${head[place + 1] ?? ''} ${cell}`).join(', ')}`,
    ),
    more && `  ${more.url}`,
  ];
}
