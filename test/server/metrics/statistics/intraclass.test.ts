import { expect, test } from 'vitest';
import { intraclassShare, type VarianceParts } from '#server/metrics/statistics/intraclass.js';
import { sequence } from '../support/generated.js';

/** Sums of squares by going from value to value. */
function parts(groups: number[][]): VarianceParts {
  const all = groups.flat();
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = (values: number[], centre: number) => values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return {
    between: groups.reduce((sum, group) => sum + group.length * (mean(group) - mean(all)) ** 2, 0),
    within: groups.reduce((sum, group) => sum + squares(group, mean(group)), 0),
    betweenDegrees: groups.length - 1,
    withinDegrees: all.length - groups.length,
    weight: all.length - groups.reduce((sum, group) => sum + group.length ** 2, 0) / all.length,
  };
}

test('the six targets and four judges of Shrout & Fleiss have .17', () => {
  // Their table 2: mean squares 11.24 and 6.26; (11.2417 - 6.2639) / (11.2417 + 3 * 6.2639) = .1657. Bounds F 1.7947 / 3.3820 and * 6.3619.
  const share = intraclassShare(
    parts([
      [9, 2, 5, 8],
      [6, 1, 3, 2],
      [8, 4, 6, 8],
      [7, 1, 2, 6],
      [10, 5, 6, 9],
      [6, 2, 4, 7],
    ]),
  );
  expect(share.value).toBeCloseTo(0.1657, 4);
  expect(share.lo).toBe(0);
  expect(share.hi).toBeCloseTo(0.7226, 3);
});

test('groups alike within and apart between have all of it', () => {
  expect(
    intraclassShare(
      parts([
        [1, 1],
        [5, 5],
      ]),
    ),
  ).toEqual({ value: 1, lo: 1, hi: 1 });
});

test('one group, groups of one and values that do not vary have none', () => {
  const none = { value: null, lo: null, hi: null };
  expect(intraclassShare(parts([[1, 2, 3]]))).toEqual(none);
  expect(intraclassShare(parts([[1], [2], [3]]))).toEqual(none);
  expect(
    intraclassShare(
      parts([
        [4, 4],
        [4, 4],
      ]),
    ),
  ).toEqual(none);
});

test('covers the share values were drawn with about nineteen times in twenty', () => {
  const next = sequence(11);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  let covered = 0;
  for (let draw = 0; draw < 400; draw++) {
    const groups = Array.from({ length: 12 }, () => {
      const level = normal();
      return Array.from({ length: 6 }, () => level + Math.sqrt(2) * normal());
    });
    const { lo, hi } = intraclassShare(parts(groups));
    if ((lo ?? 1) <= 1 / 3 && (hi ?? 0) >= 1 / 3) covered += 1;
  }
  expect(covered).toBeGreaterThan(368);
  expect(covered).toBeLessThan(392);
});
