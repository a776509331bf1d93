import { z } from 'zod';
import type { Board, ChartDefinition } from '#dashboards/dashboard.js';
import type { PersonalBoard, PlacedChart } from '../api.js';
import { Refusal } from '../refusal.js';

/** As many as a page draws without making its reader wait. */
const mostCharts = 40;

export const Placed = z.strictObject({
  board: z.string().min(1).max(200),
  chart: z.string().min(1).max(200),
  width: z.enum(['half', 'full']).default('half'),
});

export const PlacedCharts = z
  .array(Placed)
  .max(mostCharts, `are more than ${mostCharts}; make a second board.`)
  .refine((charts) => new Set(charts.map(nameOf)).size === charts.length, 'name a chart twice; a chart is on a board once.');

/** Undefined where nobody knows it any more. */
export function definitionOf(
  boards: readonly Board[],
  { board, chart }: Pick<PlacedChart, 'board' | 'chart'>,
): ChartDefinition | undefined {
  return boards.find(({ id }) => id === board)?.charts.find(({ id }) => id === chart);
}

/** Throws a `Refusal` for charts that nobody knows and that are not among those kept before. */
export function refuseUnknownCharts(boards: readonly Board[], charts: readonly PlacedChart[], kept: readonly PlacedChart[] = []): void {
  const before = new Set(kept.map(nameOf));
  const unknown = charts.filter((chart) => !before.has(nameOf(chart)) && definitionOf(boards, chart) === undefined);
  if (unknown.length === 0) return;
  const known = boards.map((board) => `${board.id} (${board.charts.map(({ id }) => id).join(', ')})`).join('; ');
  throw new Refusal(`There is no chart ${unknown.map((one) => `"${nameOf(one)}"`).join(', ')}; known are ${known}.`);
}

/** The board as those in code are: its known charts, all of them printed. What nobody knows any more is left to the caller to tell. */
export function asBoard(personal: PersonalBoard, boards: readonly Board[]): Board {
  return {
    id: `my:${personal.id}`,
    title: { en: personal.title },
    ...(personal.description !== '' && { description: { en: personal.description } }),
    charts: personal.charts.flatMap((placed) => {
      const definition = definitionOf(boards, placed);
      return definition ? [{ ...definition, isPrinted: true }] : [];
    }),
  };
}

function nameOf({ board, chart }: Pick<PlacedChart, 'board' | 'chart'>): string {
  return `${board}/${chart}`;
}
