import { expect, test } from 'vitest';
import type { FollowUp } from '#server/metrics/statistics/survival.js';
import { cumulativeIncidence, incidenceBounds, incidenceQuantile } from '../../../support/incidence.js';

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

test('without open units an estimate is worth all units', () => {
  const steps = cumulativeIncidence([1, 2, 3, 4].map(happened));
  expect(steps.map((step) => step.effectiveUnits)).toEqual([4, 4, 4, 4]);
});

test('open units take from what an estimate is worth', () => {
  const steps = cumulativeIncidence([happened(1), open(2), happened(3), open(4)]);
  // At 3 two are at risk and 3/4 are open: worth 8/3 units.
  expect(steps.find((step) => step.at === 3)?.effectiveUnits).toBeCloseTo(8 / 3, 12);
});

test('a median of 25 is bounded by shares of .304 and .696', () => {
  // 1.96 * sqrt(.25 / 25) = .196: the 8th and the 18th.
  const steps = cumulativeIncidence(Array.from({ length: 25 }, (_, index) => happened(index + 1)));
  expect(incidenceBounds(steps, 0.5, 1.96)).toEqual({ lo: 8, hi: 18 });
});

test('a unit that enters at the instant of an end is not at risk at it', () => {
  // At 1 two are at risk, at 3 one alone.
  const steps = cumulativeIncidence([happened(1), happened(3), { exit: 4, ended: 1, entry: 3 }]);
  expect(steps.map((step) => step.incidence)).toEqual([0.5, 1]);
});

test('a unit that enters late is not at risk before', () => {
  const steps = cumulativeIncidence([happened(1), happened(3), { exit: 4, ended: 1, entry: 2 }]);
  // At 1 two are at risk, at 3 two again: 1/2, then 1/2 + 1/2 * 1/2.
  expect(steps.map((step) => step.incidence)).toEqual([0.5, 0.75, 1]);
});
