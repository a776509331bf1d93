import { expect, test, vi } from 'vitest';
import { addressSubject } from '#server/access/attempts.js';
import { hashPassword, isOutdated, isPassword, type Derive } from '#server/access/password-hash.js';
import { passwordFlaw, personalWords } from '#server/access/password-rules.js';

test('a hash says how it was made, differs each time, and is of one password', async () => {
  const hash = await hashPassword('correct horse battery');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(await hashPassword('correct horse battery')).not.toBe(hash);
  expect(await isPassword(hash, 'correct horse battery')).toBe(true);
  expect(await isPassword(hash, 'correct horse batterz')).toBe(false);
});

test('the same letters are the same password, however a keyboard writes them', async () => {
  const hash = await hashPassword('cafe\u0301 au lait at noon');
  expect(await isPassword(hash, 'caf\u00e9 au lait at noon')).toBe(true);
});

test('reads the hashes of others, as the reference implementation writes them', async () => {
  // printf password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 24 -e; from the README of P-H-C/phc-winner-argon2, with its own parameters.
  const hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  expect(await isPassword(hash, 'password')).toBe(true);
  expect(isOutdated(hash)).toBe(false);
});

test('a hash of less work is to be made again', () => {
  expect(isOutdated('$argon2id$v=19$m=9216,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc')).toBe(true);
  expect(isOutdated('plain text')).toBe(true);
});

test('nobody’s password is compared with as much work as somebody’s', async () => {
  const hash = await hashPassword('correct horse battery');
  const work: object[] = [];
  const derive = vi.fn<Derive>(async ({ memory, passes, parallelism, tagLength }) => {
    work.push({ memory, passes, parallelism, tagLength });
    return Buffer.alloc(tagLength);
  });
  expect(await isPassword(hash, 'wrong', derive)).toBe(false);
  expect(await isPassword(null, 'wrong', derive)).toBe(false);
  expect(work).toEqual([
    { memory: 19456, passes: 2, parallelism: 1, tagLength: 32 },
    { memory: 19456, passes: 2, parallelism: 1, tagLength: 32 },
  ]);
});

const words = personalWords('throughline', 'Ada Lovelace', 'ada.lovelace@northwind.example');

test.each([
  ['hunter2', 'too-short'],
  ['elevenchars', 'too-short'],
  ['x'.repeat(257), 'too-long'],
  ['aaaaaaaaaaaaaaaa', 'simple'],
  ['abababababab', 'simple'],
  ['abcdefghijklmnop', 'simple'],
  ['1234567890123', 'simple'],
  ['qwertyuiop123', 'common'],
  ['Password1234!', 'common'],
  ['P@ssw0rd2026', 'common'],
  ['passwordpassword', 'common'],
  ['!!!dragon2024!!!', 'common'],
  ['northwind-ada!', 'personal'],
  ['northwind2026', 'personal'],
  ['throughline1!', 'personal'],
])('%s is refused as %s', async (password, flaw) => {
  expect(await passwordFlaw(password, words)).toBe(flaw);
});

test.each([
  'correct horse battery',
  'قطار شب به شمال می‌رود',
  'mavi-kapı-önünde-üç-kedi',
  'tr0ub4dor and 3 friends',
  'Lovelace wrote the first one',
])('%s is taken', async (password) => {
  expect(await passwordFlaw(password, words)).toBeNull();
});

test.each([
  ['203.0.113.9', 'address:203.0.113.9'],
  ['::ffff:203.0.113.9', 'address:203.0.113.9'],
  ['2001:db8:1:2:aaaa:bbbb:cccc:dddd', 'address:2001:db8:1:2::/64'],
  ['2001:db8:1:2::1', 'address:2001:db8:1:2::/64'],
  ['2001:db8::1', 'address:2001:db8:0:0::/64'],
  ['::1', 'address:0:0:0:0::/64'],
])('%s is counted as %s', (address, subject) => {
  expect(addressSubject(address)).toBe(subject);
});
