import type { ReadableQuery } from '../address.js';

/** Seconds between changes that people can follow. */
const leastSeconds = 5;
const mostSeconds = 3_600;

/** Pixels for which the wall is laid out; a larger screen shows the same larger. */
const designed = { width: 1280, height: 720 };
/** What a chart needs to be read, and what stands above and below them. */
const leastChart = { width: 480, height: 250 };
/** Its texts need more lines where it is narrow. */
const leastNarrow = 400;
const frame = 110;

export interface WallChoice {
  /** Seconds until the next charts are shown; null: they stay. */
  every: number | null;
  /** What the address says and nobody knows. */
  unknown: string[];
}

export function readWall(query: ReadableQuery): WallChoice {
  const text = query.get('every');
  if (text === null) return { every: null, unknown: [] };
  const every = /^\d+$/.test(text) ? Number(text) : NaN;
  return every >= leastSeconds && every <= mostSeconds ? { every, unknown: [] } : { every: null, unknown: [`every=${text}`] };
}

/** How much larger than on a desk everything is, and how many charts stand side by side and one below the other. */
export function wallLayout(width: number, height: number): { zoom: number; columns: number; rows: number } {
  const zoom = Math.max(1, Math.min(width / designed.width, height / designed.height));
  const places = (available: number, least: number) => Math.min(2, Math.max(1, Math.floor(available / least)));
  const columns = places(width / zoom, leastChart.width);
  return { zoom, columns, rows: places(height / zoom - frame, columns === 1 ? leastNarrow : leastChart.height) };
}

export interface Sheet {
  /** Of the boards in turn. */
  board: number;
  /** Of the board's charts, as many as fit at a time. */
  page: number;
}

/** The sheet after or before one, over all boards in turn. `pages`: of each board, at least one. */
export function turned({ board, page }: Sheet, pages: (board: number) => number, boards: number, step: 1 | -1): Sheet {
  const next = page + step;
  if (next >= 0 && next < pages(board)) return { board, page: next };
  const other = (board + step + boards) % boards;
  return { board: other, page: step === 1 ? 0 : pages(other) - 1 };
}

/** Where the wall of a board is left to. */
export function boardPath(board: string): string {
  return board.startsWith('my:') ? `/my/${encodeURIComponent(board.slice(3))}` : `/boards/${encodeURIComponent(board)}`;
}
