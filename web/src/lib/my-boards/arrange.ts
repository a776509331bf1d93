import type { PlacedChart } from '#server/api.js';

export type Direction = 'earlier' | 'later' | 'up' | 'down';

/** Where a chart goes that is moved from a place. Charts of half the width stand two in a row. */
export function placeAfter(charts: readonly PlacedChart[], at: number, direction: Direction): number {
  const last = charts.length - 1;
  if (direction === 'earlier') return Math.max(0, at - 1);
  if (direction === 'later') return Math.min(last, at + 1);
  const rows = rowsOf(charts);
  const row = rows.findIndex((places) => places.includes(at));
  const column = rows[row]?.indexOf(at) ?? 0;
  const next = rows[row + (direction === 'up' ? -1 : 1)];
  return next === undefined ? at : (next[column] ?? next.at(-1) ?? at);
}

/** The same charts with one of them at another place. */
export function moved(charts: readonly PlacedChart[], from: number, to: number): PlacedChart[] {
  const chart = charts[from];
  return chart === undefined ? [...charts] : charts.toSpliced(from, 1).toSpliced(to, 0, chart);
}

export function resized(charts: readonly PlacedChart[], at: number, width: PlacedChart['width']): PlacedChart[] {
  return charts.map((chart, place) => (place === at ? { ...chart, width } : chart));
}

/** What an arrow key asks for: the page runs from right to left in some languages. */
export function directionOf(key: string, textDirection: 'ltr' | 'rtl'): Direction | null {
  const isMirrored = textDirection === 'rtl';
  if (key === 'ArrowLeft') return isMirrored ? 'later' : 'earlier';
  if (key === 'ArrowRight') return isMirrored ? 'earlier' : 'later';
  if (key === 'ArrowUp') return 'up';
  return key === 'ArrowDown' ? 'down' : null;
}

/** Places row by row, as they are drawn on a wide screen. */
function rowsOf(charts: readonly PlacedChart[]): number[][] {
  const rows: number[][] = [];
  let isOpen = false;
  for (const [place, { width }] of charts.entries()) {
    if (width === 'half' && isOpen) {
      rows.at(-1)?.push(place);
      isOpen = false;
    } else {
      rows.push([place]);
      isOpen = width === 'half';
    }
  }
  return rows;
}
