import { describe, expect, test } from 'vitest';
import { reliabilityClass, scoreOf } from '#server/metrics/statistics/brier.js';

describe('scoreOf', () => {
  test('takes the mean squared distance and compares it with the base rate', () => {
    // Forecasts {.9,.8,.3,.1,.6} of {1,1,0,0,0}: squares .01 + .04 + .09 + .01 + .36 = .51; two of five happened.
    const { brier, reference, skill } = scoreOf(5, 2, 0.51);
    expect(brier).toBeCloseTo(0.102, 12);
    expect(reference).toBeCloseTo(0.24, 12);
    expect(skill).toBeCloseTo(0.575, 12);
  });

  test('is negative where the forecasts are worse than the base rate', () => {
    expect(scoreOf(2, 1, 2).skill).toBe(-3);
  });

  test('has no skill where nothing or everything happened', () => {
    expect(scoreOf(3, 0, 0.03)).toEqual({ brier: 0.01, reference: 0, skill: null });
    expect(scoreOf(3, 3, 0).skill).toBeNull();
  });
});

test('reliabilityClass puts a bound into the class above it and certainty into the last', () => {
  expect([0, 0.09, 0.1, 0.3, 0.7, 0.99, 1].map(reliabilityClass)).toEqual([0, 0, 1, 3, 7, 9, 9]);
});
