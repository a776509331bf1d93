import { composeChart } from '#dashboards/charts/compose.js';
import type { Answer, Board, ChartContext, ChartDefinition, ChartQuery } from '#dashboards/dashboard.js';
import { boardDescription, boardTitle } from '#dashboards/titles.js';
import type { MetricRow } from '#dashboards/metric-result.js';
import type { ChartNote } from '#dashboards/note.js';
import type { UnitResult } from '#dashboards/unit-result.js';
import { evidenceOf } from '../metrics/evidence.js';
import { askedByType, hasMixed, isPercentile, mainType } from '../metrics/mixed-types.js';
import type { Window } from '../metrics/periods.js';
import type { MetricRequest } from '../metrics/request.js';
import type { UnitsRequest } from '../metrics/units.js';
import type { BoardResponse, ChartResponse, HeadlineResponse, HeadlineValue, Target } from '../api.js';
import { Missing } from '../refusal.js';
import { calendarAsked, comparedChart, metricRequest } from './asked.js';
import { targetPlace, targetsDrawn } from './chart-targets.js';
import { canAskWhy } from './charts.js';
import type { Question } from './question.js';

/** Whoever can answer a metric and name the units behind it: the engine, with or without a memory. */
export interface Ask {
  (request: MetricRequest): Promise<Answer>;
  units(request: UnitsRequest): Promise<UnitResult>;
  /** What people have noted about a window, as far as the filters concern it. */
  notes(question: Pick<Question, 'filters'>, window: Window): Promise<ChartNote[]>;
  /** What numbers are wanted to be, told in the reader's language. */
  targets(question: Pick<Question, 'locale' | 'digits' | 'calendar'>): Promise<Target[]>;
}

export type ChartSize = Pick<ChartContext, 'width' | 'height'>;

/** Pixels the page's charts are composed at; it redraws them in its own width. */
const pageSize: ChartSize = { width: 760, height: 280 };

/** Throws `Missing`, naming the known ones, for a board there is not. */
export function findBoard(boards: readonly Board[], id: string): Board {
  const board = boards.find((candidate) => candidate.id === id);
  if (!board) throw new Missing(`There is no board "${id}"; known: ${boards.map((known) => known.id).join(', ')}.`);
  return board;
}

/** A board with all its charts, asked for side by side. Page and report come through here, so they show the same numbers. */
export async function answerBoard(ask: Ask, board: Board, question: Question, window: Window, size = pageSize): Promise<BoardResponse> {
  return wholeBoard(
    board,
    question,
    window,
    await Promise.all(board.charts.map((chart) => answerChart(ask, chart, question, window, size))),
  );
}

/** A board of charts that are answered. */
export function wholeBoard(board: Board, question: Question, window: Window, charts: ChartResponse[]): BoardResponse {
  return { ...boardHead(board, question, window), asOf: latest(charts.map(({ result }) => result.asOf)), charts };
}

/** What is told of a board beside its charts. */
export function boardHead(board: Board, question: Question, window: Window): Omit<BoardResponse, 'asOf' | 'charts'> {
  return {
    board: board.id,
    title: boardTitle(board, question.locale),
    description: boardDescription(board, question.locale),
    from: window.from,
    to: window.to,
    unknownParameters: question.unknownParameters,
  };
}

/** One chart with the plain answer to the first of its queries. */
export async function answerChart(
  ask: Ask,
  chart: ChartDefinition,
  question: Question,
  window: Window,
  size = pageSize,
): Promise<ChartResponse> {
  const { finished, answers, ofType, target } = await compose(ask, chart, question, window, size);
  const [first] = answers;
  if (!first) throw new Error(`Chart "${chart.id}" asks nothing; give it a query in dashboards/boards.`);
  return { ...finished, info: first.info, result: first.result, ofType, canAskWhy: canAskWhy(chart), target };
}

/** The first chart of a board as one number: now, before, and whether the difference is more than chance. */
export async function answerHeadline(ask: Ask, board: Board, question: Question, window: Window): Promise<HeadlineResponse> {
  const [chart] = board.charts;
  if (!chart) throw new Error(`Board "${board.id}" has no chart; its first one carries the headline.`);
  const { finished, answers, queries } = await compose(ask, chart, question, window, pageSize);
  const value = (role: string) => headlineValue(answers[queries.findIndex((query) => query.role === role)], chart);
  const now = value('now');
  const before = value('before');
  return {
    board: board.id,
    chart: chart.id,
    metric: finished.metric,
    asOf: latest(answers.map((answer) => answer.result.asOf)),
    title: finished.title,
    summary: finished.summary,
    headline: finished.headline,
    evidence: evidenceOf(now, before),
    now,
    before,
    target: finished.headline?.target ?? null,
  };
}

/** All that a chart draws, asked for: the answers to its queries in their order, as compared, and its units. */
export async function askChart(ask: Ask, definition: ChartDefinition, question: Question, window: Window) {
  const chart = comparedChart(definition, question);
  const unitsOf = (ofType: string | null) => askUnits(ask, chart, ofTypeAlone(question, ofType), window);
  const ahead = await typeAhead(ask, chart, question, window);
  const answered = answersOfOneType(ask, chart, question, window, ahead);
  const units = ahead === null ? answered.then(({ ofType }) => unitsOf(ofType)) : unitsOf(ahead);
  const [{ answers, ofType }, asked] = await Promise.all([answered, units]);
  return { chart, answers, ofType, units: asked };
}

async function compose(ask: Ask, definition: ChartDefinition, question: Question, window: Window, size: ChartSize) {
  const { chart, answers, ofType, units } = await askChart(ask, definition, question, window);
  const typed = ofTypeAlone(question, ofType);
  const targets = await ask.targets(question);
  const context: ChartContext = {
    notes: await ask.notes(question, window),
    targets: targetsDrawn(targets, chart, typed),
    locale: question.locale,
    theme: question.theme,
    calendar: calendarAsked(question),
    ...(question.digits && { digits: question.digits }),
    ...(question.compare && { compare: question.compare }),
    ...(question.clock && { clock: question.clock }),
    ...size,
    isFiltered: Object.keys(question.filters).length > 0,
    ofType,
  };
  const finished = composeChart(chart, answers, context, units);
  return { finished, answers, ofType, queries: chart.queries, target: targetPlace(targets, chart, typed, window) };
}

interface TypedAnswers {
  answers: Answer[];
  /** The type they are of alone; null: of all. */
  ofType: string | null;
}

/** The answers of a chart. Percentiles over several types are asked of the type with most items alone, which the chart then names. */
export async function ofOneType(ask: Ask, chart: ChartDefinition, question: Question, window: Window): Promise<TypedAnswers> {
  return answersOfOneType(ask, chart, question, window, await typeAhead(ask, chart, question, window));
}

async function answersOfOneType(
  ask: Ask,
  chart: ChartDefinition,
  question: Question,
  window: Window,
  ahead: string | null,
): Promise<TypedAnswers> {
  const answers = await answersOf(ask, chart, ofTypeAlone(question, ahead), window);
  const [query] = chart.queries;
  if (!query || ahead !== null || isOfOneType(query, question) || !answers.some(({ result }) => hasMixed(result)))
    return { answers, ofType: ahead };
  const ofType = await typeOfMost(ask, query, question, window);
  return { answers: ofType === null ? answers : await answersOf(ask, chart, ofTypeAlone(question, ofType), window), ofType };
}

/** The type a chart of percentiles is asked of, which is known before they are; null: all, or told by the answers. */
async function typeAhead(ask: Ask, { queries: [query] }: ChartDefinition, question: Question, window: Window): Promise<string | null> {
  return query && isPercentile(query.metric) && !isOfOneType(query, question) ? typeOfMost(ask, query, question, window) : null;
}

function isOfOneType(query: ChartQuery, question: Question): boolean {
  return query.by === 'type' || question.by === 'type' || question.filters.type?.length === 1;
}

async function typeOfMost(ask: Ask, { metric }: ChartQuery, { filters }: Question, window: Window): Promise<string | null> {
  const byType = await ask({ metric: askedByType(metric), ...window, grain: 'all', by: 'type', filters });
  return mainType(byType.result);
}

function answersOf(ask: Ask, chart: ChartDefinition, question: Question, window: Window): Promise<Answer[]> {
  return Promise.all(chart.queries.map((query) => ask(metricRequest(query, question, window))));
}

export function ofTypeAlone(question: Question, type: string | null): Question {
  return type === null ? question : { ...question, filters: { ...question.filters, type: [type] } };
}

/** The single units of a chart, of the same items as its numbers. */
function askUnits(ask: Ask, chart: ChartDefinition, question: Question, window: Window): Promise<UnitResult[]> {
  return Promise.all(
    (chart.units ?? []).map(({ metric, take, most }) =>
      ask.units({ ...metricRequest({ role: 'drawn', metric, window: 'asked', grain: 'all', by: null }, question, window), take, most }),
    ),
  );
}

function headlineValue(answer: Answer | undefined, chart: ChartDefinition): HeadlineValue | null {
  const row = answer?.result.rows[0];
  if (!answer || !row) return null;
  const part = chart.value ?? answer.info.values[0];
  const hasInterval = part === answer.info.values[0];
  return {
    from: answer.result.from,
    to: answer.result.to,
    value: valueOf(row, part),
    n: row.n,
    lo: hasInterval ? row.lo : null,
    hi: hasInterval ? row.hi : null,
    note: row.note,
  };
}

function valueOf(row: MetricRow, part: string | undefined): number | null {
  return (row.values ? row.values[part ?? ''] : row.value) ?? null;
}

/** The latest of some ISO instants in UTC. */
export function latest(instants: (string | null)[]): string | null {
  return instants.reduce((best, instant) => (instant !== null && (best === null || instant > best) ? instant : best), null);
}
