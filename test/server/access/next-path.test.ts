import { expect, test } from 'vitest';
import { nextPath } from '#server/access/next-path.js';

const here = 'https://throughline.company.test';

/** Each begins, hides or ends what would lead elsewhere in another way. */
const beginnings = [
  '',
  '/',
  '//',
  '///',
  '\\',
  '\\\\',
  '/\\',
  '\\/',
  '/\t/',
  '/\n/',
  '\u0000/',
  ' /',
  '/ /',
  '/.//',
  '/..//',
  '/%2f',
  '/%5c',
  '/@',
  '/;//',
  '?//',
];
const targets = [
  'evil.example',
  'evil.example/boards',
  'user:pass@evil.example',
  'evil.example:443',
  '[::ffff:203.0.113.9]',
  'xn--vil-tla.example',
  'evil。example',
];
const schemes = [
  'https:',
  'http:',
  'HTTPS:',
  'javascript:alert(1)//',
  'JaVaScRiPt:alert(1)//',
  'java\nscript:alert(1)//',
  '\u0001javascript:alert(1)//',
  'data:text/html,<script>alert(1)</script>//',
  'vbscript:x//',
  'blob:https://evil.example/',
  'file:///',
  'ftp://',
];
const hostile = [
  ...beginnings.flatMap((beginning) => targets.map((target) => `${beginning}${target}`)),
  ...schemes.flatMap((scheme) =>
    ['', '//evil.example', '/\\evil.example', 'evil.example', '/boards/delay'].map((rest) => `${scheme}${rest}`),
  ),
];

test(`none of ${hostile.length} hostile forms leads away from this page`, () => {
  expect(hostile.length).toBe(200);
  const away = hostile.filter((asked) => {
    const path = nextPath(asked);
    return !/^\/(?![/\\])/.test(path) || new URL(path, here).origin !== here;
  });
  expect(away).toEqual([]);
});

test('what is no path of this page leads to the first page', () => {
  for (const asked of [
    undefined,
    '',
    'boards/delay',
    '//evil.example',
    'https://evil.example/',
    '/\\evil.example',
    '/%2fevil.example',
    '/1',
  ])
    expect(nextPath(asked), asked).toBe('/');
});

test.each(['/', '/boards/delay', '/boards/delay?team=Billing&team=Field+Support&grain=week', '/items/7b1f?lang=fa#story'])(
  '%s is gone on to',
  (path) => {
    expect(nextPath(path)).toBe(path);
  },
);
