import { expect, test } from 'vitest';
import { formatter } from '#dashboards/format.js';
import { locales, type Locale } from '#dashboards/i18n/messages.js';

const en = formatter('en');

test('a length of time is said in the unit a person would use', () => {
  expect([45, 89, 90, 720, 5_399, 5_400, 8_280, 172_799, 172_800, 293_760, 10_368_000].map((seconds) => en.duration(seconds))).toEqual([
    '45 s',
    '89 s',
    '1.5 min',
    '12 min',
    '90 min',
    '1.5 h',
    '2.3 h',
    '48 h',
    '2 d',
    '3.4 d',
    '120 d',
  ]);
});

test('each unit is written the way its language writes it', () => {
  expect(['en', 'tr', 'fa', 'hy'].map((locale) => formatter(locale as 'en').value(42.5, '%'))).toEqual([
    '42.5 %',
    '%42,5',
    '۴۲٫۵٪',
    '42,5 %',
  ]);
  expect(formatter('tr').duration(8_280)).toBe('2,3 sa');
  expect(formatter('fa').duration(8_280)).toBe('۲٫۳ ساعت');
  expect(formatter('hy').duration(8_280)).toBe('2,3 ժ');
});

test('a missing value is a dash, never a zero', () => {
  expect(en.value(null, 's')).toBe('–');
  expect(en.value(0, '%')).toBe('0 %');
});

test('a difference carries its sign, and a difference of percentages is in points', () => {
  expect(en.difference(-2_508, 's')).toBe('−41.8 min');
  expect(en.difference(3_600, 's')).toBe('+60 min');
  expect(en.difference(1.04, '%')).toBe('+1 pp');
  expect(en.difference(-0.23, 'x')).toBe('−0.23');
});

test('a local date stays its day, whatever the zone of the machine', () => {
  expect(en.date('2026-01-03')).toBe('3 Jan 2026');
  expect(en.bucket('2026-01-03', 'week')).toBe('3 Jan');
  expect(en.bucket('2026-03-01', 'month')).toBe('Mar 2026');
  expect(formatter('fa').date('2026-03-21')).toBe('۱ فروردین ۱۴۰۵');
});

test('an instant is shown in the zone asked for', () => {
  expect(en.instant('2026-11-15T23:30:00Z', 'Europe/Berlin')).toBe('16 Nov 2026, 00:30');
});

test('a quarter is named in each language, by the calendar asked', () => {
  const quarter = (locale: 'en' | 'tr' | 'fa' | 'hy', calendar: 'gregorian' | 'jalali', day: string) =>
    formatter(locale, { calendar }).bucket(day, 'quarter');
  expect(quarter('en', 'gregorian', '2026-04-01')).toBe('Q2 2026');
  expect(quarter('tr', 'gregorian', '2026-10-01')).toBe('2026 4. çeyrek');
  expect(quarter('hy', 'gregorian', '2026-01-01')).toBe('2026 թ. 1-ին եռամսյակ');
  expect(quarter('fa', 'jalali', '2026-03-21')).toBe('سه‌ماههٔ اول ۱۴۰۵');
  expect(quarter('en', 'jalali', '2026-03-21')).toBe('Q1 1405');
});

test('Jalali dates carry no era, in whatever language', () => {
  expect(formatter('en', { calendar: 'jalali' }).date('2026-03-21')).toBe('1 Farvardin 1405');
  expect(formatter('tr', { calendar: 'jalali' }).date('2026-03-21')).toBe('1 Ferverdin 1405');
  expect(formatter('hy', { calendar: 'jalali' }).date('2026-03-21')).toBe('01 Farvardin, 1405 թ.');
  expect(formatter('en', { calendar: 'jalali' }).bucket('2026-03-21', 'month')).toBe('Farvardin 1405');
});

test('Persian may have the Gregorian calendar and Latin digits', () => {
  expect(formatter('fa', { calendar: 'gregorian' }).date('2026-03-21')).toBe('۲۱ مارس ۲۰۲۶');
  expect(formatter('fa', { digits: 'latn' }).date('2026-03-21')).toBe('1 فروردین 1405');
  expect(formatter('fa', { digits: 'latn' }).count(1234)).toBe('1,234');
});

test('a year is its own label and needs no line below', () => {
  expect(formatter('fa').bucket('2025-03-21', 'year')).toBe('۱۴۰۴');
  expect(formatter('en').tick('2026-01-01', 'year')).toEqual({ label: '2026', year: '' });
  expect(formatter('en').tick('2026-04-01', 'quarter')).toEqual({ label: 'Q2', year: '2026' });
});

test('names stand in the order of the alphabet of each language', () => {
  const sorted = (locale: 'tr' | 'fa' | 'hy' | 'en', names: string[]) => names.sort(formatter(locale).compareNames);
  // Turkish: c before ç, ı before i, o before ö.
  expect(sorted('tr', ['İzmir', 'Ilgaz', 'Çorum', 'Ceyhan', 'Ödemiş', 'Ordu'])).toEqual([
    'Ceyhan',
    'Çorum',
    'Ilgaz',
    'İzmir',
    'Ordu',
    'Ödemiş',
  ]);
  expect(sorted('fa', ['گروه', 'پشتیبانی', 'کار', 'چاپ'])).toEqual(['پشتیبانی', 'چاپ', 'کار', 'گروه']);
  expect(sorted('hy', ['Բանկ', 'Օդ', 'Աշխատանք', 'Ֆոնդ'])).toEqual(['Աշխատանք', 'Բանկ', 'Օդ', 'Ֆոնդ']);
  expect(sorted('en', ['Team 10', 'Team 9'])).toEqual(['Team 9', 'Team 10']);
});

test('parts of a list are told apart by the marks of the language', () => {
  const list = (locale: Locale, mark?: 'semicolon') => formatter(locale).list(['1', '2'], mark);
  expect(locales.map((locale) => list(locale))).toEqual(['1, 2', '1, 2', '1، 2', '1, 2']);
  expect(locales.map((locale) => list(locale, 'semicolon'))).toEqual(['1; 2', '1; 2', '1؛ 2', '1. 2']);
});
