import type { ChartResponse } from '#server/api.js';
import { api } from '../api';
import { asError } from '../failure';

/** A board as a wall shows it. */
export interface WallBoard {
  title: string;
  charts: ChartResponse[];
  from: string;
  to: string;
  unknownParameters: string[];
}

/** The boards of a wall, each kept until there is a newer answer, so that nothing flickers while one is on its way. */
export class WallAnswers {
  error = $state.raw<Error | null>(null);
  #boards = $state.raw<Readonly<Record<string, WallBoard>>>({});
  /** As they came: an answer that says the same changes nothing. */
  #texts: Record<string, string> = {};

  of(board: string): WallBoard | null {
    return this.#boards[board] ?? null;
  }

  async ask(board: string, question: URLSearchParams, signal: AbortSignal): Promise<void> {
    try {
      const answer = await answerOf(board, question, signal);
      if (signal.aborted) return;
      this.error = null;
      const text = JSON.stringify(answer);
      if (this.#texts[board] === text) return;
      this.#texts[board] = text;
      this.#boards = { ...this.#boards, [board]: answer };
    } catch (error) {
      if (!signal.aborted) this.error = asError(error);
    }
  }
}

async function answerOf(board: string, question: URLSearchParams, signal: AbortSignal): Promise<WallBoard> {
  if (!board.startsWith('my:')) return api.board(board, question, signal);
  const { board: own, charts, ...window } = await api.personalBoard(board.slice(3), question, signal);
  return { ...window, title: own.title, charts: charts.flatMap(({ answer }) => answer ?? []) };
}
