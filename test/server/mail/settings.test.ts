import { expect, test } from 'vitest';
import { readConfig } from '#server/config.js';

const from = { THROUGHLINE_MAIL_FROM: 'Reports <reports@company.test>' };

test.each([
  ['smtp://mail.company.test', { host: 'mail.company.test', port: 587, tls: 'starttls', login: null }],
  [
    'smtp://ada:s%40fe@mail.company.test:2525',
    { host: 'mail.company.test', port: 2525, tls: 'starttls', login: { user: 'ada', password: 's@fe' } },
  ],
  [
    'smtps://ada:safe@mail.company.test',
    { host: 'mail.company.test', port: 465, tls: 'implicit', login: { user: 'ada', password: 'safe' } },
  ],
  ['smtp://mail:1025?tls=none', { host: 'mail', port: 1025, tls: 'none', login: null }],
  ['smtp://127.0.0.1:1025', { host: '127.0.0.1', port: 1025, tls: 'none', login: null }],
  ['smtp://[::1]:1025?tls=required', { host: '::1', port: 1025, tls: 'starttls', login: null }],
])('%s is understood', (url, smtp) => {
  expect(readConfig({ ...from, THROUGHLINE_SMTP_URL: url }).mail).toEqual({
    smtp,
    from: { name: 'Reports', address: 'reports@company.test' },
    domains: [],
  });
});

test.each([
  ['mail.company.test:587', 'must be an address such as smtp://'],
  ['http://mail.company.test', 'must be an address such as smtp://'],
  ['smtp://ada:safe@mail.company.test?tls=maybe', 'may end with ?tls=none or ?tls=required'],
  ['smtp://ada:safe@mail.company.test?tls=none', 'would send the password in the clear'],
  ['smtps://mail.company.test?tls=none', 'asks for TLS and for none'],
  ['smtp://ada@mail.company.test', 'has a user or a password without the other'],
  ['smtp://ada:100%safe@mail.company.test', 'write a bare % as %25'],
])('%s is refused without showing a password', (url, reason) => {
  const read = (): unknown => readConfig({ ...from, THROUGHLINE_SMTP_URL: url });
  expect(read).toThrow(`THROUGHLINE_SMTP_URL=(hidden) is not valid: it`);
  expect(read).toThrow(reason);
  expect(read).not.toThrow('safe');
});

test('a mail server needs a sender, and the sender is an address', () => {
  expect(() => readConfig({ THROUGHLINE_SMTP_URL: 'smtp://mail.company.test' })).toThrow('THROUGHLINE_MAIL_FROM is not: say whom');
  for (const sender of ['reports', 'A <a@b.test> <c@d.test>', 'a@b.test, c@d.test'])
    expect(() => readConfig({ THROUGHLINE_MAIL_FROM: sender })).toThrow(`THROUGHLINE_MAIL_FROM=${sender} is not valid`);
});

test('the domains that may be written to are domains', () => {
  expect(readConfig({ THROUGHLINE_MAIL_DOMAINS: 'Company.test, partner.test' }).mail.domains).toEqual(['company.test', 'partner.test']);
  for (const domains of ['*.company.test', 'a@company.test', 'company.test,', '10.0.0.1'])
    expect(() => readConfig({ THROUGHLINE_MAIL_DOMAINS: domains })).toThrow('is no domain; it must be domains such as company.com');
});

test('links lead to the public address, or to this machine', () => {
  expect(readConfig({ THROUGHLINE_PUBLIC_URL: 'https://numbers.company.test/' }).publicUrl).toBe('https://numbers.company.test');
  expect(readConfig({ PORT: '4000' }).publicUrl).toBe('http://127.0.0.1:4000');
  for (const url of ['numbers.company.test', 'ftp://company.test', 'https://company.test/a', 'https://ada:safe@company.test'])
    expect(() => readConfig({ THROUGHLINE_PUBLIC_URL: url })).toThrow('it must be an address such as https://throughline.company.com');
});
