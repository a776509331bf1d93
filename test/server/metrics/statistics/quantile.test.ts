import { expect, test } from 'vitest';
import { quantile, quantileRanks } from '#server/metrics/statistics/quantile.js';

const ten = [1, 2, 2, 3, 3, 4, 5, 8, 13, 40];

test('quantiles are of type 7', () => {
  expect([0.25, 0.5, 0.75, 0.85].map((p) => Number(quantile(ten, p)?.toFixed(9)))).toEqual([2.25, 3.5, 7.25, 11.25]);
});

test('the tail ratio of the ten is 3.2143', () => {
  expect((quantile(ten, 0.85) ?? 0) / (quantile(ten, 0.5) ?? 1)).toBeCloseTo(3.2143, 4);
});

test('nothing has no quantile', () => {
  expect(quantile([], 0.5)).toBeNull();
});

test('the median of ten lies between the second and the ninth', () => {
  // P(B <= 1) = 11/1024 = .0107 and P(B <= 2) = 56/1024 = .0547.
  expect(quantileRanks(10, 0.5)).toEqual({ lo: 2, hi: 9 });
});

test('five values bound no median at 95 %, six do', () => {
  // 1/32 = .031 on each side is too much, 1/64 = .016 is not.
  expect(quantileRanks(5, 0.5)).toEqual({ lo: null, hi: null });
  expect(quantileRanks(6, 0.5)).toEqual({ lo: 1, hi: 6 });
});

test('twenty values bound P85 from below only', () => {
  // P(B <= 13) = .0219, P(B <= 14) = .0673; P(B <= 19) = 1 - .85^20 = .9612 < .975.
  expect(quantileRanks(20, 0.85)).toEqual({ lo: 14, hi: null });
});
