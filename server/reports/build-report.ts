import type { Board, ChartDefinition, Headline } from '#dashboards/dashboard.js';
import { formatter, missing } from '#dashboards/format.js';
import { isRightToLeft, translator, type Locale, type Translate } from '#dashboards/i18n/messages.js';
import type { Grain } from '#dashboards/metric-result.js';
import { Temporal } from 'temporal-polyfill';
import type { BoardResponse, ChartResponse, ConnectionState, HeadlineResponse } from '../api.js';
import { comparedWindow, type Window } from '../dashboards/asked.js';
import { answerBoard, answerHeadline, type Ask } from '../dashboards/boards.js';
import type { Question } from '../dashboards/question.js';
import { chartSvg } from './chart-svg.js';
import type { PrintableReport, ReportChart, ReportDocument } from './report-document.js';
import { reportTexts } from './texts.js';

/** Pixels; drawn over the width of the text the letters are those of the text. */
const printSize = { width: 660, height: 226 };

const fonts: Record<Locale, string[]> = {
  en: ['Noto Sans', 'Vazirmatn', 'Noto Sans Armenian'],
  tr: ['Noto Sans', 'Vazirmatn', 'Noto Sans Armenian'],
  fa: ['Vazirmatn', 'Noto Sans', 'Noto Sans Armenian'],
  hy: ['Noto Sans', 'Noto Sans Armenian', 'Vazirmatn'],
};

/** The summary of a window: the boards' own answers and charts, in print. Always light, whatever the question's theme. */
export async function buildReport(
  boards: readonly Board[],
  ask: Ask,
  asked: Question,
  window: Window,
  connections: ConnectionState[],
): Promise<PrintableReport> {
  const question: Question = { ...asked, theme: 'light', grain: asked.grain ?? grainOf(window) };
  const [headlines, answers] = await Promise.all([
    Promise.all(boards.map((board) => answerHeadline(ask, board, question, window))),
    Promise.all(boards.map((board) => answerBoard(ask, board, question, window, printSize))),
  ]);
  const images = new Map<string, string>();
  for (const chart of printedOf(boards, answers)) {
    const svg = await chartSvg(chart);
    if (svg !== null) images.set(imageName(chart.id), svg);
  }
  return { document: reportDocument(boards, question, window, connections, headlines, answers, images), images };
}

function reportDocument(
  boards: readonly Board[],
  question: Question,
  window: Window,
  connections: ConnectionState[],
  headlines: HeadlineResponse[],
  answers: BoardResponse[],
  images: ReadonlyMap<string, string>,
): ReportDocument {
  const { locale } = question;
  const say = reportTexts(locale);
  const format = formatter(locale, question);
  const before = comparedWindow(window, question);
  const compared = answers
    .flatMap((board) => board.charts)
    .filter((chart) => chart.headline !== null && isFirstOfItsHeadline(chart.id, boards));
  const beyondChance = compared.filter(({ headline }) => headline?.change?.tone === 'worse' || headline?.change?.tone === 'better');
  const othersOf = (board: BoardResponse) => {
    const count = board.charts.length - printedOf(boards, [board]).length;
    return count === 0 ? '' : say('others', { count: format.count(count) });
  };
  const unchanged = compared.length - beyondChance.length;
  const shown = connections.filter(({ name }) => question.filters.connection?.includes(name) ?? true);
  return {
    locale,
    direction: isRightToLeft(locale) ? 'rtl' : 'ltr',
    fonts: fonts[locale],
    title: say('title'),
    period: `${format.date(window.from)} – ${format.date(lastDay(window.to))}`,
    createdOn: createdOn(window, answers),
    freshness: shown.map(({ name, asOf }) =>
      asOf === null ? say('noData', { connection: name }) : say('dataTo', { connection: name, at: format.instant(asOf, window.zone) }),
    ),
    sampleNote: shown.some((connection) => connection.isSample) ? say('sample') : null,
    pageNumbering: locale === 'fa' ? '۱ / ۱' : '1 / 1',
    texts: {
      headlines: say('headlines'),
      changes: say('changes', { from: format.date(before.from), to: format.date(lastDay(before.to)) }),
      noChanges: compared.length === 0 ? say('noChanges') : say('noneBeyond'),
      unchanged: unchanged === 0 ? '' : say('unchanged', { count: format.count(unchanged) }),
      changeHead: [say('measure'), say('now'), say('change')],
      definitions: say('definitions'),
      absent: say('absent'),
    },
    headlines: headlines.map((one) => ({
      ...(one.headline ?? { ...nothing, note: one.summary }),
      board: answers.find(({ board }) => board === one.board)?.title ?? one.board,
      title: one.title,
      evidence: one.headline === null ? '' : say(one.evidence),
    })),
    changes: beyondChance
      .map(({ title, headline }) => ({
        title,
        value: headline?.value ?? missing,
        note: headline?.note ?? '',
        change: headline?.change ?? null,
      }))
      .sort((one, other) => weight(one.change) - weight(other.change)),
    boards: answers.map((board) => ({
      title: board.title,
      description: board.description,
      others: othersOf(board),
      charts: printedOf(boards, [board]).map((chart): ReportChart => {
        const image = images.has(imageName(chart.id)) ? imageName(chart.id) : null;
        return {
          title: chart.title,
          summary: chart.summary,
          image,
          alt: `${chart.title}. ${chart.summary}`,
          notes: chart.notes.map(({ number, text, kind, period }) => `${number}  ${text} · ${kind} · ${period}`),
        };
      }),
    })),
    definitions: definitions(printedOf(boards, answers), translator(locale)),
    absent: absent(answers),
  };
}

const nothing: Headline = { value: missing, basis: '', change: null, note: null };

/** Each metric once, with what a reader on paper needs; period, time of the data and what is absent stand elsewhere. */
function definitions(charts: ChartResponse[], say: Translate): ReportDocument['definitions'] {
  const leftOut = [say('fact.period'), say('fact.as-of'), say('fact.minimum'), say('fact.better'), say('fact.absent')];
  const byMetric = new Map(charts.map((chart) => [chart.metric, chart.explanation]));
  return [...byMetric.values()].map(({ name, definition, facts }) => ({
    name,
    definition,
    facts: facts.filter((fact) => !leftOut.includes(fact.label)),
  }));
}

/** Reason by reason, with the metrics it takes away. */
function absent(answers: BoardResponse[]): ReportDocument['absent'] {
  const names = new Map<string, Set<string>>();
  for (const chart of answers.flatMap((board) => board.charts)) {
    for (const { connection, reason } of chart.absent) {
      const key = `${connection}: ${reason}`;
      names.set(key, (names.get(key) ?? new Set()).add(chart.explanation.name));
    }
  }
  return [...names].map(([reason, metrics]) => ({ title: [...metrics].join(', '), reason }));
}

/** The charts the summary has room for. */
function printedOf(boards: readonly Board[], answers: BoardResponse[]): ChartResponse[] {
  const ids = boards.flatMap((board) => board.charts.filter((chart) => chart.isPrinted === true).map(({ id }) => id));
  return answers.flatMap((board) => board.charts.filter(({ id }) => ids.includes(id)));
}

/** Charts of one metric share a headline; it is told once. */
function isFirstOfItsHeadline(id: string, boards: readonly Board[]): boolean {
  const headlineOf = (chart: ChartDefinition) => chart.queries.find((query) => query.role === 'now')?.metric;
  const definitions = boards.flatMap((board) => board.charts);
  const own = definitions.find((chart) => chart.id === id);
  return own !== undefined && definitions.find((chart) => headlineOf(chart) === headlineOf(own)) === own;
}

/** Worse first. */
function weight(change: Headline['change']): number {
  return change?.tone === 'worse' ? 0 : 1;
}

/** A month of days, two years of weeks: as many marks as a printed line holds apart. */
function grainOf(window: Window): Grain {
  const { days } = Temporal.PlainDate.from(window.from).until(window.to);
  if (days <= 35) return 'day';
  return days <= 740 ? 'week' : 'month';
}

function createdOn(window: Window, answers: BoardResponse[]): ReportDocument['createdOn'] {
  const asOf = answers.map((board) => board.asOf).find((instant) => instant !== null);
  const { year, month, day } = asOf
    ? Temporal.Instant.from(asOf).toZonedDateTimeISO(window.zone)
    : Temporal.PlainDate.from(lastDay(window.to));
  return { year, month, day };
}

function imageName(chart: string): string {
  return `${chart}.svg`;
}

/** Windows are half-open; people read the last day. */
function lastDay(to: string): string {
  return Temporal.PlainDate.from(to).subtract({ days: 1 }).toString();
}
