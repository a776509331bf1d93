import { expect, test } from 'vitest';
import { cumulativeIncidence, incidenceQuantile, type FollowUp } from '#server/metrics/statistics/survival.js';

const happened = (exit: number): FollowUp => ({ exit, ended: 1 });
const open = (exit: number): FollowUp => ({ exit, ended: 0 });
const otherwise = (exit: number): FollowUp => ({ exit, ended: 2 });

test('Kaplan-Meier of {1,2,3,3+,5,6+,8,9+,12,15+}', () => {
  const steps = cumulativeIncidence([1, 2, 3, 5, 8, 12].map(happened).concat([3, 6, 9, 15].map(open)));
  const survivalAt = (at: number) => 1 - (steps.find((step) => step.at === at)?.incidence ?? 0);
  expect([1, 2, 3, 5, 8, 12].map((at) => Number(survivalAt(at).toFixed(4)))).toEqual([0.9, 0.8, 0.7, 0.5833, 0.4375, 0.2188]);
  expect(incidenceQuantile(steps, 0.5)).toBe(8);
  expect(incidenceQuantile(steps, 0.85)).toBeNull();
});

test('another end is no success and no censoring', () => {
  const steps = cumulativeIncidence([happened(1), otherwise(2), happened(3), otherwise(4)]);
  expect(steps.map((step) => step.incidence)).toEqual([0.25, 0.25, 0.5, 0.5]);
});

test('without open units the standard error is the binomial one', () => {
  const steps = cumulativeIncidence([1, 2, 3, 4].map(happened));
  // sqrt(.5 * .5 / 4) after two of four.
  expect(steps[1]?.standardError).toBeCloseTo(0.25, 12);
});

test("the standard error with open units is Greenwood's", () => {
  const steps = cumulativeIncidence([happened(1), open(2), happened(3), open(4)]);
  // S(3) = 3/4 * 1/2 = .375; Greenwood .375 * sqrt(1/(4*3) + 1/(2*1)) = .286411.
  expect(steps.find((step) => step.at === 3)?.standardError).toBeCloseTo(0.286411, 6);
});

test('a unit that enters late is not at risk before', () => {
  const steps = cumulativeIncidence([happened(1), happened(3), { exit: 4, ended: 1, entry: 2 }]);
  // At 1 two are at risk, at 3 two again: 1/2, then 1/2 + 1/2 * 1/2.
  expect(steps.map((step) => step.incidence)).toEqual([0.5, 0.75, 1]);
});
