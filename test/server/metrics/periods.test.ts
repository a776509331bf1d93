import { describe, expect, test } from 'vitest';
import { periodWindow, periodWindows, previousDays, sameDaysLastYear } from '#server/metrics/periods.js';

/** The last day, 2026-11-18, is a Wednesday, and 27 Aban 1405. */
const span = { first: '2025-01-09', last: '2026-11-18', zone: 'UTC' };

describe('periods in words count back from the last day of the data', () => {
  test.each([
    ['default', '2026-05-18', '2026-11-16'],
    ['this-week', '2026-11-16', '2026-11-19'],
    ['last-week', '2026-11-09', '2026-11-16'],
    ['this-month', '2026-11-01', '2026-11-19'],
    ['last-month', '2026-10-01', '2026-11-01'],
    ['this-quarter', '2026-10-01', '2026-11-19'],
    ['last-quarter', '2026-07-01', '2026-10-01'],
    ['this-year', '2026-01-01', '2026-11-19'],
    ['last-year', '2025-01-01', '2026-01-01'],
    ['7-days', '2026-11-12', '2026-11-19'],
    ['365-days', '2025-11-19', '2026-11-19'],
    ['4-weeks', '2026-10-19', '2026-11-16'],
  ] as const)('%s in the Gregorian calendar', (word, from, to) => {
    expect(periodWindow(word, span, 'gregorian')).toEqual({ from, to });
  });

  test.each([
    // Saturdays: 2026-05-16, 2026-11-07 and 2026-11-14; 1 Aban 1405 is 2026-10-23, 1 Mehr 2026-09-23, 1 Tir 2026-06-22.
    ['default', '2026-05-16', '2026-11-14'],
    ['this-week', '2026-11-14', '2026-11-19'],
    ['last-week', '2026-11-07', '2026-11-14'],
    ['this-month', '2026-10-23', '2026-11-19'],
    ['last-month', '2026-09-23', '2026-10-23'],
    ['this-quarter', '2026-09-23', '2026-11-19'],
    ['last-quarter', '2026-06-22', '2026-09-23'],
    ['this-year', '2026-03-21', '2026-11-19'],
    ['last-year', '2025-03-21', '2026-03-21'],
  ] as const)('%s in the Jalali calendar', (word, from, to) => {
    expect(periodWindow(word, span, 'jalali')).toEqual({ from, to });
  });

  test('a last day that ends its week makes that week complete', () => {
    expect(periodWindow('4-weeks', { ...span, last: '2026-11-15' }, 'gregorian')).toEqual({ from: '2026-10-19', to: '2026-11-16' });
    expect(periodWindow('default', { ...span, last: '2026-11-13' }, 'jalali').to).toBe('2026-11-14');
  });

  test('the proposed period is all of the data where that is shorter than a week', () => {
    expect(periodWindow('default', { ...span, first: '2026-11-17' }, 'gregorian')).toEqual({ from: '2026-11-17', to: '2026-11-19' });
  });

  test('without data each word is a window all the same', () => {
    const windows = Object.values(periodWindows({ first: null, last: null, zone: 'UTC' }, 'gregorian'));
    expect(windows.every(({ from, to }) => from < to)).toBe(true);
  });
});

describe('the window before', () => {
  test.each([
    ['weeks', 'gregorian', '2026-11-02', '2026-11-16', '2026-10-19'],
    ['a month', 'gregorian', '2026-03-01', '2026-04-01', '2026-02-01'],
    ['a quarter', 'gregorian', '2026-07-01', '2026-10-01', '2026-04-01'],
    ['a part of a month', 'gregorian', '2026-11-01', '2026-11-19', '2026-10-14'],
    ['a Jalali month', 'jalali', '2026-03-21', '2026-04-21', '2026-02-20'],
    ['a Jalali year', 'jalali', '2025-03-21', '2026-03-21', '2024-03-20'],
  ] as const)('of %s', (_, calendar, from, to, before) => {
    expect(previousDays({ from, to }, calendar)).toEqual({ from: before, to: from });
  });
});

describe('the same days a year before', () => {
  test.each([
    ['whole weeks stay whole', 'gregorian', ['2026-11-02', '2026-11-16'], ['2025-11-03', '2025-11-17']],
    ['a month is the same month', 'gregorian', ['2024-02-01', '2024-03-01'], ['2023-02-01', '2023-03-01']],
    ['days keep their dates', 'gregorian', ['2026-01-01', '2026-11-19'], ['2025-01-01', '2025-11-19']],
    ['a leap day has the day before it', 'gregorian', ['2024-02-29', '2024-03-02'], ['2023-02-28', '2023-03-02']],
    ['Esfand of a leap year is a day longer', 'jalali', ['2026-02-20', '2026-03-21'], ['2025-02-19', '2025-03-21']],
    ['a Jalali year', 'jalali', ['2025-03-21', '2026-03-21'], ['2024-03-20', '2025-03-21']],
  ] as const)('%s', (_, calendar, [from, to], [before, until]) => {
    expect(sameDaysLastYear({ from, to }, calendar)).toEqual({ from: before, to: until });
  });
});
