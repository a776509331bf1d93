/** A segment in one window. */
export interface Share {
  /** Its share of the whole, 0 to 1; those of a window add up to 1. */
  weight: number;
  rate: number;
  /** By sampling; null where the segment is too small to know. */
  weightVariance: number;
  rateVariance: number | null;
}

/** What a segment adds to a change of the whole. */
export interface SplitPart {
  segment: string;
  /** By its share having changed, being better or worse than the whole. */
  mix: number;
  /** By its own rate having changed. */
  rate: number;
  /** Of the sum of the two, by sampling; null where it is not known. */
  variance: number | null;
  /** Its share on average over the two windows. */
  weight: number;
}

/**
 * Splits the change of a weighted mean, Σ weight · rate, into what each segment adds by its share and by its rate, each counted half
 * way between the windows: the Shapley value of the two factors (Kitagawa 1955). The parts add up to the change. A segment that is in
 * one window alone changes the mix only. Both windows must have a segment.
 */
export function symmetricSplit(before: ReadonlyMap<string, Share>, after: ReadonlyMap<string, Share>): SplitPart[] {
  const middle = (mean(before) + mean(after)) / 2;
  return [...new Set([...before.keys(), ...after.keys()])].map((segment) => {
    const [first, last] = [before.get(segment), after.get(segment)];
    const shares = [first, last].filter((share) => share !== undefined);
    const firstRate = first?.rate ?? last?.rate ?? 0;
    const lastRate = last?.rate ?? firstRate;
    const distance = (firstRate + lastRate) / 2 - middle;
    const weight = shares.reduce((sum, share) => sum + share.weight, 0) / 2;
    const rateVariances = shares.map((share) => share.rateVariance);
    const weightVariance = shares.reduce((sum, share) => sum + share.weightVariance, 0);
    return {
      segment,
      mix: ((last?.weight ?? 0) - (first?.weight ?? 0)) * distance,
      rate: weight * (lastRate - firstRate),
      variance: rateVariances.includes(null)
        ? null
        : distance ** 2 * weightVariance + weight ** 2 * rateVariances.reduce<number>((sum, variance) => sum + (variance ?? 0), 0),
      weight,
    };
  });
}

function mean(shares: ReadonlyMap<string, Share>): number {
  return [...shares.values()].reduce((sum, { weight, rate }) => sum + weight * rate, 0);
}

/** (a − b) / (ln a − ln b): turns a difference of logarithms into one of the numbers themselves. Both above 0. */
export function logarithmicMean(a: number, b: number): number {
  return a === b ? a : (a - b) / Math.log(a / b);
}
