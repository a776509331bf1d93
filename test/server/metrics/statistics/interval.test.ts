import { expect, test } from 'vitest';
import { meanInterval, pairedDifference, ratioOfSums, wilson } from '#server/metrics/statistics/interval.js';

test('Wilson bounds 8 of 10 by .4902 and .9433', () => {
  // p .8, z² 3.8415: centre (.8 + .192073) / 1.384146 = .716740; half 1.416037 * sqrt(.016 + .00960366) = .226578.
  const { lo, hi } = wilson(8, 10);
  expect(lo).toBeCloseTo(0.490162, 6);
  expect(hi).toBeCloseTo(0.943318, 6);
});

test('Wilson keeps 0 and 1 as bounds where nothing or everything succeeded', () => {
  expect(wilson(0, 10).lo).toBe(0);
  expect(wilson(0, 10).hi).toBeCloseTo(0.277533, 6);
  expect(wilson(10, 10).hi).toBe(1);
  expect(wilson(0, 0)).toEqual({ lo: null, hi: null });
});

test('a paired difference of 6 gained and 1 lost in 20 runs from -.0127 to .4672', () => {
  // (7 - 2) / 22 = .227273; half 1.959964 * sqrt((9/22 - .051653) / 22) = .249912 … from (.409091 - .051653) / 22 = .016247.
  const { lo, hi } = pairedDifference(6, 1, 20);
  expect(lo).toBeCloseTo(0.227273 - 0.249827, 4);
  expect(hi).toBeCloseTo(0.227273 + 0.249827, 4);
});

test('a ratio of sums has the spread between its units', () => {
  // x/y of (1,2), (3,4), (2,2): 6/8; residuals -.5, 0, .5: half 1.959964 * sqrt(.5 * 3/2) / 8 = .212173.
  const { lo, hi } = ratioOfSums({ units: 3, x: 6, y: 8, xx: 14, xy: 18, yy: 24 });
  expect(lo).toBeCloseTo(0.537827, 5);
  expect(hi).toBeCloseTo(0.962173, 5);
  expect(ratioOfSums({ units: 1, x: 1, y: 2, xx: 1, xy: 2, yy: 4 })).toEqual({ lo: null, hi: null });
});

test('a mean of {1, 2, 3} runs from .8684 to 3.1316', () => {
  const { lo, hi } = meanInterval(3, 6, 14);
  expect(lo).toBeCloseTo(0.868414, 5);
  expect(hi).toBeCloseTo(3.131586, 5);
});
