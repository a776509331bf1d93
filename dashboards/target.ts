/** What a number is wanted to reach. */
export interface ChartTarget {
  metric: string;
  /** Which of the metric's values; null where it has one. */
  part: string | null;
  /** The segment of the drawing's break-down it is of; absent: of all items that are asked for. */
  segment?: string;
  /** Follows the best level that lasted; otherwise set by hand. */
  isRatchet: boolean;
  /** In the metric's unit, oldest first; each holds from its local day until the next. */
  steps: TargetStep[];
}

export interface TargetStep {
  /** Local date. */
  from: string;
  value: number;
}

/** `unclear`: the interval spans the target, or there is none, so that chance cannot be ruled out. */
export type TargetState = 'met' | 'missed' | 'unclear';

/** A number against what it is wanted to reach. */
export interface TargetVerdict {
  state: TargetState;
  /** In the metric's unit. */
  target: number;
  /** Local date since when it is that. */
  since: string;
  isRatchet: boolean;
  /** How far the number is from the target: above 0 on the good side, below it on the bad one. Of a percentage in points. */
  margin: number;
}

/** What holds on a local day; null before the first step. A period is measured against what holds on its last day. */
export function stepOn({ steps }: Pick<ChartTarget, 'steps'>, localDate: string): TargetStep | null {
  return steps.findLast(({ from }) => from <= localDate) ?? null;
}

interface Measured {
  value: number;
  /** 95 % interval of the value; null where it has none. */
  lo: number | null;
  hi: number | null;
}

export function judged(
  { value, lo, hi }: Measured,
  target: number,
  direction: 'lower' | 'higher',
): Pick<TargetVerdict, 'state' | 'margin'> {
  const margin = direction === 'higher' ? value - target : target - value;
  const isTold = lo !== null && hi !== null && !(lo < target && target < hi);
  return { margin, state: !isTold ? 'unclear' : margin >= 0 ? 'met' : 'missed' };
}
