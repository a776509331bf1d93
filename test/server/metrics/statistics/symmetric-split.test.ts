import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logarithmicMean, symmetricSplit, type Share } from '#server/metrics/statistics/symmetric-split.js';

const share = (weight: number, rate: number): Share => ({ weight, rate, weightVariance: 0.01, rateVariance: 4 });
const window = (segments: Record<string, [weight: number, rate: number]>) =>
  new Map(Object.entries(segments).map(([name, [weight, rate]]) => [name, share(weight, rate)]));

function parts(before: Parameters<typeof window>[0], after: Parameters<typeof window>[0]) {
  return Object.fromEntries(symmetricSplit(window(before), window(after)).map(({ segment, mix, rate }) => [segment, [mix + 0, rate + 0]]));
}

describe('a change of a weighted mean', () => {
  test('is all mix where no segment changed itself', () => {
    // 0.5 · 90 + 0.5 · 50 = 70; 0.25 · 90 + 0.75 · 50 = 60. Half way 65: −0.25 · 25 and 0.25 · −15.
    expect(parts({ easy: [0.5, 90], hard: [0.5, 50] }, { easy: [0.25, 90], hard: [0.75, 50] })).toEqual({
      easy: [-6.25, 0],
      hard: [-3.75, 0],
    });
  });

  test('is all rate where the shares stayed', () => {
    // 70 to 0.5 · 80 + 0.5 · 56 = 68.
    expect(parts({ easy: [0.5, 90], hard: [0.5, 50] }, { easy: [0.5, 80], hard: [0.5, 56] })).toEqual({ easy: [0, -5], hard: [0, 3] });
  });

  test('is split between the two where each segment got better and the whole worse (Simpson)', () => {
    // 0.75 · 80 + 0.25 · 40 = 70; 0.25 · 88 + 0.75 · 48 = 58. Half way 64: easy −0.5 · (84 − 64), hard 0.5 · (44 − 64).
    expect(parts({ easy: [0.75, 80], hard: [0.25, 40] }, { easy: [0.25, 88], hard: [0.75, 48] })).toEqual({
      easy: [-10, 4],
      hard: [-10, 4],
    });
  });

  test('is mix where a segment came or went', () => {
    // 60 to 0.5 · 60 + 0.5 · 40 = 50, half way 55: old −0.5 · 5, new 0.5 · −15.
    expect(parts({ old: [1, 60] }, { old: [0.5, 60], new: [0.5, 40] })).toEqual({ old: [-2.5, 0], new: [-7.5, 0] });
  });

  test('has an error by the sampling of shares and rates', () => {
    const [part] = symmetricSplit(window({ a: [0.5, 10], b: [0.5, 20] }), window({ a: [0.5, 10], b: [0.5, 20] }));
    // Distance 10 − 15; 25 · (0.01 + 0.01) + 0.25 · (4 + 4).
    expect(part?.variance).toBeCloseTo(2.5, 12);
    const unknown = { ...share(1, 10), rateVariance: null };
    expect(symmetricSplit(new Map([['a', unknown]]), window({ a: [1, 12] }))[0]?.variance).toBeNull();
  });

  test('is the sum of its parts, whatever the segments', () => {
    const segments = fc.uniqueArray(
      fc.tuple(
        fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        fc.integer({ min: 1, max: 1_000 }),
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      ),
      { minLength: 1, selector: ([name]) => name },
    );
    const windowOf = (drawn: [string, number, number][]) => {
      const all = drawn.reduce((sum, [, units]) => sum + units, 0);
      return new Map(drawn.map(([name, units, rate]) => [name, share(units / all, rate)]));
    };
    const mean = (shares: Map<string, Share>) => [...shares.values()].reduce((sum, { weight, rate }) => sum + weight * rate, 0);
    fc.assert(
      fc.property(segments, segments, (first, last) => {
        const [before, after] = [windowOf(first), windowOf(last)];
        const sum = symmetricSplit(before, after).reduce((total, { mix, rate }) => total + mix + rate, 0);
        expect(sum).toBeCloseTo(mean(after) - mean(before), 5);
      }),
      { seed: 20_261_121, numRuns: 500 },
    );
  });
});

test('the logarithmic mean lies between its two numbers and is theirs where they are one', () => {
  // (8 − 2) / ln 4
  expect(logarithmicMean(8, 2)).toBeCloseTo(4.328_085_122_666_891, 12);
  expect(logarithmicMean(2, 8)).toBeCloseTo(4.328_085_122_666_891, 12);
  expect(logarithmicMean(5, 5)).toBe(5);
});
