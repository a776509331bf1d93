import { expect, test } from 'vitest';
import { rateVariance, standardisedDifference } from '#server/metrics/statistics/standardise.js';
import { sequence } from '../support/generated.js';

test('weighs the differences of the strata by the standard', () => {
  // (3 * .2 + 1 * -.2) / 4 = .1; error sqrt(.75² * .01 + .25² * .04) = .0901388; half .176669.
  const { value, lo, hi } = standardisedDifference([
    { weight: 3, difference: 0.2, variance: 0.01 },
    { weight: 1, difference: -0.2, variance: 0.04 },
  ]);
  expect(value).toBeCloseTo(0.1, 12);
  expect(lo).toBeCloseTo(0.1 - 0.176669, 6);
  expect(hi).toBeCloseTo(0.1 + 0.176669, 6);
  expect(standardisedDifference([])).toEqual({ value: null, lo: null, hi: null });
});

test('no success in eight varies as one in ten', () => {
  // .1 * .9 / 10.
  expect(rateVariance(0, 8)).toBeCloseTo(0.009, 12);
});

test('covers the difference the rates were drawn with about nineteen times in twenty', () => {
  const next = sequence(5);
  const drawn = (trials: number, rate: number) => Array.from({ length: trials }, () => next() < rate).filter(Boolean).length;
  let covered = 0;
  for (let draw = 0; draw < 600; draw++) {
    const strata = [
      { n1: 40, p1: 0.8, n0: 300, p0: 0.9 },
      { n1: 15, p1: 0.5, n0: 60, p0: 0.6 },
    ].map(({ n1, p1, n0, p0 }) => {
      const [x1, x0] = [drawn(n1, p1), drawn(n0, p0)];
      return { weight: n1, difference: x1 / n1 - x0 / n0, variance: rateVariance(x1, n1) + rateVariance(x0, n0) };
    });
    const { lo, hi } = standardisedDifference(strata);
    if ((lo ?? 1) <= -0.1 && (hi ?? -1) >= -0.1) covered += 1;
  }
  expect(covered).toBeGreaterThan(555);
  expect(covered).toBeLessThan(588);
});
