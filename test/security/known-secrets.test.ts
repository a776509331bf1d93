import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { readConfig } from '#server/config.js';
import { runCommand } from '../support/built-server.js';

const known = [
  'changeme',
  'secret',
  'YOUR_OWN_RANDOM_GENERATED_SECRET_KEY',
  'thisISaSECRET_1234',
  'x'.repeat(64),
  '0'.repeat(64),
  'f'.repeat(64),
  '0123456789abcdef0123456789abcdef',
  'deadbeef'.repeat(8),
  Array.from({ length: 32 }, (_, n) => n.toString(16).padStart(2, '0')).join(''),
  ...['', 'secret', 'password', 'changeme'].map((word) => hash('sha256', word)),
];

test.each(known)('%s is no key, and is not repeated in what is said about it', (key) => {
  let told = '';
  try {
    readConfig({ THROUGHLINE_SECRET_KEY: key });
  } catch (error) {
    told = String(error);
  }
  expect(told).toContain('THROUGHLINE_SECRET_KEY=(hidden) is not valid; it must be 64 hexadecimal digits that nobody can guess');
  expect(told).not.toContain(key);
});

test('a random key is taken', () => {
  const key = '8f14e45fceea167a5a36dedd4bea2543c81e728d9d4c2f636f067f89cc14862c';
  expect(readConfig({ THROUGHLINE_SECRET_KEY: key }).secretKey).toBe(key);
});

test('the server does not start with a known key', async () => {
  const { code, stderr, stdout } = await runCommand(['start'], { THROUGHLINE_SECRET_KEY: 'changeme', PORT: '0' });
  expect(code).not.toBe(0);
  expect(stderr + stdout).toContain('THROUGHLINE_SECRET_KEY=(hidden) is not valid');
});
