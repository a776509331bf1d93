import { describe, expect, test } from 'vitest';
import { binomialAtMost, fQuantile, studentQuantile } from '#server/metrics/statistics/distributions.js';

/** Area under a density by the midpoints of narrow strips. */
function area(density: (x: number) => number, from: number, to: number, strips = 200_000): number {
  const width = (to - from) / strips;
  let sum = 0;
  for (let strip = 0; strip < strips; strip++) sum += density(from + (strip + 0.5) * width);
  return sum * width;
}

describe('Student', () => {
  test.each([
    [1, 12.7062047],
    [2, 4.3026527],
    [9, 2.2621572],
    [30, 2.0422725],
    [1_000, 1.9623391],
  ])('with %i degrees exceeds its printed quantile once in twenty', (degrees, printed) => {
    expect(studentQuantile(degrees)).toBeCloseTo(printed, 6);
  });

  test('holds 95 % of the area under its density between the quantiles', () => {
    for (const degrees of [3, 7, 24]) {
      const shape = (t: number) => (1 + (t * t) / degrees) ** (-(degrees + 1) / 2);
      const t = studentQuantile(degrees);
      // The whole by the substitution t = tan(u).
      const whole = area((u) => shape(Math.tan(u)) / Math.cos(u) ** 2, -Math.PI / 2, Math.PI / 2);
      expect(area(shape, -t, t) / whole).toBeCloseTo(0.95, 6);
    }
  });
});

describe('Fisher', () => {
  test.each([
    [5, 18, 3.382],
    [18, 5, 6.3619],
    [1, 10, 6.9367],
  ])('with %i and %i degrees has its printed upper 2.5 %%', (numerator, denominator, printed) => {
    expect(fQuantile(0.975, numerator, denominator)).toBeCloseTo(printed, 3);
  });

  test('of one and n degrees is the square of Student', () => {
    for (const degrees of [4, 11, 60]) expect(fQuantile(0.95, 1, degrees)).toBeCloseTo(studentQuantile(degrees) ** 2, 8);
  });
});

describe('the binomial', () => {
  test('of ten fair trials has at most one success with 11 of 1024', () => {
    expect(binomialAtMost(1, 10, 0.5)).toBeCloseTo(11 / 1024, 12);
  });

  test('is the sum of its terms', () => {
    for (const [trials, rate] of [
      [1, 0.2],
      [37, 0.81],
      [400, 0.03],
    ] as const) {
      let term = (1 - rate) ** trials;
      let sum = 0;
      for (let successes = 0; successes <= trials; successes++) {
        sum += term;
        expect(binomialAtMost(successes, trials, rate)).toBeCloseTo(Math.min(1, sum), 9);
        term *= ((trials - successes) / (successes + 1)) * (rate / (1 - rate));
      }
    }
  });
});
