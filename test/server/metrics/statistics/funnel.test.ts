import { expect, test } from 'vitest';
import { funnelLimits } from '#server/metrics/statistics/funnel.js';

test('ten trials around one half are bounded by .1324 and .8676', () => {
  // P(R <= 1) = 11/1024, P(R <= 2) = 56/1024: (2 - (.0546875 - .025) / .0439453) / 10 = .132444; 99.8 %: (1 - (.0107422 - .001) / .0097656) / 10 = .000240.
  const limits = funnelLimits(10, 0.5);
  expect(limits.lower95).toBeCloseTo(0.132444, 6);
  expect(limits.upper95).toBeCloseTo(0.867556, 6);
  expect(limits.lower998).toBeCloseTo(0.00024, 6);
  expect(limits.upper998).toBeCloseTo(0.99976, 6);
});

test('a whole of nothing or everything leaves no room for chance', () => {
  expect(funnelLimits(8, 0)).toEqual({ lower95: 0, upper95: 0, lower998: 0, upper998: 0 });
  expect(funnelLimits(8, 1)).toEqual({ lower95: 1, upper95: 1, lower998: 1, upper998: 1 });
});

test('limits close in on the normal ones as trials grow', () => {
  const limits = funnelLimits(1_000_000, 0.9);
  // .9 ± 1.959964 * .0003 and .9 ± 3.090232 * .0003, less half a count or so.
  expect(limits.lower95).toBeCloseTo(0.899412, 5);
  expect(limits.upper95).toBeCloseTo(0.900588, 5);
  expect(limits.lower998).toBeCloseTo(0.899073, 5);
  expect(limits.upper998).toBeCloseTo(0.900927, 5);
});

test('no side is missed more often than it says, added up term by term', () => {
  for (const trials of [5, 12, 33, 120]) {
    for (const rate of [0.03, 0.2, 0.5, 0.87]) {
      const { lower95, upper95, lower998, upper998 } = funnelLimits(trials, rate);
      const missed = { lower95: 0, upper95: 0, lower998: 0, upper998: 0 };
      let term = (1 - rate) ** trials;
      for (let successes = 0; successes <= trials; successes++) {
        const share = successes / trials;
        if (share < lower95) missed.lower95 += term;
        if (share > upper95) missed.upper95 += term;
        if (share < lower998) missed.lower998 += term;
        if (share > upper998) missed.upper998 += term;
        term *= ((trials - successes) / (successes + 1)) * (rate / (1 - rate));
      }
      expect(Math.max(missed.lower95, missed.upper95)).toBeLessThanOrEqual(0.025);
      expect(Math.max(missed.lower998, missed.upper998)).toBeLessThanOrEqual(0.001);
    }
  }
});
