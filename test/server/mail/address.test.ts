import { expect, test } from 'vitest';
import { allowedAddress, onOneLine, parseAddress } from '#server/mail/address.js';

test.each([
  ['ada@company.test', 'ada@company.test'],
  ['Ada.Lovelace+reports@Mail.Company.TEST', 'Ada.Lovelace+reports@mail.company.test'],
  ["o'neil@company.test", "o'neil@company.test"],
  ['root@localhost', 'root@localhost'],
])('%s is an address', (typed, address) => {
  expect(parseAddress(typed)).toEqual({ name: '', address });
});

test.each([
  'a@b.test\r\nRCPT TO:<evil@x.test>',
  'a@b.test\nBcc: evil@x.test',
  'user@example.test(x)evil.test',
  'user(x)@example.test',
  'Friends: a@b.test, evil@x.test;',
  'a@b.test, evil@x.test',
  'a@b.test evil@x.test',
  'Ada <ada@company.test>',
  '<ada@company.test>',
  '"evil@x.test"@company.test',
  '"a b"@company.test',
  'ada@@company.test',
  'ada@company',
  'ada@-company.test',
  'ada@company..test',
  '.ada@company.test',
  'ada.@company.test',
  'ada@[127.0.0.1]',
  'ada@compañy.test',
  'аda@company.test',
  'ada@company.test\u0000',
  'ada@xn--company.test evil',
  '=?utf-8?q?evil=40x.test=3e?=@company.test ',
  `${'a'.repeat(65)}@company.test`,
  `a@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.${'e'.repeat(63)}.test`,
  '',
])('%j is refused whole', (typed) => {
  expect(() => parseAddress(typed)).toThrow('is no address; write it plainly, as in name@company.com.');
});

test('a name keeps to its line', () => {
  expect(parseAddress('ada@company.test', 'Ada\r\nBcc: evil@x.test').name).toBe('Ada Bcc: evil@x.test');
  expect(onOneLine(' a\u0000b\u2028c\u0085d\t')).toBe('a b c d');
});

test('only the domains that are allowed are written to, and a domain that ends alike is another', () => {
  const domains = ['company.test'];
  expect(allowedAddress(parseAddress('ada@COMPANY.test'), domains).address).toBe('ada@company.test');
  for (const other of ['ada@evil-company.test', 'ada@company.test.evil.test', 'ada@sub.company.test'])
    expect(() => allowedAddress(parseAddress(other), domains)).toThrow('THROUGHLINE_MAIL_DOMAINS allows company.test');
  expect(allowedAddress(parseAddress('ada@anywhere.test'), []).address).toBe('ada@anywhere.test');
});
