import { describe, expect, test } from 'vitest';
import { counted, measured, unseen } from '#server/metrics/text/measured.js';
import { textLanguages } from '#server/metrics/text/phrases.js';
import { counts, labelled, pairCounts, unseenCounts } from './measure.js';

describe.each(textLanguages)('%s', (language) => {
  test('has at least 60 labelled messages', () => {
    expect(labelled[language].length).toBeGreaterThanOrEqual(60);
  });

  test.each(['chase', 'repeat', 'reason'] as const)('is read for %s as well as is said beside the number', (label) => {
    expect(counts(language, label)).toEqual(counted[label][language]);
  });

  test('tells the same question from another as well as is said beside the number', () => {
    expect(pairCounts(language)).toEqual(counted.sameQuestion[language]);
  });

  test.each(['thanks', 'date', 'question'] as const)('finds %s with precision of at least 0.85 and recall of at least 0.7', (label) => {
    const { right, wrong, missed } = counts(language, label);
    expect(right / (right + wrong)).toBeGreaterThanOrEqual(0.85);
    expect(right / (right + missed)).toBeGreaterThanOrEqual(0.7);
  });
});

test.each(['chase', 'repeat', 'reason'] as const)('is read for %s in texts it was not made with as is said beside the number', (label) => {
  expect(unseenCounts(label)).toEqual(unseen[label]);
});

test('says nothing of one language where fewer than ten texts mean it', () => {
  expect(measured.chase.languages.map(({ precision }) => precision === null)).toEqual([false, false, false, false]);
  expect(measured.sameQuestion.languages.map(({ precision }) => precision)).toEqual([null, null, null, null]);
});
