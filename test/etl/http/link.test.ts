import { expect, test } from 'vitest';
import { linkOf } from '#etl/http/link.js';

test.each([
  ['<https://x.test/i?page=2>; rel="next", <https://x.test/i?page=9>; rel="last"', 'https://x.test/i?page=2'],
  ['<https://x.test/i?page=1>; rel="prev", <https://x.test/i?a=1,2&page=3>; title="a, b"; rel=next', 'https://x.test/i?a=1,2&page=3'],
  ['<https://x.test/i?page=2>; rel="first next"', 'https://x.test/i?page=2'],
  ['<https://x.test/i?page=2>; rel="nextish"', null],
  ['', null],
])('finds the next page in %s', (link, expected) => {
  expect(linkOf(new Headers({ link }), 'next')).toBe(expected);
});
