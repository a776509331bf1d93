import type { Board, ChartDefinition } from '#dashboards/dashboard.js';
import type { BoardLine, ChartResponse } from '../api.js';
import { gate } from '../metrics/gate.js';
import type { Window } from '../metrics/periods.js';
import { Missing } from '../refusal.js';
import { boardHead } from './boards.js';
import type { Question } from './question.js';

/** A screen has about so many; the statements of more would only stand before those of other readers. */
const mostAtOnce = 4;

/**
 * Answers a board a chart at a time: all of them in their order, those a reader sees first before the others; or those that are
 * named, some at the same time and each as soon as it is there. Throws a `Missing` for a chart the board does not have.
 */
export async function* boardLines(
  board: Board,
  { question, window, charts }: { question: Question; window: Window; charts: readonly string[] },
  answer: (chart: ChartDefinition) => Promise<ChartResponse>,
): AsyncGenerator<BoardLine, void> {
  const ids = board.charts.map(({ id }) => id);
  const unknown = charts.find((id) => !ids.includes(id));
  if (unknown !== undefined) throw new Missing(`There is no chart "${unknown}" on the board "${board.id}"; known: ${ids.join(', ')}.`);
  yield { board: { ...boardHead(board, question, window), charts: ids } };
  if (charts.length === 0) {
    for (const definition of board.charts) yield { chart: await answer(definition) };
    return;
  }
  const inTurn = gate(mostAtOnce);
  const named = board.charts.filter(({ id }) => charts.includes(id));
  for await (const chart of asTheyCome(named.map((definition) => inTurn(() => answer(definition))))) yield { chart };
}

async function* asTheyCome<Answer>(answers: readonly Promise<Answer>[]): AsyncGenerator<Answer> {
  const awaited = new Map(answers.map((answer, index) => [index, answer.then((value) => ({ index, value }))]));
  // Where one fails, or nobody waits any more, the others are heard by nobody.
  for (const answer of awaited.values()) answer.catch(() => undefined);
  while (awaited.size > 0) {
    const { index, value } = await Promise.race(awaited.values());
    awaited.delete(index);
    yield value;
  }
}
