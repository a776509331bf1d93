import { expect, test } from 'vitest';
import { firstDayOf, shiftDay } from '#server/metrics/calendar.js';
import { windowBuckets } from '#server/metrics/window.js';

const labels = (request: Omit<Parameters<typeof windowBuckets>[0], 'zone'>) =>
  windowBuckets({ ...request, zone: 'Asia/Tehran' }).map(({ label, isPartial }) => (isPartial ? `${label} partial` : label));

test('Jalali weeks begin on Saturday', () => {
  // 2026-03-14 and 2026-03-21 are Saturdays; Nowruz 1405 is 2026-03-21.
  expect(labels({ from: '2026-03-12', to: '2026-03-25', grain: 'week', calendar: 'jalali' })).toEqual([
    '2026-03-12 partial',
    '2026-03-14',
    '2026-03-21 partial',
  ]);
});

test('Esfand has 30 days in the leap year 1403 and 29 in 1404', () => {
  expect(labels({ from: '2025-02-19', to: '2025-03-21', grain: 'month', calendar: 'jalali' })).toEqual(['2025-02-19']);
  expect(labels({ from: '2025-02-19', to: '2025-03-20', grain: 'month', calendar: 'jalali' })).toEqual(['2025-02-19 partial']);
  expect(labels({ from: '2026-02-20', to: '2026-03-21', grain: 'month', calendar: 'jalali' })).toEqual(['2026-02-20']);
  expect(shiftDay('2025-02-19', 1, 'month', 'jalali')).toBe('2025-03-21');
  expect(shiftDay('2026-02-20', 1, 'month', 'jalali')).toBe('2026-03-21');
});

test('a Jalali year runs from Nowruz to Nowruz', () => {
  expect(labels({ from: '2024-03-20', to: '2026-03-21', grain: 'year', calendar: 'jalali' })).toEqual(['2024-03-20', '2025-03-21']);
  expect(firstDayOf('2025-03-20', 'year', 'jalali')).toBe('2024-03-20');
  expect(firstDayOf('2025-03-21', 'year', 'jalali')).toBe('2025-03-21');
});

test('Jalali quarters are its seasons: 93, 93, 90 and then 89 or 90 days', () => {
  expect(labels({ from: '2025-03-21', to: '2026-03-21', grain: 'quarter', calendar: 'jalali' })).toEqual([
    '2025-03-21',
    '2025-06-22',
    '2025-09-23',
    '2025-12-22',
  ]);
});

test('Gregorian quarters and years begin in January', () => {
  expect(labels({ from: '2025-11-15', to: '2026-04-01', grain: 'quarter' })).toEqual(['2025-11-15 partial', '2026-01-01']);
  expect(labels({ from: '2025-01-01', to: '2026-04-01', grain: 'year' })).toEqual(['2025-01-01', '2026-01-01 partial']);
});

test('a day keeps its place in the month, and the last one a month that is shorter', () => {
  // 30 Esfand 1403 is 2025-03-20; a year before it 29 Esfand 1402 is 2024-03-19.
  expect(shiftDay('2025-03-20', -1, 'year', 'jalali')).toBe('2024-03-19');
  expect(shiftDay('2026-03-31', -1, 'month', 'gregorian')).toBe('2026-02-28');
});

test('a Jalali day is a local day, also while Tehran had summer time', () => {
  // Until 2022 the clock went forward at the end of 1 Farvardin; 1401-01-01 is 2022-03-21.
  const spans = windowBuckets({ from: '2022-03-21', to: '2022-04-21', grain: 'month', calendar: 'jalali', zone: 'Asia/Tehran' });
  expect(spans.map(({ fromAt, toAt }) => [fromAt.toString(), toAt.toString()])).toEqual([['2022-03-20T20:30:00Z', '2022-04-20T19:30:00Z']]);
});
