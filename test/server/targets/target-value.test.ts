import { expect, test } from 'vitest';
import type { Locale } from '#dashboards/i18n/messages.js';
import type { Unit } from '#dashboards/metric-result.js';
import { readTargetValue } from '#server/targets/target-value.js';

const read = (text: string, unit: Unit, locale: Locale = 'en') => readTargetValue(text, unit, { locale });

test.each<[string, Unit, Locale, number]>([
  ['85 %', '%', 'en', 85],
  ['85', '%', 'en', 85],
  ['%85,5', '%', 'tr', 85.5],
  ['۸۵٫۵٪', '%', 'fa', 85.5],
  // 2 × 3600 + 30 × 60
  ['2 h 30 m', 's', 'en', 9_000],
  ['2h30m', 's', 'en', 9_000],
  ['1.5 d', 's', 'en', 129_600],
  ['2,5 sa', 's', 'tr', 9_000],
  ['1 gün 2 saat', 's', 'tr', 93_600],
  ['۲ ساعت و ۳۰ دقیقه', 's', 'fa', 9_000],
  ['2 ժ 30 ր', 's', 'hy', 9_000],
  ['0 s', 's', 'en', 0],
  ['−5 pp', 'pp', 'en', -5],
  ['2.5 ×', 'x', 'en', 2.5],
  ['1200', 'n', 'en', 1_200],
])('reads %s as a value in %s', (text, unit, locale, value) => {
  expect(read(text, unit, locale)).toBe(value);
});

test.each<[string, Unit, Locale, string]>([
  ['101 %', '%', 'en', '“101 %” cannot be reached: the value lies between 0 % and 100 %.'],
  ['-1', 'n', 'en', '“-1” cannot be reached: the value lies between 0 and 1,000,000,000.'],
  ['150', 's', 'en', '“150” is without a unit of time; write it as 2.5 h.'],
  ['soon', 's', 'en', '“soon” is not a value here; write it as 2.5 h.'],
  ['2 h 30', 's', 'en', '“2 h 30” is not a value here; write it as 2.5 h.'],
  ['2 parsecs', 's', 'en', '“2 parsecs” is not a value here; write it as 2.5 h.'],
  ['', '%', 'en', '“” is not a value here; write it as 85 %.'],
  ['1,000', 'n', 'en', '“1,000” can be read in two ways; write it without a separator of thousands.'],
  ['çok', '%', 'tr', '“çok” burada bir değer değil; şöyle yazın: %85.'],
  ['۱۲۰٪', '%', 'fa', '«۱۲۰٪» ناممکن است: مقدار بین ۰٪ و ۱۰۰٪ است.'],
])('refuses %s for %s and says what would do', (text, unit, locale, said) => {
  expect(() => read(text, unit, locale)).toThrow(said);
});
