import { expect, test } from 'vitest';
import { promiseCourses, type OpenState } from '#server/metrics/forecast/promise-course.js';
import { groupNames, looks, type GivenPromise } from '#server/metrics/forecast/promise-history.js';

const dueAfter = 100;
const state = { type: 'order', court: 'ours_active', team: 'desk' };

/** Given at 0, due at 100, in one state all the time; finished after so long, or still open at 1,000. */
function promise(finished: number | null, where: Partial<typeof state> = {}): GivenPromise {
  const groups = Array.from({ length: looks }, () => groupNames({ ...state, ...where }));
  const known = { created: 0, entry: null, seenTo: 1_000 };
  const spans =
    finished === null
      ? [{ ...known, from: 0, to: Infinity, ended: 0 as const }]
      : [
          { ...known, from: 0, to: finished, ended: 0 as const },
          { ...known, from: finished, to: Infinity, ended: 1 as const },
        ];
  return { said: 0, due: dueAfter, spans, groups };
}
const times = (count: number, given: GivenPromise) => Array.from({ length: count }, () => given);
const asked = (passed: number, where: Partial<typeof state> = {}): OpenState => ({ ...state, ...where, passed });

test('is the share of those open after the same part of their time that missed the date', () => {
  // Open after half: 30 that finish at 80 and 10 that do not; every group is the whole.
  const course = promiseCourses([...times(20, promise(30)), ...times(30, promise(80)), ...times(10, promise(130))])(1_000);
  expect(course.atRisk(0.5)).toBe(40);
  expect(course.late(asked(0.5))).toBeCloseTo(0.25, 12);
  expect(course.late(asked(0.8))).toBe(1);
});

test('the instant of the date is in time', () => {
  expect(promiseCourses(times(10, promise(100)))(1_000).late(asked(0.5))).toBe(0);
});

test('draws a small group towards the wider one', () => {
  // Of 40, 10 are late: .25. With the customer 4 of 4 are: (4 + 30 × .25) / 34; the narrower groups are the same four, drawn again.
  const course = promiseCourses([...times(30, promise(80)), ...times(6, promise(130)), ...times(4, promise(null, { court: 'customer' }))])(
    1_000,
  );
  const first = (4 + 30 * 0.25) / 34;
  const second = (4 + 30 * first) / 34;
  expect(course.late(asked(0.5, { court: 'customer' }))).toBeCloseTo((4 + 30 * second) / 34, 12);
});

test('says the whole of a group that it has never seen', () => {
  const course = promiseCourses([...times(30, promise(80)), ...times(10, promise(null))])(1_000);
  expect(course.late(asked(0.5, { court: 'third_party' }))).toBeCloseTo(0.25, 12);
});

test('knows nothing of dates that had not passed, nor that a finish would be undone', () => {
  const undone: GivenPromise = {
    ...promise(null),
    spans: [
      { created: 0, entry: null, seenTo: 1_000, from: 0, to: 60, ended: 0 },
      { created: 0, entry: null, seenTo: 1_000, from: 60, to: 300, ended: 1 },
      { created: 0, entry: null, seenTo: 1_000, from: 300, to: Infinity, ended: 0 },
    ],
  };
  const at = promiseCourses([promise(80), undone]);
  expect(at(99).atRisk(0)).toBe(0);
  expect(at(100).late(asked(0.5))).toBe(0);
  // Both open after half; the one that came back is late now, and so in each of the groups.
  expect(at(300).late(asked(0.5))).toBeCloseTo(0.5, 12);
});

test('tells after which part of the promised time half of those open are finished', () => {
  const course = promiseCourses([promise(60), promise(90), promise(150), promise(null)])(1_000);
  expect(course.medianLeft(0.5)).toBeCloseTo(0.4, 12);
  expect(course.medianLeft(1.6)).toBeNull();
});
