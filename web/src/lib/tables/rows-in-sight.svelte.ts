import { flushSync } from 'svelte';

/** Browsers know no boxes higher than some 17 million pixels; a longer list moves on faster than it is scrolled. */
const highest = 15_000_000;

/** Rows that go on paper at most; the file of a list has them all. */
export const mostOnPaper = 1_000;

interface Asked {
  rowHeight: number;
  /** Drawn beyond what is seen on either side, so that a quick glance finds them there. */
  spare: number;
  total: () => number;
  /** From the first on, as many as can be put on paper now. Default: all. */
  atHand?: () => number;
}

/**
 * The rows of a long table that are in the page: those in sight of the frame it scrolls in, and on paper, which does not scroll, the
 * first ones as far as they are at hand. All rows are as high as each other.
 */
export class RowsInSight {
  scrolled = $state(0);
  isPrinted = $state(false);
  #seen = $state(600);
  #asked: Asked;
  #frame: HTMLElement | null = null;

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  readonly #total = $derived.by(() => this.#asked.total());
  readonly #height = $derived.by(() => Math.min(highest, this.#total * this.#asked.rowHeight));
  readonly #isExact = $derived.by(() => this.#height === this.#total * this.#asked.rowHeight);
  readonly #reach = $derived(Math.max(1, this.#height - this.#seen));
  /** That fit into the frame. */
  readonly fitting = $derived.by(() => Math.ceil(this.#seen / this.#asked.rowHeight));
  readonly first = $derived.by(() =>
    this.#isExact
      ? Math.floor(this.scrolled / this.#asked.rowHeight)
      : Math.round(Math.min(1, this.scrolled / this.#reach) * Math.max(0, this.#total - this.fitting)),
  );
  readonly #onPaper = $derived.by(() => (this.isPrinted ? Math.min(this.#total, mostOnPaper, this.#asked.atHand?.() ?? this.#total) : 0));
  readonly from = $derived.by(() => (this.#onPaper > 0 ? 0 : Math.max(0, Math.min(this.first, this.#total - 1) - this.#asked.spare)));
  readonly to = $derived.by(() =>
    this.#onPaper > 0 ? this.#onPaper : Math.min(this.#total, this.first + this.fitting + this.#asked.spare),
  );
  readonly rows = $derived(Array.from({ length: this.to - this.from }, (_, index) => this.from + index));
  /** Pixels of the rows that are not in the page. */
  readonly above = $derived.by(() => {
    const { rowHeight } = this.#asked;
    if (this.#isExact) return this.from * rowHeight;
    return Math.max(0, Math.min(this.scrolled - (this.first - this.from) * rowHeight, this.#height - this.rows.length * rowHeight));
  });
  readonly below = $derived.by(() => Math.max(0, this.#height - this.above - this.rows.length * this.#asked.rowHeight));

  /** Follows the frame and the printer. */
  attach = (frame: HTMLElement): (() => void) => {
    this.#frame = frame;
    const paper = matchMedia('print');
    const controller = new AbortController();
    const { signal } = controller;
    // The paper is laid out as soon as the listeners are through.
    const onpaper = (isPrinted: boolean) => flushSync(() => (this.isPrinted = isPrinted));
    paper.addEventListener('change', ({ matches }) => onpaper(matches), { signal });
    addEventListener('beforeprint', () => onpaper(true), { signal });
    addEventListener('afterprint', () => onpaper(false), { signal });
    frame.addEventListener('scroll', () => (this.scrolled = frame.scrollTop), { signal, passive: true });
    const observer = new ResizeObserver(() => {
      // On paper the frame is as high as its rows, so rows added for its height would add to its height.
      if (!paper.matches) this.#seen = frame.clientHeight;
    });
    observer.observe(frame);
    return () => {
      controller.abort();
      observer.disconnect();
    };
  };

  /** Scrolls no further than it takes to see the row under the head. */
  bring(row: number): void {
    const frame = this.#frame;
    if (!frame) return;
    const { rowHeight } = this.#asked;
    if (this.#isExact) {
      const head = frame.querySelector('thead')?.clientHeight ?? 0;
      const top = row * rowHeight;
      if (top < frame.scrollTop) frame.scrollTop = top;
      else if (top + rowHeight + head > frame.scrollTop + this.#seen) frame.scrollTop = top + rowHeight + head - this.#seen;
    } else {
      const most = Math.max(1, this.#total - this.fitting);
      if (row < this.first) frame.scrollTop = (row / most) * this.#reach;
      else if (row > this.first + this.fitting - 3) frame.scrollTop = ((row - this.fitting + 3) / most) * this.#reach;
    }
    this.scrolled = frame.scrollTop;
  }
}
