import type { Board } from '#dashboards/dashboard.js';
import { boardDescription, boardTitle } from '#dashboards/titles.js';
import type { BoardLine, BoardResponse } from '../api.js';
import type { Window } from './asked.js';
import { answerChart, latest, type Ask } from './boards.js';
import type { Question } from './question.js';

/** Answers a board a chart at a time, those a reader sees first before the others; who leaves ends it. Gives the whole in the end. */
export async function* boardLines(ask: Ask, board: Board, question: Question, window: Window): AsyncGenerator<BoardLine, BoardResponse> {
  const head = {
    board: board.id,
    title: boardTitle(board, question.locale),
    description: boardDescription(board, question.locale),
    from: window.from,
    to: window.to,
    unknownParameters: question.unknownParameters,
  };
  yield { board: { ...head, charts: board.charts.map(({ id }) => id) } };
  const charts = [];
  for (const definition of board.charts) {
    const chart = await answerChart(ask, definition, question, window);
    charts.push(chart);
    yield { chart };
  }
  return { ...head, asOf: latest(charts.map(({ result }) => result.asOf)), charts };
}

/** The lines of a board that is answered already. */
export function linesOf({ charts, asOf: _asOf, ...head }: BoardResponse): BoardLine[] {
  return [{ board: { ...head, charts: charts.map(({ id }) => id) } }, ...charts.map((chart) => ({ chart }))];
}
