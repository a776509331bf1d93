import { dayBefore } from '../format.js';
import { isRightToLeft } from '../i18n/messages.js';
import type { MetricRow, Unit } from '../metric-result.js';
import { stepOn, type ChartTarget } from '../target.js';
import type { ValueAxis } from './axes.js';
import { drawnText, segmentName, type Drawing, type Sketch } from './drawing.js';
import { dotted, inked, shareOf, targetName } from './target-layers.js';
import { targetSentences, withTargetColumn, type ToldTarget } from './target-line.js';

/** A number drawn of each segment that may be wanted to be something. */
export interface AimedValue {
  /** Default: whatever metric the chart's targets are of, as in charts that look at another one. */
  metric?: string;
  part: string | null;
  name: string;
  unit: Unit;
}

/** What the segments of a drawing over the whole window are wanted to be: each its own, or else what all are. */
export interface SegmentTargets {
  /** For the axis. */
  values: number[];
  /** Dotted across the place of each segment, where segments stand under each other. */
  layers(scale: ValueAxis['scale']): Record<string, unknown>[];
  /** What one segment alone is wanted to be by the first of the numbers; null: nothing, or what all are. */
  ownGoalOf(segment: string | null): { goal: number; label: string } | null;
  /** The one by the first of the numbers that holds for all segments without their own. */
  common: { goal: number; label: string } | null;
  /** The drawing with the targets in its sentence, its marks and its table. `segments`: those of the table, in its order. */
  told(drawing: Drawing, segments: readonly (string | null)[]): Drawing;
}

interface Goal {
  target: ChartTarget;
  value: number;
  since: string;
}

/**
 * `drawn`: the segments in the order of the drawing. What holds at the end of the window counts. `isNamed`: the drawing has several
 * numbers, so that a target says of which it is.
 */
export function segmentTargets(
  values: readonly AimedValue[],
  drawn: readonly MetricRow[],
  isNamed: boolean,
  sketch: Sketch,
): SegmentTargets {
  const { say, format } = sketch;
  const goals = values.map((aimed) => ({ aimed, of: (segment: string | null) => goalOf(aimed, segment, sketch) }));
  const goalText = ({ name, unit }: AimedValue, { value }: Goal) => {
    const told = { value: format.value(value, unit), name };
    return isNamed ? say('target.label.of', told) : say('target.label', told);
  };
  const marks = drawn.map((row, place) =>
    goals.map(({ aimed, of }) => {
      const goal = of(row.by);
      if (!goal) return null;
      const isFirst = of(drawn[place - 1]?.by ?? null)?.target !== goal.target || place === 0;
      return { goal: goal.value, label: isFirst ? drawnText(goalText(aimed, goal), sketch) : null };
    }),
  );
  const told = (segment: string | null, isMark: boolean) =>
    goals.flatMap(({ aimed: { name, unit }, of }) => {
      const goal = of(segment);
      if (!goal) return [];
      const value = format.value(goal.value, unit);
      const text = isMark ? say('target.mark', { value }) : value;
      return [isNamed ? `${name}: ${text}` : text];
    });
  const labelled = (aimed: AimedValue, goal: Goal) => ({ goal: goal.value, label: drawnText(goalText(aimed, goal), sketch) });
  const [first] = goals;
  const whole = first?.of(null);
  return {
    values: marks.flatMap((row) => row.flatMap((mark) => (mark ? [mark.goal] : []))),
    layers: (scale) => values.flatMap((_, index) => strokes(index, marks, drawn, scale, sketch)),
    ownGoalOf(segment) {
      const goal = first?.of(segment);
      return first && goal && goal.target !== whole?.target ? labelled(first.aimed, goal) : null;
    },
    common: first && whole ? labelled(first.aimed, whole) : null,
    told(drawing, segments) {
      const named = wordsOf(values, drawn, isNamed, sketch);
      if (named.length === 0) return drawing;
      return {
        ...drawing,
        summary: [drawing.summary, ...targetSentences(named, sketch)].join(' '),
        rows: drawing.rows.map((row, index) => {
          const texts = told(drawn[index]?.by ?? null, true);
          return texts.length > 0 ? { ...row, text: [row['text'], ...texts].join(' · ') } : row;
        }),
        table: withTargetColumn(
          drawing.table,
          segments.map((segment) => format.list(told(segment, false), 'semicolon')),
          sketch,
        ),
      };
    },
  };
}

function goalOf({ metric, part }: AimedValue, segment: string | null, { context, drawn }: Sketch): Goal | null {
  const end = dayBefore(drawn[0]?.result.to ?? '');
  const wanted = (context.targets ?? []).filter((one) => one.part === part && (metric === undefined || one.metric === metric));
  const candidates = [
    ...(segment === null ? [] : wanted.filter((one) => one.segment === segment)),
    ...wanted.filter((one) => one.segment === undefined),
  ];
  for (const target of candidates) {
    const step = stepOn(target, end);
    if (step) return { target, value: step.value, since: step.from };
  }
  return null;
}

/** Each number's own targets of segments first, then the one that is left for the others. */
function wordsOf(values: readonly AimedValue[], drawn: readonly MetricRow[], isNamed: boolean, sketch: Sketch): ToldTarget[] {
  const { say, format } = sketch;
  return values.flatMap((value) => {
    const of = (segment: string | null) => goalOf(value, segment, sketch);
    const steps = ({ value: goal, since }: Goal) => say('target.step', { value: format.value(goal, value.unit), date: format.date(since) });
    const part = isNamed ? [value.name] : [];
    const whole = of(null);
    const own = drawn.flatMap(({ by }) => {
      const goal = by === null ? null : of(by);
      return goal && goal.target !== whole?.target ? [{ name: [segmentName(by, say), ...part].join(' · '), steps: steps(goal) }] : [];
    });
    const isHeld = drawn.some(({ by }) => of(by)?.target === whole?.target);
    if (!whole || !isHeld) return own;
    const name = [...(own.length > 0 ? [say('target.others')] : []), ...part].join(' · ');
    return [...own, { ...(name !== '' && { name }), steps: steps(whole) }];
  });
}

/** The names stand over the first of the segments in a row that are wanted the same, of a second number under the last. */
function strokes(
  index: number,
  marks: readonly ({ goal: number; label: string | null } | null)[][],
  drawn: readonly MetricRow[],
  scale: ValueAxis['scale'],
  sketch: Sketch,
): Record<string, unknown>[] {
  const { context, say } = sketch;
  const points = marks.flatMap((row, place) => {
    const mark = row[index];
    return mark ? [{ name: segmentName(drawn[place]?.by ?? null, say), ...mark }] : [];
  });
  if (points.length === 0) return [];
  const x = { field: 'goal', type: 'quantitative', scale };
  const isMirrored = isRightToLeft(context.locale);
  return [
    {
      data: { values: points },
      mark: { type: 'rule', ...dotted, ...inked(sketch) },
      encoding: { x, y: { field: 'name', type: 'nominal', bandPosition: 0 }, y2: { field: 'name', bandPosition: 1 } },
    },
    ...points
      .filter(({ label }) => label !== null)
      .flatMap((point) => {
        const isFar = shareOf(point.goal, scale) > 0.5;
        const isLeftOf = isFar !== isMirrored;
        const place = { align: isLeftOf ? 'right' : 'left', dx: isLeftOf ? -6 : 6, baseline: index % 2 === 0 ? 'top' : 'bottom' };
        return targetName(point, place, { x, y: { field: 'name', type: 'nominal', bandPosition: index % 2 } }, sketch);
      }),
  ];
}
