import { expect, test } from 'vitest';
import { tallyAbove } from '#server/metrics/forecast/tally.js';

const units = [
  { from: 10, to: Infinity, mark: 0.2 },
  { from: 10, to: 30, mark: 0.5 },
  { from: 20, to: Infinity, mark: 0.5 },
  { from: 30, to: Infinity, mark: Infinity },
];

test('counts the units above a value that count at the instant, the first instant in and the last one out', () => {
  const above = tallyAbove(units);
  expect([9, 10, 20, 29, 30].map((at) => above(at, 0))).toEqual([0, 2, 3, 3, 3]);
  expect([9, 10, 20, 29, 30].map((at) => above(at, 0.2))).toEqual([0, 1, 2, 2, 2]);
});

test('a mark at the value is not above it, and an endless one always is', () => {
  const above = tallyAbove(units);
  expect(above(30, 0.49)).toBe(2);
  expect(above(30, 0.5)).toBe(1);
  expect(above(30, 1e12)).toBe(1);
});

test('says the same again when asked about an earlier instant', () => {
  const above = tallyAbove(units);
  expect([30, 10, 29].map((at) => above(at, 0))).toEqual([3, 2, 3]);
});

test('counts none of none', () => {
  expect(tallyAbove([])(10, 0)).toBe(0);
});
