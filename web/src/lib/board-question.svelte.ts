import { tick, untrack } from 'svelte';
import type { BoardLine, BoardResponse } from '#server/api.js';
import { ApiError } from './api';
import { afterPaint, allDrawn, isInSight } from './drawing-turns';
import { asError } from './failure';
import { t } from './i18n/messages.svelte';

/** As many as a screen has room for come onto the page together where they are there together, so that none moves another. */
const mostInSight = 6;

/** The others come in portions that take about as long: those in sight are read before the last one is there. */
const portionMs = 16;

/** What is asked for a board. */
export interface BoardQuestion {
  board: string;
  /** Of some charts alone where they are named. */
  lines(charts: readonly string[], signal: AbortSignal): AsyncIterable<BoardLine>;
}

/**
 * A board that is shown: its charts change one after the other as they are answered, and those of the question before stay until
 * then. Those in sight are asked for and drawn before the others, which would only take the processor from them. Answers that come too
 * late are dropped.
 */
export class AskedBoard {
  answer = $state.raw<Omit<BoardResponse, 'asOf'> | null>(null);
  /** Ids of its charts as they stand on the page. */
  order = $state.raw<readonly string[]>([]);
  /** Those whose answer is on its way. */
  awaited = $state.raw<readonly string[]>([]);
  error = $state.raw<Error | null>(null);
  isWaiting = $state(true);
  #turn = $state(0);

  /** `ask` runs in an effect; read there whatever the answer depends on. Null: nothing to ask yet. */
  constructor(ask: () => BoardQuestion | null) {
    // Asked before what else has changed is drawn, so that the answer is on its way meanwhile.
    $effect.pre(() => {
      void this.#turn;
      const controller = new AbortController();
      const question = ask();
      if (question) untrack(() => void this.#follow(question, controller.signal));
      return () => controller.abort();
    });
  }

  again(): void {
    this.#turn += 1;
  }

  async #follow(question: BoardQuestion, signal: AbortSignal): Promise<void> {
    this.isWaiting = true;
    let error: Error | null = null;
    try {
      const first = this.answer?.board === question.board ? this.order.filter((id) => isSeen(id)) : [];
      await this.#takeAll(question.lines(first, signal), signal);
      if (first.length > 0 && !first.some((id) => this.awaited.includes(id)) && this.awaited.length > 0) {
        await tick();
        await allDrawn();
        if (signal.aborted) return;
        await this.#takeAll(question.lines(this.awaited, signal), signal, false);
      }
      if (this.awaited.length > 0) error = new ApiError(0, t('state.offline'), null);
    } catch (cause) {
      error = asError(cause);
    }
    if (signal.aborted) return;
    this.error = error;
    this.isWaiting = false;
  }

  async #takeAll(lines: AsyncIterable<BoardLine>, signal: AbortSignal, takesHead = true): Promise<void> {
    let begin = performance.now();
    for await (const line of lines) {
      if (signal.aborted) return;
      if (takesHead || !('board' in line)) this.#take(line);
      if (this.order.length - this.awaited.length < mostInSight) continue;
      await tick();
      if (performance.now() - begin < portionMs) continue;
      await afterPaint();
      begin = performance.now();
    }
  }

  #take(line: BoardLine): void {
    if ('error' in line) throw new ApiError(line.error.statusCode, line.error.message, line.error.errorId);
    if ('board' in line) {
      const { charts: order, ...head } = line.board;
      const before = this.answer?.board === head.board ? this.answer.charts : [];
      this.order = order;
      this.awaited = order;
      this.answer = { ...head, charts: before.filter(({ id }) => order.includes(id)) };
      return;
    }
    const { chart } = line;
    const others = this.answer?.charts.filter(({ id }) => id !== chart.id) ?? [];
    const charts = [...others, chart].sort((a, b) => this.order.indexOf(a.id) - this.order.indexOf(b.id));
    if (this.answer) this.answer = { ...this.answer, charts };
    this.awaited = this.awaited.filter((id) => id !== chart.id);
  }
}

function isSeen(chart: string): boolean {
  const card = document.querySelector(`[data-chart="${CSS.escape(chart)}"]`);
  return card !== null && isInSight(card);
}
