import { expect, test } from 'vitest';
import { boards } from '#dashboards/boards/index.js';
import { en } from '#dashboards/i18n/en.js';
import { fa } from '#dashboards/i18n/fa.js';
import { hy } from '#dashboards/i18n/hy.js';
import { keyOf, locales, translator, type MessageKey } from '#dashboards/i18n/messages.js';
import { tr } from '#dashboards/i18n/tr.js';
import { metrics } from '#server/metrics/definitions/index.js';

const catalogs = { en, tr, fa, hy };

/** Names of the arguments of an ICU message, without the `#` and the words of plural branches. */
function argumentsOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)(?=[,}])/g)].map(([, name]) => name ?? ''))].sort();
}

test.each(['tr', 'fa', 'hy'] as const)('every text in %s asks for nothing the English one does not have', (locale) => {
  for (const key of Object.keys(en) as MessageKey[]) {
    const known = argumentsOf(en[key]);
    const unknown = argumentsOf(catalogs[locale][key]).filter((name) => !known.includes(name));
    expect(unknown, key).toEqual([]);
  }
});

test.each(['tr', 'fa', 'hy'] as const)('no text in %s was left in English', (locale) => {
  const hasWords = (key: MessageKey) => /\p{L}/u.test(en[key].replace(/\{\w+\}/g, ''));
  const same = (Object.keys(en) as MessageKey[]).filter((key) => hasWords(key) && catalogs[locale][key] === en[key]);
  expect(same.filter((key) => key !== 'head.n')).toEqual([]);
});

test('every metric of the registry can be explained in every language', () => {
  for (const { id, values } of metrics) {
    for (const text of ['name', 'feels', 'definition']) expect(() => keyOf(`metric.${id}.${text}`)).not.toThrow();
    for (const value of values) expect(() => keyOf(`value.${value}`)).not.toThrow();
  }
});

test('every board asks only for metrics of the registry', () => {
  const known = metrics.map(({ id }) => id);
  const asked = boards.flatMap((board) => board.charts.flatMap((chart) => chart.queries.map((query) => query.metric)));
  expect(asked.filter((metric) => !known.includes(metric))).toEqual([]);
});

test('charts have names of their own among all boards', () => {
  const ids = boards.flatMap((board) => board.charts.map((chart) => chart.id));
  expect(new Set(ids).size).toBe(ids.length);
});

test('counts are said in the plural of the language and in its digits', () => {
  expect(locales.map((locale) => translator(locale)('count.items', { n: 1_234 }))).toEqual([
    '1,234 items',
    '1.234 iş',
    '۱٬۲۳۴ مورد',
    '1234 գործ',
  ]);
  expect(translator('en')('count.items', { n: 1 })).toBe('1 item');
});

test('a key nobody wrote a text for is told by its name', () => {
  expect(() => keyOf('metric.lead-tme.name')).toThrow('No text "metric.lead-tme.name"');
});
