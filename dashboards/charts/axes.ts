import type { ChartDefinition } from '../dashboard.js';
import { isRightToLeft } from '../i18n/messages.js';
import type { Grain, Unit } from '../metric-result.js';
import { drawnText, type Sketch } from './drawing.js';

/**
 * Axes are computed here and given to Vega-Lite whole: ticks at lengths of time a person names, labels in the reader's language.
 * Labels of buckets and values only, never of names, go into expressions.
 */

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const namedDurations = [
  1,
  2,
  5,
  10,
  15,
  30,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  4 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  5 * day,
  7 * day,
  10 * day,
  14 * day,
  20 * day,
  30 * day,
  50 * day,
  60 * day,
  90 * day,
  100 * day,
  180 * day,
  365 * day,
  730 * day,
];
const coarseDurations = [
  1,
  5,
  15,
  minute,
  5 * minute,
  15 * minute,
  hour,
  3 * hour,
  8 * hour,
  day,
  2 * day,
  4 * day,
  7 * day,
  14 * day,
  30 * day,
  60 * day,
  120 * day,
  365 * day,
  1_095 * day,
];

/** What an axis is made with. */
export type AxisSketch = Pick<Sketch, 'context' | 'say' | 'format'> & { definition: Pick<ChartDefinition, 'isSkewed'> };

export interface ValueAxis {
  scale: { type: 'log' | 'linear'; domain: [number, number]; nice: false; zero?: false; clamp: true; reverse?: boolean };
  axis: Record<string, unknown>;
  isLogarithmic: boolean;
}

/** Logarithmic only where asked and where the values span a factor of eight. */
export function valueAxis(values: (number | null)[], unit: Unit, sketch: AxisSketch): ValueAxis {
  const present = values.filter((value): value is number => value !== null && Number.isFinite(value));
  const low = present.length > 0 ? Math.min(...present) : 0;
  const high = present.length > 0 ? Math.max(...present) : 1;
  const isLogarithmic = sketch.definition.isSkewed === true && unit === 's' && low > 0 && high / low >= 8;
  const { domain, ticks } = isLogarithmic ? logarithmicTicks(low, high) : linearTicks(low, high, unit);
  const labels = Object.fromEntries(ticks.map((tick) => [String(tick), drawnText(sketch.format.value(tick, unit), sketch)]));
  return {
    scale: { type: isLogarithmic ? 'log' : 'linear', domain, nice: false, ...(isLogarithmic ? {} : { zero: false as const }), clamp: true },
    axis: {
      orient: isRightToLeft(sketch.context.locale) ? 'right' : 'left',
      values: ticks,
      labelExpr: lookUp(labels),
      labelOverlap: 'greedy',
      labelSeparation: 1,
      title: isLogarithmic ? sketch.say('axis.logarithmic') : null,
    },
    isLogarithmic,
  };
}

/** Buckets in order, always from left to right: time runs the same way in every language. */
export function timeAxis(buckets: string[], grain: Grain, sketch: AxisSketch): Record<string, unknown> {
  const wanted = Math.max(2, Math.floor(sketch.context.width / 80));
  const steps = {
    day: [1, 2, 7, 14, 28, 56, 91, 182],
    week: [1, 2, 4, 8, 13, 26, 52],
    month: [1, 2, 3, 6, 12, 24],
    quarter: [1, 2, 4, 8, 20],
    year: [1, 2, 5],
    all: [1],
  }[grain];
  const step = steps.find((candidate) => buckets.length / candidate <= wanted) ?? Math.ceil(buckets.length / wanted);
  const shown = buckets.filter((_, index) => (buckets.length - 1 - index) % step === 0);
  const labels: Record<string, string[]> = {};
  let lastYear = '';
  for (const bucket of shown) {
    const { label: text, year } = sketch.format.tick(bucket, grain);
    const label = drawnText(text, sketch);
    labels[bucket] = year === lastYear ? [label] : [label, year];
    lastYear = year;
  }
  return {
    field: 'bucket',
    type: 'ordinal',
    scale: { type: 'point', domain: buckets, padding: 0.6 },
    axis: { values: shown, labelExpr: lookUp(labels), labelOverlap: 'parity', labelSeparation: 10, labelLineHeight: 15, title: null },
  };
}

function lookUp(labels: Record<string, string | string[]>): string {
  return `${JSON.stringify(labels)}[datum.value]`;
}

function linearTicks(low: number, high: number, unit: Unit): { domain: [number, number]; ticks: number[] } {
  const bottom = low >= 0 && (unit === 's' || low < 0.6 * high) ? 0 : low;
  const span = high - bottom || Math.abs(high) || 1;
  const step = niceStep(span / 4, unit);
  const first = Math.floor(bottom / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => round((first + index) * step));
  return { domain: [ticks[0]!, ticks[ticks.length - 1]!], ticks };
}

function niceStep(rough: number, unit: Unit): number {
  if (unit === 's') {
    const named = namedDurations.find((candidate) => candidate >= rough);
    if (named !== undefined) return named;
  }
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 2.5, 5].find((factor) => factor * power >= rough) ?? 10) * power;
}

function logarithmicTicks(low: number, high: number): { domain: [number, number]; ticks: number[] } {
  const below = coarseDurations.filter((candidate) => candidate <= low).at(-1) ?? low;
  const above = coarseDurations.find((candidate) => candidate >= high) ?? high * 1.1;
  const inside = coarseDurations.filter((candidate) => candidate >= below && candidate <= above);
  const every = Math.ceil(inside.length / 6);
  return { domain: [below, above], ticks: inside.filter((_, index) => index % every === 0) };
}

/** Sums of decimal steps carry binary dust that would show in labels. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}
