import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atRest, step, type Standing } from '#server/alerts/machine.js';
import type { AlertReading } from '#server/api.js';

type Verdict = AlertReading['verdict'];

const words: Record<string, Verdict> = { b: 'breach', c: 'clear', '-': 'between', '?': 'untold' };

/** The phases a series of readings goes through: o k, p ending, f iring, r ecovering. */
function phases(series: string, rule = { hold: 1, recover: 1 }): string {
  let standing: Standing = atRest;
  return [...series].map((letter) => (standing = step(standing, words[letter] ?? 'untold', rule)).phase[0]).join('');
}

describe('an alert', () => {
  test.each([
    ['fires at once and is over at once without hold-down', 'cbbcb', { hold: 1, recover: 1 }, 'offof'],
    ['fires only after so many in a row', 'bbcbbb', { hold: 3, recover: 1 }, 'ppoppf'],
    ['is over only after so many in a row', 'bccbccc', { hold: 1, recover: 3 }, 'frrfrro'],
    ['keeps firing between threshold and recovery', 'b--c', { hold: 1, recover: 1 }, 'fffo'],
    ['does not fire between threshold and recovery', '-b-b', { hold: 2, recover: 1 }, 'opop'],
    ['begins to recover anew where it is between again', 'bcc-ccc', { hold: 1, recover: 3 }, 'frrfrro'],
    ['stays as it is where nobody can tell, and no row is broken', '?b?b?c?', { hold: 2, recover: 1 }, 'oppffoo'],
  ])('%s', (_name, series, rule, expected) => {
    expect(phases(series, rule)).toBe(expected);
  });
});

/** The same read off the whole series at every point, from its end back. */
function slowly(series: readonly Verdict[], { hold, recover }: { hold: number; recover: number }): boolean {
  const told = series.filter((verdict) => verdict !== 'untold');
  let isFiring = false;
  let since = 0;
  for (let end = 1; end <= told.length; end++) {
    const own = told.slice(since, end);
    const wanted = isFiring ? 'clear' : 'breach';
    const row = own.length - (own.findLastIndex((verdict) => verdict !== wanted) + 1);
    if (row >= (isFiring ? recover : hold)) {
      isFiring = !isFiring;
      since = end;
    }
  }
  return isFiring;
}

test('fires as a slow reading of the whole history says, whatever the history', () => {
  const verdict = fc.constantFrom<Verdict>('breach', 'clear', 'between', 'untold');
  const rule = fc.record({ hold: fc.integer({ min: 1, max: 4 }), recover: fc.integer({ min: 1, max: 4 }) });
  fc.assert(
    fc.property(fc.array(verdict, { maxLength: 40 }), rule, (series, asked) => {
      let standing: Standing = atRest;
      for (const one of series) standing = step(standing, one, asked);
      expect(['firing', 'recovering'].includes(standing.phase)).toBe(slowly(series, asked));
    }),
    { numRuns: 2_000 },
  );
});
