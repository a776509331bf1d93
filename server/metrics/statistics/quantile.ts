/** Quantile of type 7, as `percentile_cont` (Hyndman & Fan 1996). Null of nothing. */
export function quantile(values: readonly number[], p: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * p;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  return below === undefined || above === undefined ? null : below + (place - Math.floor(place)) * (above - below);
}

/** Places, from 1, of the order statistics that bound a quantile; null where no value of the sample can. */
export interface RankInterval {
  lo: number | null;
  hi: number | null;
}

/**
 * Order statistics x(lo), x(hi) that cover the p-quantile of the population with at least the given confidence, from the binomial
 * distribution (David & Nagaraja 2003, 7.1): at most half of the risk on each side.
 */
export function quantileRanks(n: number, p: number, confidence = 0.95): RankInterval {
  const risk = (1 - confidence) / 2;
  let probability = (1 - p) ** n;
  let below = 0;
  let lo = 0;
  let hi = n + 1;
  for (let successes = 0; successes <= n; successes++) {
    below += probability;
    if (below <= risk) lo = successes + 1;
    if (hi > n && below >= 1 - risk) hi = successes + 1;
    probability *= ((n - successes) / (successes + 1)) * (p / (1 - p));
  }
  return { lo: lo === 0 ? null : lo, hi: hi > n ? null : hi };
}
