import type { QueryCell, QueryColumn, QueryError, QueryRunEnd, QueryRunRequest } from '#server/api.js';
import { api } from '../api';
import { asError } from '../failure';

/** A query on its way: rows as they come, until its end, its fault or its cancelling. */
export class QueryRun {
  state = $state<'none' | 'waiting' | 'running' | 'done' | 'failed'>('none');
  /** Place in the queue; null: it runs. */
  position = $state<number | null>(null);
  columns = $state.raw<QueryColumn[]>([]);
  /** Grows in place; `count` says how many are there. */
  rows: QueryCell[][] = [];
  count = $state(0);
  end = $state.raw<QueryRunEnd | null>(null);
  error = $state.raw<QueryError | null>(null);
  /** What was asked, as it was sent. */
  asked = $state.raw<QueryRunRequest | null>(null);
  #id: string | null = null;
  #controller: AbortController | null = null;

  get isOnItsWay(): boolean {
    return this.state === 'waiting' || this.state === 'running';
  }

  /** `broken`: said where the answer ends before its end, or there is none. */
  async start(asked: QueryRunRequest, broken: string): Promise<void> {
    this.leave();
    const controller = new AbortController();
    this.#controller = controller;
    this.#begin(asked);
    try {
      for await (const message of api.runQuery(asked, controller.signal)) {
        if (controller.signal.aborted) return;
        if (message.kind === 'waiting') [this.position, this.state] = [message.position, 'waiting'];
        else if (message.kind === 'started') [this.#id, this.position, this.state] = [message.run, null, 'running'];
        else if (message.kind === 'columns') this.columns = message.columns;
        else if (message.kind === 'rows') {
          for (const row of message.rows) this.rows.push(row);
          this.count = this.rows.length;
        } else if (message.kind === 'end') [this.end, this.state] = [message, 'done'];
        else this.#fail(message);
      }
      if (this.isOnItsWay) this.#fail({ reason: 'failed', message: broken, sqlState: null, position: null });
    } catch (error) {
      if (controller.signal.aborted) return;
      const message = asError(error).message || broken;
      this.#fail({ reason: 'failed', message, sqlState: null, position: null });
    }
  }

  /** Asks the server to end it, which it tells in the answer; before it has begun the question is taken back. */
  async cancel(cancelled: string): Promise<void> {
    if (this.#id !== null) await api.cancelQuery(this.#id);
    else {
      this.leave();
      this.#fail({ reason: 'cancelled', message: cancelled, sqlState: null, position: null });
    }
  }

  /** The reader goes: the server ends a query nobody waits for. */
  leave(): void {
    this.#controller?.abort();
    this.#controller = null;
  }

  #begin(asked: QueryRunRequest): void {
    [this.#id, this.position, this.end, this.error] = [null, null, null, null];
    [this.columns, this.rows, this.count] = [[], [], 0];
    this.asked = asked;
    this.state = 'waiting';
  }

  #fail(error: QueryError): void {
    this.error = error;
    this.state = 'failed';
  }
}
