import { expect, test } from 'vitest';
import { jalaliDate, typedDate } from '../../web/src/lib/jalali.js';

test.each([
  ['1404/01/01', '2025-03-21'],
  ['1405/1/1', '2026-03-21'],
  // 1403 is a leap year, 1404 is not.
  ['1403-12-30', '2025-03-20'],
  ['1404/12/29', '2026-03-20'],
  ['۱۴۰۵/۰۸/۲۷', '2026-11-18'],
  ['١٤٠٥/٨/٢٧', '2026-11-18'],
  ['  1405 . 08 . 27 ', '2026-11-18'],
  ['2026-11-18', '2026-11-18'],
  ['۲۰۲۶/۱۱/۱۸', '2026-11-18'],
])('%s is the day %s', (text, day) => {
  expect(typedDate(text)).toBe(day);
});

test.each(['1404/12/30', '1405/13/01', '1405/07/31', '1405/00/10', '2026-02-30', '1405/08', 'yesterday', ''])('%j is no day', (text) => {
  expect(typedDate(text)).toBeNull();
});

test('every day of thirty years is written and read again', () => {
  for (let at = Date.UTC(2010, 0, 1); at < Date.UTC(2040, 0, 1); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    expect(typedDate(jalaliDate(day))).toBe(day);
  }
});
