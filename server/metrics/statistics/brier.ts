/** How good forecasts of a probability were. */
export interface Score {
  /** Mean squared distance of forecast and outcome: 0 is perfect (Brier 1950). */
  brier: number;
  /** The same for a forecast that always says how often it happened. */
  reference: number;
  /** 1 − brier / reference: above 0 better than the base rate. Null where it happened always or never. */
  skill: number | null;
}

/** The score from sums: n forecasts, how often it happened, and the squared distances of forecast and outcome. */
export function scoreOf(n: number, happened: number, squaredErrors: number): Score {
  const rate = happened / n;
  const reference = rate * (1 - rate);
  const brier = squaredErrors / n;
  return { brier, reference, skill: reference === 0 ? null : 1 - brier / reference };
}

/** Of ten equal classes of probability, that of p: 0 for under 0.1, 9 from 0.9 on. */
export function reliabilityClass(p: number): number {
  return Math.min(9, Math.floor(p * 10 + 1e-9));
}
