import { expect, test } from 'vitest';
import { xmrLimits, xmrSignals } from '#server/metrics/statistics/xmr.js';

const baseline = [10, 12, 11, 9, 10, 13, 11, 10, 12, 11, 9];

test('limits of the baseline', () => {
  const limits = xmrLimits(baseline);
  expect(limits?.mean).toBeCloseTo(10.7273, 4);
  expect(limits?.meanMovingRange).toBeCloseTo(1.7, 10);
  expect(limits?.upper).toBeCloseTo(15.2493, 4);
  expect(limits?.lower).toBeCloseTo(6.2053, 4);
  expect(limits?.movingRangeLimit).toBeCloseTo(5.5556, 4);
});

test('a 25 next is a signal, and so is the jump to it', () => {
  const limits = xmrLimits(baseline);
  expect(limits && xmrSignals([...baseline, 25], limits).at(-1)).toEqual(['outside', 'moving-range']);
});

test('the baseline itself gives no signal', () => {
  const limits = xmrLimits(baseline);
  expect(limits && xmrSignals(baseline, limits).flat()).toEqual([]);
});

test('the eighth in a row on one side is a signal, the seventh is not', () => {
  const limits = xmrLimits(baseline);
  const found = limits
    ? xmrSignals(
        Array.from({ length: 9 }, () => 11),
        limits,
      )
    : [];
  expect(found.map((signals) => signals.length)).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1]);
  expect(found[7]).toEqual(['run']);
});

test('one value has no limits', () => {
  expect(xmrLimits([1])).toBeNull();
});
