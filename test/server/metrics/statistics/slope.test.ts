import { expect, test } from 'vitest';
import { leastSquaresSlope } from '#server/metrics/statistics/slope.js';
import { sequence } from '../support/generated.js';

test("Anscombe's first set rises by .5001, give or take 2.2622 * .1179", () => {
  const xs = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
  const ys = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
  const slope = leastSquaresSlope(xs.map((x, index) => ({ x, y: ys[index] ?? 0 })));
  expect(slope.value).toBeCloseTo(0.500091, 6);
  expect(slope.lo).toBeCloseTo(0.23337, 4);
  expect(slope.hi).toBeCloseTo(0.766812, 4);
});

test('two points, and points above each other, have no slope', () => {
  const none = { value: null, lo: null, hi: null };
  expect(
    leastSquaresSlope([
      { x: 1, y: 1 },
      { x: 2, y: 2 },
    ]),
  ).toEqual(none);
  expect(
    leastSquaresSlope([
      { x: 1, y: 1 },
      { x: 1, y: 2 },
      { x: 1, y: 3 },
    ]),
  ).toEqual(none);
});

test('no line through the points lies closer to them', () => {
  const next = sequence(3);
  const points = Array.from({ length: 40 }, () => ({ x: next() * 8, y: next() * 5 }));
  const { value } = leastSquaresSlope(points);
  const distance = (slope: number) => {
    const rests = points.map(({ x, y }) => y - slope * x);
    const mean = rests.reduce((sum, rest) => sum + rest, 0) / rests.length;
    return rests.reduce((sum, rest) => sum + (rest - mean) ** 2, 0);
  };
  for (const step of [-0.1, -0.001, 0.001, 0.1]) expect(distance((value ?? 0) + step)).toBeGreaterThan(distance(value ?? 0));
});
