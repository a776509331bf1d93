import type { ItemsResponse, ItemSummary } from '#server/api.js';
import { asError } from './failure';

/** Rows asked for at a time. */
const windowRows = 200;

/** Kept in memory; those farthest from what is seen go first. */
const mostWindows = 60;

/** A reader who drags through a long list passes windows that nobody looks at: they are not asked for. */
const restMs = 60;

/** A long list of which the part that is seen is asked for, window by window. */
export class ItemWindows {
  /** What the first answer said of the whole list; null before it. */
  about = $state.raw<Omit<ItemsResponse, 'items'> | null>(null);
  error = $state.raw<Error | null>(null);
  #windows = $state.raw<Readonly<Record<number, readonly ItemSummary[]>>>({});
  /** On their way or there. */
  #asked: number[] = [];
  #controller = new AbortController();
  #rest: ReturnType<typeof setTimeout> | undefined;
  #ask: (offset: number, limit: number, signal: AbortSignal) => Promise<ItemsResponse>;

  constructor(ask: (offset: number, limit: number, signal: AbortSignal) => Promise<ItemsResponse>) {
    this.#ask = ask;
    void this.#fetch(0, 0);
  }

  /** Null while it is on its way. */
  at(row: number): ItemSummary | null {
    return this.#windows[Math.floor(row / windowRows)]?.[row % windowRows] ?? null;
  }

  /** Sees to it that these rows come. */
  show(first: number, last: number): void {
    const wanted = [Math.floor(first / windowRows), Math.floor(last / windowRows)];
    clearTimeout(this.#rest);
    if (wanted.every((window) => this.#asked.includes(window))) return;
    this.#rest = setTimeout(() => wanted.forEach((window) => void this.#fetch(window, wanted[0] ?? 0)), restMs);
  }

  /** How many there are from the first on without a gap, up to `most`. */
  atHand(most: number): number {
    let rows = 0;
    while (rows < most && this.at(rows) !== null) rows += 1;
    return rows;
  }

  /** Asks for the first `most`, one window after the other; throws what kept one from coming. */
  async bring(most: number): Promise<void> {
    const wanted = Math.min(most, this.about?.total ?? 0);
    for (let row = this.atHand(wanted); row < wanted; row = this.atHand(wanted)) {
      const window = Math.floor(row / windowRows);
      this.#asked = this.#asked.filter((asked) => asked !== window);
      await this.#fetch(window, 0);
      if (this.error) throw this.error;
      if (this.atHand(wanted) === row) return;
    }
  }

  again(): void {
    this.error = null;
    this.#asked = Object.keys(this.#windows).map(Number);
    void this.#fetch(0, 0);
  }

  close(): void {
    clearTimeout(this.#rest);
    this.#controller.abort();
  }

  async #fetch(window: number, seen: number): Promise<void> {
    if (this.#asked.includes(window)) return;
    this.#asked.push(window);
    const { signal } = this.#controller;
    try {
      const { items, ...about } = await this.#ask(window * windowRows, windowRows, signal);
      if (signal.aborted) return;
      this.about ??= about;
      const near = Object.entries({ ...this.#windows, [window]: items }).filter(
        ([kept]) => Math.abs(Number(kept) - seen) <= mostWindows / 2,
      );
      this.#windows = Object.fromEntries(near);
      // What is too far away is forgotten, and asked for again when it is seen.
      this.#asked = this.#asked.filter((asked) => Math.abs(asked - seen) <= mostWindows / 2);
    } catch (error) {
      this.#asked = this.#asked.filter((asked) => asked !== window);
      if (!signal.aborted) this.error = asError(error);
    }
  }
}
