import type { ItemsResponse, ItemSummary } from '#server/api.js';

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
    this.#fetch(0, 0);
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
    this.#rest = setTimeout(() => wanted.forEach((window) => this.#fetch(window, wanted[0] ?? 0)), restMs);
  }

  again(): void {
    this.error = null;
    this.#asked = Object.keys(this.#windows).map(Number);
    this.#fetch(0, 0);
  }

  close(): void {
    clearTimeout(this.#rest);
    this.#controller.abort();
  }

  #fetch(window: number, seen: number): void {
    if (this.#asked.includes(window)) return;
    this.#asked.push(window);
    const { signal } = this.#controller;
    this.#ask(window * windowRows, windowRows, signal).then(
      ({ items, ...about }) => {
        if (signal.aborted) return;
        this.about ??= about;
        const near = Object.entries({ ...this.#windows, [window]: items }).filter(
          ([kept]) => Math.abs(Number(kept) - seen) <= mostWindows / 2,
        );
        this.#windows = Object.fromEntries(near);
        // What is too far away is forgotten, and asked for again when it is seen.
        this.#asked = this.#asked.filter((asked) => Math.abs(asked - seen) <= mostWindows / 2);
      },
      (error: unknown) => {
        this.#asked = this.#asked.filter((asked) => asked !== window);
        if (!signal.aborted) this.error = error instanceof Error ? error : new Error(String(error));
      },
    );
  }
}
