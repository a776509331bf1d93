import { isRightToLeft } from '../i18n/messages.js';
import type { Unit } from '../metric-result.js';
import type { ChartTarget } from '../target.js';
import type { ValueAxis } from './axes.js';
import type { Sketch } from './drawing.js';

/** What one line of a drawing, or several together, are wanted to be. */
export interface Line {
  name: string;
  unit: Unit;
  target: ChartTarget;
  /** By period, oldest first; those before the first day it holds are absent. */
  points: { bucket: string; goal: number }[];
  label: string;
  colour: string | null;
  /** Names of the segments it is wanted of; null: there is no break-down. */
  of: readonly string[] | null;
}

/** Of the height of a drawing that is left by legend and axes where they take much. */
const plotShare = 0.6;

/** Pixels from one name to the next where several would stand on each other. */
const nameHeight = 14;

/** Dotted, so that they are neither the dashed line of another period nor a limit; where one begins, and alone, a stroke stands for it. */
export function targetLayers(
  lines: readonly Line[],
  scale: ValueAxis['scale'],
  namedAt: 'begin' | 'end',
  sketch: Sketch,
): Record<string, unknown>[] {
  const isLeft = isRightToLeft(sketch.context.locale) === (namedAt === 'end');
  const edges = lines.map(({ points }) => (isLeft ? points[0] : points.at(-1)));
  const height = plotShare * sketch.context.height;
  const heights = edges.map((edge) => (1 - shareOf(edge?.goal ?? 0, scale)) * height);
  const shifts = spread(heights, height);
  return [
    ...lines.flatMap((line) => strokes(line, scale, sketch)),
    ...lines.flatMap(({ label }, index) => {
      // Under the line where the upper edge would cut it.
      const isBelow = (heights[index] ?? 0) < 20;
      const place = {
        align: isLeft ? 'left' : 'right',
        baseline: isBelow ? 'top' : 'bottom',
        dy: (isBelow ? 5 : -5) + Math.round(shifts[index] ?? 0),
      };
      const at = { x: { field: 'bucket', type: 'ordinal' }, y: { field: 'goal', type: 'quantitative', scale } };
      return targetName({ ...edges[index], label }, place, at, sketch);
    }),
  ];
}

/** Dotted from side to side, where the drawing has no periods to stand in; named where the reader's eye ends. */
export function levelLayers(
  levels: readonly { goal: number; label: string }[],
  scale: ValueAxis['scale'],
  sketch: Sketch,
): Record<string, unknown>[] {
  const { context } = sketch;
  const isMirrored = isRightToLeft(context.locale);
  const y = { field: 'goal', type: 'quantitative', scale };
  const far = isMirrored ? { x: { value: 0 } } : { x: { value: 'width' } };
  return levels.flatMap((level) => {
    const isBelow = (1 - shareOf(level.goal, scale)) * plotShare * context.height < 20;
    const place = { align: isMirrored ? 'left' : 'right', baseline: isBelow ? 'top' : 'bottom', dy: isBelow ? 5 : -5 };
    return [
      {
        data: { values: [level] },
        mark: { type: 'rule', ...dotted, ...inked(sketch) },
        encoding: { y, x: { value: 0 }, x2: { value: 'width' } },
      },
      ...targetName(level, place, { y, ...far }, sketch),
    ];
  });
}

function strokes({ points, colour }: Line, scale: ValueAxis['scale'], sketch: Sketch): Record<string, unknown>[] {
  const encoding = { x: { field: 'bucket', type: 'ordinal' }, y: { field: 'goal', type: 'quantitative', scale } };
  const shared = inked(sketch, colour);
  return [
    {
      data: { values: points },
      mark: { type: 'line', point: false, interpolate: 'step', ...dotted, ...shared },
      encoding,
    },
    { data: { values: points.slice(0, 1) }, mark: { type: 'point', shape: 'stroke', size: 160, strokeWidth: 2, ...shared }, encoding },
  ];
}

/** How every target is drawn. */
export const dotted = { strokeWidth: 2, strokeDash: [1, 4], strokeCap: 'round' };

export function inked({ colours }: Sketch, colour: string | null = null): Record<string, unknown> {
  return { color: colour ?? colours.ink, opacity: 0.85, aria: false };
}

/** Its `label` in ink on a rim of the ground, whatever runs behind it; `at` is where, `place` how it lies there. */
export function targetName(
  target: { label: string | null },
  place: Record<string, unknown>,
  at: Record<string, unknown>,
  { colours }: Sketch,
): Record<string, unknown>[] {
  return [{ stroke: colours.ground, strokeWidth: 4 }, { color: colours.ink }].map((ink) => ({
    data: { values: [target] },
    mark: { type: 'text', fontSize: 11, fontWeight: 600, aria: false, ...place, ...ink },
    encoding: { ...at, text: { field: 'label', type: 'nominal' } },
  }));
}

/** Where a value stands on its axis, 0 at its foot. */
export function shareOf(value: number, { type, domain: [low, high] }: ValueAxis['scale']): number {
  const at = type === 'log' ? Math.log : (one: number) => one;
  return (at(value) - at(low)) / (at(high) - at(low) || 1);
}

/** How far each must move, in the order given, so that none of those at these heights stands on another. */
function spread(heights: readonly number[], most: number): number[] {
  const shifts = heights.map(() => 0);
  const order = [...heights.keys()].sort((one, other) => (heights[one] ?? 0) - (heights[other] ?? 0));
  let free = -Infinity;
  for (const index of order) {
    const height = heights[index] ?? 0;
    shifts[index] = Math.max(0, free - height);
    free = height + shifts[index] + nameHeight;
  }
  let lowest = most;
  for (const index of order.reverse()) {
    const height = (heights[index] ?? 0) + (shifts[index] ?? 0);
    if (height <= lowest) break;
    shifts[index] = lowest - (heights[index] ?? 0);
    lowest -= nameHeight;
  }
  return shifts;
}
