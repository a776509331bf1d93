import { numberOf } from '#dashboards/charts/drawing.js';
import type { Answer, Board, ChartDefinition, ChartQuery } from '#dashboards/dashboard.js';
import type { MetricRow } from '#dashboards/metric-result.js';
import { strongestFirst } from '#dashboards/sentences/period.js';
import type { Carriers, Movement } from '#dashboards/sentences/sentence.js';
import { metricRequest } from '../dashboards/asked.js';
import { ofOneType, ofTypeAlone, type Ask } from '../dashboards/boards.js';
import { canAskWhy } from '../dashboards/charts.js';
import type { Question } from '../dashboards/question.js';
import { carriers } from '../dashboards/why-texts.js';
import type { WhySources } from '../dashboards/why.js';
import { findMetric } from '../metrics/definitions/index.js';
import { evidenceOf } from '../metrics/evidence.js';
import type { Watched } from '../metrics/metric.js';
import type { Window } from '../metrics/periods.js';

/** Boards whose first number is told of in any case: what customers feel first. */
export const leadingBoards = ['consistency', 'delay', 'handoff'];

/** Splitting a change takes as long as a board; those after the strongest few are split when somebody asks why. */
const mostSplit = 4;

interface Asking {
  ask: Ask;
  drivers: WhySources['drivers'];
  question: Question;
  window: Window;
}

/** A movement with the chart it is of, and the question narrowed to its one type. */
interface Read {
  chart: ChartDefinition;
  typed: Question;
  movement: Movement;
}

/**
 * The headline number of every chart that has one: in the window and in the one before, and week by week; who carries the strongest
 * changes, so many of them as are to be split.
 */
export async function readMovements(asking: Asking, boards: readonly Board[], split = mostSplit): Promise<Movement[]> {
  const told = boards.flatMap((board) => board.charts.filter(hasHeadline).map((chart) => ({ board, chart })));
  const read = await Promise.all(told.map(({ board, chart }) => readMovement(asking, board, chart)));
  const changed = read.filter(({ movement }) => movement.evidence === 'signal' && movement.canAskWhy).map(({ movement }) => movement);
  const strongest = strongestFirst(changed).slice(0, split);
  return Promise.all(
    read.map(async ({ chart, typed, movement }) =>
      strongest.includes(movement) ? { ...movement, carriers: await readCarriers(asking, chart, typed) } : movement,
    ),
  );
}

async function readMovement({ ask, question, window }: Asking, board: Board, chart: ChartDefinition): Promise<Read> {
  const headline = chart.queries.filter(isOfHeadline);
  // Asked in one breath with the headline, so that one pass over the units answers all of it.
  const weekly = headline.filter(({ role, metric }) => role === 'now' && watcherOf(metric) !== null).map(byWeek);
  const whole = { ...chart, queries: [...headline, ...weekly] };
  const { answers, ofType } = await ofOneType(ask, whole, { ...question, grain: 'week' }, window);
  const answerOf = (role: string) => answers[whole.queries.findIndex((query) => query.role === role)];
  const now = answerOf('now');
  if (!now) throw new Error(`Chart "${chart.id}" has a headline without a query for it.`);
  const typed = ofTypeAlone(question, ofType);
  const rows = { now: now.result.rows[0] ?? null, before: answerOf('before')?.result.rows[0] ?? null };
  const isFirst = chart.value === undefined || chart.value === now.info.values[0];
  const evidence = isFirst && isSaid(rows.now, chart) && isSaid(rows.before, chart) ? evidenceOf(rows.now, rows.before) : 'unclear';
  const movement: Movement = {
    board: board.id,
    chart: chart.id,
    info: now.info,
    value: chart.value,
    ofType,
    ...rows,
    evidence,
    weeks: weeksOf(answerOf('drawn')),
    canAskWhy: canAskWhy(chart),
    carriers: null,
    isLeading: leadingBoards.includes(board.id) && board.charts[0] === chart,
  };
  return { chart, typed, movement };
}

function hasHeadline({ queries }: ChartDefinition): boolean {
  return ['now', 'before'].every((role) => queries.some((query) => query.role === role));
}

function isOfHeadline({ role }: ChartQuery): boolean {
  return role === 'now' || role === 'before';
}

function isSaid(row: MetricRow | null, { value }: ChartDefinition): boolean {
  return row !== null && numberOf(row, value) !== null;
}

function byWeek({ metric }: ChartQuery): ChartQuery {
  return { role: 'drawn', metric, window: 'asked', grain: 'asked', by: null };
}

/** What watches the periods of a metric; null for a number that cannot be watched. */
function watcherOf(metric: string): Watched | null {
  const [watcher, watched] = [findMetric('process-behaviour').compute, findMetric(metric)];
  return watcher.kind === 'watched' && watched.compute.kind === 'counted' && watcher.watches?.(watched) !== false ? watcher : null;
}

/** The weeks with the limits of the number's own history. */
function weeksOf(weekly: Answer | undefined): MetricRow[] {
  return (weekly && watcherOf(weekly.info.id)?.rows(weekly.result.rows, weekly.info.values[0] ?? null)) ?? [];
}

/** The same question as that of the panel behind the chart. Null where nobody carries more of the change than chance. */
async function readCarriers({ drivers, window }: Asking, chart: ChartDefinition, question: Question): Promise<Carriers | null> {
  const [now, before] = (['now', 'before'] as const).map((role) => chart.queries.find((query) => query.role === role));
  if (!now || !before) return null;
  const { grain: _grain, by: _by, ...asked } = metricRequest(now, question, window);
  const { from, to } = metricRequest(before, question, window);
  const { by, dimensions } = await drivers({
    ...asked,
    against: { from, to },
    by: null,
    ...(chart.value !== undefined && { value: chart.value }),
  });
  const best = dimensions.find((dimension) => dimension.by === by);
  const segments = carriers(best?.segments ?? []);
  return best && segments.length > 0 ? { by: best.by, segments: segments.map(({ segment, share }) => ({ name: segment, share })) } : null;
}
