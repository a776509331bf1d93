import { describe, expect, test } from 'vitest';
import { learnCurve } from '#server/metrics/forecast/curve.js';
import type { FollowUp } from '#server/metrics/statistics/survival.js';
import { cumulativeIncidence } from '../../../support/incidence.js';
import { sequence } from '../support/generated.js';

const finished = (exit: number): FollowUp => ({ exit, ended: 1 });
const open = (exit: number): FollowUp => ({ exit, ended: 0 });
const cancelled = (exit: number): FollowUp => ({ exit, ended: 2 });

describe('learnCurve', () => {
  const curve = learnCurve([...[1, 2, 3, 5, 8, 12].map(finished), ...[3, 6, 9, 15].map(open)]);

  test('tells how likely an item of age 4 is late with 4 left', () => {
    // S(8) / S(4) = .4375 / .7
    expect(1 - curve.within(4, 4)).toBeCloseTo(0.625, 12);
  });

  test('takes a finish at the last instant as in time', () => {
    // S(5) / S(4) = .58333 / .7
    expect(curve.within(4, 1)).toBeCloseTo(1 / 6, 12);
    expect(curve.within(4, 0.999)).toBe(0);
  });

  test('starts anew from those open at an age', () => {
    expect(curve.within(0, 8)).toBeCloseTo(0.5625, 12);
    expect(curve.within(5, 0)).toBe(0);
    expect([0, 4, 5, 15].map((age) => curve.atRisk(age))).toEqual([10, 6, 5, 0]);
  });

  test('finds the time by which half of those open are finished, and says where none is', () => {
    // Of those open at 4: S(8) = .625, S(12) = .3125 of theirs.
    expect(curve.medianLeft(0)).toBe(8);
    expect(curve.medianLeft(4)).toBe(8);
    expect(curve.medianLeft(12)).toBeNull();
  });

  test('lets other ends compete: they neither finish nor stay at risk', () => {
    // Of four open at 0, one is cancelled at 1; then one of three finishes at 2: 3/4 × 1/3.
    const competing = learnCurve([cancelled(1), finished(2), finished(3), open(4)]);
    expect(competing.within(0, 2)).toBeCloseTo(0.25, 12);
    expect(competing.within(1, 1)).toBeCloseTo(1 / 3, 12);
  });

  test('counts those that came under observation late from their entry on', () => {
    // At 2 the late one is not there yet: 1 of 2; at 6 it is the only one.
    const late = learnCurve([finished(2), { exit: 6, ended: 1, entry: 4 }, open(3)]);
    expect(late.within(0, 2)).toBeCloseTo(0.5, 12);
    expect(late.atRisk(3)).toBe(0);
    expect(late.within(4, 2)).toBe(1);
  });

  test('agrees with the incidence worked out step by step', () => {
    const next = sequence(11);
    const units = Array.from({ length: 300 }, (): FollowUp => {
      const exit = Math.ceil(next() * 60);
      const ended = ([0, 1, 1, 2] as const)[Math.floor(next() * 4)] ?? 0;
      return next() < 0.2 && exit > 5 ? { exit, ended, entry: Math.floor(next() * 5) } : { exit, ended };
    });
    const learned = learnCurve(units);
    const steps = cumulativeIncidence(units);
    for (const age of [0, 7, 20, 41]) {
      const later = cumulativeIncidence(
        units.filter((unit) => unit.exit > age).map((unit) => ({ ...unit, entry: Math.max(unit.entry ?? -1, age) })),
      );
      for (const left of [0, 1, 9, 30]) {
        expect(learned.within(age, left)).toBeCloseTo(later.filter((step) => step.at <= age + left).at(-1)?.incidence ?? 0, 10);
      }
    }
    expect(learned.within(0, 60)).toBeCloseTo(steps.at(-1)?.incidence ?? 0, 10);
  });
});
