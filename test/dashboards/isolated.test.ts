import { expect, test } from 'vitest';
import { formatter } from '#dashboards/format.js';
import { isolated } from '#dashboards/i18n/isolated.js';
import { translator } from '#dashboards/i18n/messages.js';
import { isolated as onThePage } from '../../web/src/lib/i18n/isolated.js';

test.each([isolated, onThePage])('a name from the left is held apart, and nothing else is', (apart) => {
  expect(apart('Change order')).toBe('\u2068Change order\u2069');
  expect(apart('Երևան')).toBe('\u2068Երևան\u2069');
  // Figures take their side from the sentence; a sentence of the language, and what it holds apart itself, stay whole.
  expect(apart('۱۲٫۵')).toBe('۱۲٫۵');
  expect(apart('تیم North')).toBe('تیم North');
  expect(apart('\u2068North\u2069 – \u2068South\u2069')).toBe('\u2068North\u2069 – \u2068South\u2069');
  expect(apart('https://help.example.com/7')).toBe('https://help.example.com/7');
});

test('in Persian a Latin name keeps the figure behind it on its side, in sentences and lists', () => {
  const values = { title: 'Lead time', type: 'Question' };
  expect(translator('fa')('chart.of-type', values)).toContain('\u2068Question\u2069');
  expect(translator('en')('chart.of-type', values)).not.toMatch(/[\u2066-\u2069]/);
  expect(formatter('fa').list(['North', 'South'])).toBe('\u2068North\u2069، \u2068South\u2069');
});
