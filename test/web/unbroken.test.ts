import { expect, test } from 'vitest';
import { unbroken } from '../../web/src/lib/unbroken.js';

test.each([
  ['7 % in the latest week (9 Nov), 2.7 h before', '7\u00a0% in the latest week (9\u00a0Nov), 2.7\u00a0h before'],
  ['۳٫۲ ساعت در ۱۸ آبان', '۳٫۲\u00a0ساعت در ۱۸\u00a0آبان'],
  ['288 items, 1,234 promises, 2.98 ×', '288 items, 1,234 promises, 2.98\u00a0×'],
])('a number stays with its unit: %s', (text, shown) => {
  expect(unbroken(text)).toBe(shown);
});
