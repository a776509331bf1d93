import { isRightToLeft } from '../i18n/messages.js';
import { dayBefore } from '../format.js';
import type { Unit } from '../metric-result.js';
import { stepOn, type ChartTarget } from '../target.js';
import type { ValueAxis } from './axes.js';
import { drawnText, type Drawing, type Sketch } from './drawing.js';

/** A line of the drawing that something may be wanted of. */
export interface Aimed {
  metric: string;
  part: string | null;
  name: string;
  unit: Unit;
}

/** What the lines of a drawing are wanted to be, period by period. */
export interface TargetLine {
  /** For the axis. */
  values: number[];
  layers(scale: ValueAxis['scale']): Record<string, unknown>[];
  /** The drawing with the targets in its sentence, its marks and its table. */
  told(drawing: Drawing): Drawing;
}

interface Line extends Aimed {
  target: ChartTarget;
  /** By period, oldest first; those before the first day it holds are absent. */
  points: { bucket: string; goal: number }[];
  label: string;
}

/**
 * Each period has what holds on its last day. `buckets`: the periods of the axis, oldest first. The name stands where the reader's eye
 * ends, or where it begins, if there are other names at the end.
 */
export function targetLine(
  buckets: readonly string[],
  aimed: readonly Aimed[],
  sketch: Sketch,
  namedAt: 'begin' | 'end' = 'end',
): TargetLine {
  const lines = aimed.flatMap((one) => lineOf(one, buckets, aimed.length > 1, sketch));
  const goals = (bucket: unknown) =>
    lines.flatMap((line) => line.points.filter((point) => point.bucket === bucket).map(({ goal }) => ({ ...line, goal })));
  const texts = (bucket: unknown, key: 'target.mark' | null) =>
    goals(bucket).map(({ goal, unit, name }) => {
      const value = sketch.format.value(goal, unit);
      const told = key === null ? value : sketch.say(key, { value });
      return aimed.length > 1 ? `${name}: ${told}` : told;
    });
  return {
    values: lines.flatMap(({ points }) => points.map(({ goal }) => goal)),
    layers: (scale) => lines.flatMap((line) => lineLayers(line, scale, namedAt, sketch)),
    told(drawing) {
      if (lines.length === 0) return drawing;
      return {
        ...drawing,
        summary: [drawing.summary, ...lines.map((line) => sentence(line, aimed.length > 1, sketch))].join(' '),
        rows: drawing.rows.map((row) => {
          const told = texts(row['bucket'], 'target.mark');
          return typeof row['text'] === 'string' && told.length > 0 ? { ...row, text: [row['text'], ...told].join(' · ') } : row;
        }),
        table: withColumn(drawing.table, buckets, (bucket) => sketch.format.list(texts(bucket, null), 'semicolon'), sketch),
      };
    },
  };
}

function lineOf(aimed: Aimed, buckets: readonly string[], isNamed: boolean, sketch: Sketch): Line[] {
  const { context, drawn, format, say } = sketch;
  const target = context.targets?.find(({ metric, part }) => metric === aimed.metric && part === aimed.part);
  if (!target) return [];
  const end = drawn[0]?.result.to ?? '';
  const points = buckets.flatMap((bucket, index) => {
    const step = stepOn(target, dayBefore(buckets[index + 1] ?? end));
    return step ? [{ bucket, goal: step.value }] : [];
  });
  const last = points.at(-1);
  if (!last) return [];
  const value = format.value(last.goal, aimed.unit);
  const label = isNamed ? say('target.label.of', { value, name: aimed.name }) : say('target.label', { value });
  return [{ ...aimed, target, points, label: drawnText(label, sketch) }];
}

/** Dotted, so that it is neither the dashed line of another period nor a limit; where it begins, and alone, a stroke stands for it. */
function lineLayers(
  { points, label }: Line,
  scale: ValueAxis['scale'],
  namedAt: 'begin' | 'end',
  sketch: Sketch,
): Record<string, unknown>[] {
  const { colours, context } = sketch;
  const place = { field: 'goal', type: 'quantitative', scale };
  const x = { field: 'bucket', type: 'ordinal' };
  const shared = { color: colours.ink, opacity: 0.85, aria: false };
  const isLeft = isRightToLeft(context.locale) === (namedAt === 'end');
  const [edge, align] = isLeft ? [points[0], 'left'] : [points.at(-1), 'right'];
  const worth = edge ? ((edge.goal - scale.domain[0]) / (scale.domain[1] - scale.domain[0] || 1)) * context.height : 0;
  // Under the line where the upper edge would cut it.
  const below = worth > context.height - 20;
  return [
    {
      data: { values: points },
      mark: { type: 'line', point: false, interpolate: 'step', strokeWidth: 2, strokeDash: [1, 4], strokeCap: 'round', ...shared },
      encoding: { x, y: place },
    },
    {
      data: { values: points.slice(0, 1) },
      mark: { type: 'point', shape: 'stroke', size: 160, strokeWidth: 2, ...shared },
      encoding: { x, y: place },
    },
    ...[{ stroke: colours.ground, strokeWidth: 4 }, { color: colours.ink }].map((ink) => ({
      data: { values: edge ? [{ ...edge, label }] : [] },
      mark: {
        type: 'text',
        align,
        baseline: below ? 'top' : 'bottom',
        dy: below ? 5 : -5,
        fontSize: 11,
        fontWeight: 600,
        aria: false,
        ...ink,
      },
      encoding: { x, y: place, text: { field: 'label', type: 'nominal' } },
    })),
  ];
}

function sentence({ target, points, unit, name }: Line, isNamed: boolean, { say, format, drawn }: Sketch): string {
  const end = dayBefore(drawn[0]?.result.to ?? '');
  const first = stepOn(target, points[0]?.bucket ?? '');
  const steps = target.steps
    .filter((step) => step === first || (step.from > (points[0]?.bucket ?? '') && step.from <= end))
    .map(({ value, from }) => say('target.step', { value: format.value(value, unit), date: format.date(from) }));
  const told = { steps: format.list(steps) };
  return isNamed ? say('target.drawn.of', { name, ...told }) : say('target.drawn', told);
}

/** A column more, where the lines of the table are those of the periods. */
function withColumn(table: string[][], buckets: readonly string[], cell: (bucket: string) => string, { say }: Sketch): string[][] {
  const [head, ...lines] = table;
  if (!head || lines.length !== buckets.length) return table;
  return [[...head, say('target.column')], ...lines.map((line, index) => [...line, cell(buckets[index] ?? '')])];
}
