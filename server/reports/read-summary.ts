import type { Movement } from '#dashboards/sentences/sentence.js';
import type { Board, ChartDefinition } from '#dashboards/dashboard.js';
import type { Grain } from '#dashboards/metric-result.js';
import { Temporal } from 'temporal-polyfill';
import type { BoardResponse, ChartResponse, ConnectionState, HeadlineResponse, WatchCustomersResponse, WatchResponse } from '../api.js';
import { comparedWindow, type Window } from '../dashboards/asked.js';
import { answerBoard, answerChart, answerHeadline, type ChartSize } from '../dashboards/boards.js';
import type { Question } from '../dashboards/question.js';
import { readConnections } from '../dashboards/state.js';
import type { WatchQuestion } from '../watch/watch-question.js';
import { readMovements } from '../today/movements.js';
import { readMovedPromises, type MovedPromises } from './moved-promises.js';
import type { ReportContext } from './report-context.js';
import { boardsOf, questionOf, type ReportSpec } from './report-spec.js';

/** Changes split among segments: more than a summary tells. */
const mostSplit = 8;
/** Rows that a table of the summary has room for; it says how many there are. */
const mostCustomers = 3;
const mostMoves = 5;

/** Everything a summary is written from, before a word of it. */
export interface SummaryFacts {
  question: Question;
  window: Window;
  before: Window;
  yearBefore: Window;
  factVersion: number;
  connections: ConnectionState[];
  movements: Movement[];
  /** Of every board, with the chart they are of. */
  headlines: { board: Board; chart: ChartResponse; previous: HeadlineResponse; year: HeadlineResponse }[];
  watch: WatchResponse;
  customers: WatchCustomersResponse;
  moved: MovedPromises;
  /** The boards with a page of their own, their printed charts answered. */
  boards: { definition: Board; answer: BoardResponse }[];
}

/** Asks boards, watch list and ledger of promises; the sentences are against the period just before, whatever the charts draw. */
export async function readSummary(context: ReportContext, spec: ReportSpec): Promise<SummaryFacts> {
  const chosen = boardsOf(spec, context.boards);
  const asked = questionOf(spec);
  const { compare: _compare, ...plain } = asked;
  const { ask, drivers, window, version } = await context.dashboards.prepare(asked);
  const question = { ...asked, grain: grainOf(window) };
  const yearly: Question = { ...plain, compare: 'year' };
  const { filters } = asked;
  const onWatch: Omit<WatchQuestion, 'limit'> = {
    filters,
    reason: null,
    sort: 'urgency',
    handled: 'hidden',
    offset: 0,
    unknownParameters: [],
  };
  const [connections, movements, headlines, watch, customers, moved, boards] = await Promise.all([
    readConnections(context.pool),
    readMovements({ ask, drivers, question: plain, window }, context.boards, mostSplit),
    Promise.all(
      context.boards.map(async (board) => {
        const [previous, year, chart] = await Promise.all([
          answerHeadline(ask, board, plain, window),
          answerHeadline(ask, board, yearly, window),
          answerChart(ask, leadingChart(board), plain, window),
        ]);
        return { board, chart, previous, year };
      }),
    ),
    context.watch.list({ ...onWatch, limit: 1 }),
    context.watch.customers({ ...onWatch, limit: mostCustomers }),
    readMovedPromises(context, ask, plain, window, mostMoves),
    Promise.all(
      chosen.map(async (definition) => ({
        definition,
        answer: await answerBoard(ask, { ...definition, charts: printedCharts(definition) }, question, window, printSize(definition)),
      })),
    ),
  ]);
  return {
    question,
    window,
    before: comparedWindow(window, plain),
    yearBefore: comparedWindow(window, yearly),
    factVersion: version,
    connections: connections.filter(({ name }) => filters.connection?.includes(name) ?? true),
    movements,
    headlines,
    watch,
    customers,
    moved,
    boards,
  };
}

/** As many as a page holds. */
const mostOnPage = 3;

/** Fewer would leave half of it empty. */
const leastOnPage = 2;

/** Charts of a board that are printed: those marked so, and where they are few the next ones that tell a number over time. */
function printedCharts({ charts }: Board): ChartDefinition[] {
  const marked = charts.filter(({ isPrinted }) => isPrinted === true).slice(0, mostOnPage);
  const next = charts
    .filter((chart) => !marked.includes(chart) && chart.kind === 'trend')
    .slice(0, Math.max(0, leastOnPage - marked.length));
  return charts.filter((chart) => [...marked, ...next].includes(chart));
}

/** Pixels; drawn over the width of the text the letters are those of the text. The charts of a board share the height of its page. */
function printSize(board: Board): ChartSize {
  return { width: 660, height: printedCharts(board).length === mostOnPage ? 180 : 260 };
}

function leadingChart({ id, charts }: Board): ChartDefinition {
  const [first] = charts;
  if (!first) throw new Error(`Board "${id}" has no chart; its first one carries the headline.`);
  return first;
}

/** A month of days, two years of weeks: as many marks as a printed line holds apart. */
function grainOf(window: Window): Grain {
  const { days } = Temporal.PlainDate.from(window.from).until(window.to);
  if (days <= 35) return 'day';
  return days <= 740 ? 'week' : 'month';
}
