import type { Movement } from '#dashboards/sentences/sentence.js';
import type { Board, ChartDefinition } from '#dashboards/dashboard.js';
import type { Grain } from '#dashboards/metric-result.js';
import { Temporal } from 'temporal-polyfill';
import type {
  BoardResponse,
  ChartResponse,
  ConnectionState,
  HeadlineResponse,
  ReportSpec,
  WatchCustomersResponse,
  WatchResponse,
} from '../api.js';
import { readConnections } from '../connections/connection-states.js';
import { comparedWindow } from '../dashboards/asked.js';
import { answerBoard, answerChart, answerHeadline, type ChartSize } from '../dashboards/boards.js';
import type { Question } from '../dashboards/question.js';
import type { Window } from '../metrics/periods.js';
import type { WatchQuestion } from '../watch/watch-question.js';
import { readMovements } from '../today/movements.js';
import { readMovedPromises, type MovedPromises } from './moved-promises.js';
import type { ReportContext } from './report-context.js';
import { boardsOf, questionOf } from './report-spec.js';

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
  // One after the other: each asks for much at once, and all of it together would wait longer for a connection than is allowed.
  const connections = await readConnections(context.pool);
  const movements = await readMovements({ ask, drivers, question: plain, window }, context.boards, mostSplit);
  const headlines = await Promise.all(
    context.boards.map(async (board) => {
      const [previous, year, chart] = await Promise.all([
        answerHeadline(ask, board, plain, window),
        answerHeadline(ask, board, yearly, window),
        answerChart(ask, leadingChart(board), plain, window),
      ]);
      return { board, chart, previous, year };
    }),
  );
  const watch = await context.watch.list({ ...onWatch, limit: 1 });
  const customers = await context.watch.customers({ ...onWatch, limit: mostCustomers });
  const moved = await readMovedPromises(context, ask, plain, window, mostMoves);
  const boards: SummaryFacts['boards'] = [];
  for (const definition of chosen) {
    const printed = { ...definition, charts: printedCharts(definition) };
    boards.push({ definition, answer: await answerBoard(ask, printed, question, window, printSize(definition)) });
  }
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
