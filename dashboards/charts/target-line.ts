import { dayBefore } from '../format.js';
import type { Unit } from '../metric-result.js';
import { stepOn } from '../target.js';
import type { TableCell } from './cells.js';
import type { ValueAxis } from './axes.js';
import { drawnText, segmentName, type Drawing, type Sketch } from './drawing.js';
import { targetLayers, type Line } from './target-layers.js';

/** A line of the drawing that something may be wanted of. */
export interface Aimed {
  metric: string;
  part: string | null;
  name: string;
  unit: Unit;
  /** Of a break-down: which segment it is. It is wanted to be what is wanted of that segment, or else of all together. */
  segment?: string | null;
  /** Null: not drawn, but in the table. Default: ink. */
  colour?: string | null;
}

/** What the lines of a drawing are wanted to be, period by period. */
export interface TargetLine {
  /** For the axis. */
  values: number[];
  layers(scale: ValueAxis['scale']): Record<string, unknown>[];
  /** Each value that is wanted at some time, for drawings whose axis has no periods. */
  levels: { goal: number; label: string }[];
  /** What its sentence says of them. */
  sentences: string[];
  /** The drawing with the targets in its sentence, its marks and its table. */
  told(drawing: Drawing): Drawing;
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
  const isBroken = aimed.some(({ segment }) => segment !== undefined);
  const isNamed = !isBroken && aimed.length > 1;
  const lines = isBroken
    ? segmentLines(aimed, buckets, sketch)
    : aimed.flatMap((one) => lineOf(one, { buckets, of: null, isNamed }, sketch));
  const drawn = lines.filter(({ colour }) => colour !== null);
  const texts = (bucket: unknown, series: unknown, key: 'target.mark' | null) =>
    lines
      .filter(({ of }) => of === null || of.some((name) => name === series))
      .flatMap(({ points, unit, name }) =>
        points.flatMap((point) => {
          if (point.bucket !== bucket) return [];
          const value = sketch.format.value(point.goal, unit);
          const told = key === null ? value : sketch.say(key, { value });
          return [isNamed ? `${name}: ${told}` : told];
        }),
      );
  const told = sentences(drawn, isNamed, sketch);
  const places = isBroken ? segmentPlaces(sketch) : buckets.map((bucket) => ({ bucket, series: null }));
  return {
    values: drawn.flatMap(({ points }) => points.map(({ goal }) => goal)),
    layers: (scale) => targetLayers(drawn, scale, namedAt, sketch),
    levels: levelsOf(drawn, isNamed, sketch),
    sentences: told,
    told(drawing) {
      if (lines.length === 0) return drawing;
      return {
        ...drawing,
        summary: [drawing.summary, ...told].join(' '),
        rows: drawing.rows.map((row) => {
          const marked = texts(row['bucket'], row['series'], 'target.mark');
          return typeof row['text'] === 'string' && marked.length > 0 ? { ...row, text: [row['text'], ...marked].join(' · ') } : row;
        }),
        table: withTargetColumn(
          drawing.table,
          places.map(({ bucket, series }) => sketch.format.list(texts(bucket, series, null), 'semicolon')),
          sketch,
        ),
      };
    },
  };
}

function lineOf(
  { metric, part, name, unit, segment, colour }: Aimed,
  { buckets, of, isNamed }: { buckets: readonly string[]; of: Line['of']; isNamed: boolean },
  sketch: Sketch,
): Line[] {
  const { context, drawn, format, say, colours } = sketch;
  const target = context.targets?.find((one) => one.metric === metric && one.part === part && one.segment === segment);
  if (!target) return [];
  const end = drawn[0]?.result.to ?? '';
  const points = buckets.flatMap((bucket, index) => {
    const step = stepOn(target, dayBefore(buckets[index + 1] ?? end));
    return step ? [{ bucket, goal: step.value }] : [];
  });
  const last = points.at(-1);
  if (!last) return [];
  const value = format.value(last.goal, unit);
  const label = isNamed ? say('target.label.of', { value, name }) : say('target.label', { value });
  return [{ name, unit, target, points, of, label: drawnText(label, sketch), colour: colour === undefined ? colours.ink : colour }];
}

function levelsOf(lines: readonly Line[], isNamed: boolean, sketch: Sketch): TargetLine['levels'] {
  const { say, format } = sketch;
  return lines.flatMap(({ name, points, unit }) =>
    [...new Set(points.map(({ goal }) => goal))].map((goal) => {
      const value = format.value(goal, unit);
      return { goal, label: drawnText(isNamed ? say('target.label.of', { value, name }) : say('target.label', { value }), sketch) };
    }),
  );
}

/** A line for each segment of which something is wanted alone, and one for all the others together. */
function segmentLines(aimed: readonly Aimed[], buckets: readonly string[], sketch: Sketch): Line[] {
  const own = aimed.flatMap((one) => lineOf(one, { buckets, of: [one.name], isNamed: true }, sketch));
  const others = aimed.filter(({ name }) => !own.some((line) => line.name === name));
  const [first] = others;
  if (!first) return own;
  const { segment: _segment, colour: _colour, ...whole } = first;
  const isDrawn = others.some(({ colour }) => colour !== null);
  const common = { ...whole, name: sketch.say('target.others'), ...(!isDrawn && { colour: null }) };
  return [...own, ...lineOf(common, { buckets, of: others.map(({ name }) => name), isNamed: own.length > 0 }, sketch)];
}

function sentences(lines: readonly Line[], isNamed: boolean, sketch: Sketch): string[] {
  const [first] = lines;
  if (!first?.of)
    return lines.map((line) =>
      sketch.say(isNamed ? 'target.drawn.of' : 'target.drawn', { name: line.name, steps: stepsText(line, sketch) }),
    );
  const isOfAll = lines.length === 1 && first.target.segment === undefined;
  return targetSentences(
    lines.map((line) => ({ ...(!isOfAll && { name: line.name }), steps: stepsText(line, sketch) })),
    sketch,
  );
}

/** A target in words. */
export interface ToldTarget {
  /** What it is of; absent: of all that is drawn. */
  name?: string;
  /** What is wanted, and since when. */
  steps: string;
}

/** What the dotted lines of a drawing with segments are. */
export function targetSentences(told: readonly ToldTarget[], { say, format }: Sketch): string[] {
  const [first] = told;
  if (!first) return [];
  if (told.length === 1 && first.name === undefined) return [say('target.drawn', { steps: first.steps })];
  const named = told.map(({ name = '', steps }) => say('target.of', { name, steps }));
  return [say('target.drawn.each', { targets: format.list(named, 'semicolon') })];
}

function stepsText({ target, points, unit }: Line, { say, format, drawn }: Sketch): string {
  const end = dayBefore(drawn[0]?.result.to ?? '');
  const first = stepOn(target, points[0]?.bucket ?? '');
  const steps = target.steps
    .filter((step) => step === first || (step.from > (points[0]?.bucket ?? '') && step.from <= end))
    .map(({ value, from }) => say('target.step', { value: format.value(value, unit), date: format.date(from) }));
  return format.list(steps);
}

/** Of the lines of the table of a break-down, in their order. */
function segmentPlaces({ drawn, say }: Sketch): { bucket: string; series: string }[] {
  return (drawn[0]?.result.rows ?? []).map(({ bucket, by }) => ({ bucket, series: segmentName(by, say) }));
}

/** A column more, where the lines of the table are those the cells are of. */
export function withTargetColumn(table: TableCell[][], cells: readonly TableCell[], { say }: Sketch): TableCell[][] {
  const [head, ...lines] = table;
  if (!head || lines.length !== cells.length) return table;
  return [[...head, say('target.column')], ...lines.map((line, index) => [...line, cells[index] ?? ''])];
}
