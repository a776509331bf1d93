import { describe, expect, test } from 'vitest';
import { counted, measured, unseen } from '#server/metrics/text/measured.js';
import { textLanguages } from '#server/metrics/text/phrases.js';
import { counts, labelled, pairCounts, unseenCounts, unseenPairs } from './measure.js';

describe.each(textLanguages)('%s', (language) => {
  test('has at least 100 labelled messages', () => {
    expect(labelled[language].length).toBeGreaterThanOrEqual(100);
  });

  test.each(['chase', 'repeat', 'reason'] as const)('is read for %s as well as is said beside the number', (label) => {
    expect(counts(language, label)).toEqual(counted[label][language]);
  });

  test('tells the same question from another as well as is said beside the number', () => {
    expect(pairCounts(language)).toEqual(counted.sameQuestion[language]);
  });

  test.each(['chase', 'repeat', 'reason'] as const)(
    'is read for %s in texts it was not made with as is said beside the number',
    (label) => {
      expect(unseenCounts(language, label)).toEqual(unseen[label][language]);
    },
  );

  test('tells unseen questions apart as is said beside the number', () => {
    expect(pairCounts(language, unseenPairs)).toEqual(unseen.sameQuestion[language]);
  });

  test.each(['thanks', 'date', 'question'] as const)('finds %s with precision of at least 0.85 and recall of at least 0.7', (label) => {
    const { right, wrong, missed } = counts(language, label);
    expect(right / (right + wrong)).toBeGreaterThanOrEqual(0.85);
    expect(right / (right + missed)).toBeGreaterThanOrEqual(0.7);
  });
});

test('says what to expect of texts it was not made with, and between which bounds', () => {
  // Of 72 that chase 21 were found, and 5 that do not.
  const { precision, recall, recallRange, n } = measured.chase.unseen;
  expect([precision, recall, n]).toEqual([21 / 26, 21 / 72, 200]);
  expect(recallRange?.[0]).toBeCloseTo(0.1994, 3);
  expect(recallRange?.[1]).toBeCloseTo(0.4051, 3);
});

test('says nothing of the precision in one language where fewer than ten texts were found', () => {
  expect(measured.chase.languages.map(({ precision }) => precision)).toEqual([null, null, null, null]);
  expect(measured.sameQuestion.languages.map(({ precision }) => precision)).toEqual([0.9, 0.8, null, 0.9]);
});
