/** Limits of an XmR chart. */
export interface XmrLimits {
  mean: number;
  meanMovingRange: number;
  lower: number;
  upper: number;
  movingRangeLimit: number;
}

export type XmrSignal = 'outside' | 'run' | 'moving-range';

/** Wheeler 1993: 3 / 1.128 and 3.268, for moving ranges of two. */
const naturalProcess = 2.66;
const upperRange = 3.268;
/** As many in a row on one side of the mean are no chance: 1 in 128. */
const runLength = 8;

/** Limits of a baseline in time order; null below two values. */
export function xmrLimits(baseline: readonly number[]): XmrLimits | null {
  if (baseline.length < 2) return null;
  const mean = average(baseline);
  const meanMovingRange = average(movingRanges(baseline));
  return {
    mean,
    meanMovingRange,
    lower: mean - naturalProcess * meanMovingRange,
    upper: mean + naturalProcess * meanMovingRange,
    movingRangeLimit: upperRange * meanMovingRange,
  };
}

/** Signals of each value in time order against fixed limits. Of a run the eighth value on is marked. */
export function xmrSignals(values: readonly number[], limits: XmrLimits): XmrSignal[][] {
  let run = 0;
  let side = 0;
  return values.map((value, index) => {
    const found: XmrSignal[] = [];
    const now = Math.sign(value - limits.mean);
    run = now !== 0 && now === side ? run + 1 : 1;
    side = now;
    const before = values[index - 1];
    if (value > limits.upper || value < limits.lower) found.push('outside');
    if (now !== 0 && run >= runLength) found.push('run');
    if (before !== undefined && Math.abs(value - before) > limits.movingRangeLimit) found.push('moving-range');
    return found;
  });
}

function movingRanges(values: readonly number[]): number[] {
  return values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? value)));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
