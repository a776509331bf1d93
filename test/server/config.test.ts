import { expect, test } from 'vitest';
import { readConfig } from '#server/config.js';

test('without settings it is the loopback address, the embedded database and a directory in the checkout', () => {
  expect(readConfig({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    dataDirectory: expect.stringMatching(/[\\/]data$/) as string,
    metricDirectory: expect.stringMatching(/[\\/]data[\\/]metrics$/) as string,
    databaseUrl: null,
    metricEngine: 'duckdb',
    secretKey: null,
    boardsDirectory: null,
    privateHosts: [],
    mail: { smtp: null, from: { name: 'Throughline', address: 'throughline@localhost' }, domains: [] },
    publicUrl: 'http://127.0.0.1:3000',
    signIn: 'required',
    workbenchBelowFloor: 'refuse',
    log: 'text',
    traceEndpoint: null,
    secondFactor: 'no',
    hasShareLinks: false,
    oidc: null,
  });
});

test('a relative DATA_DIR counts from where the command was given', () => {
  expect(readConfig({ DATA_DIR: 'here' }, '/somewhere').dataDirectory).toBe('/somewhere/here');
});

test('hosts of a private network are told one by one, and a list that is none is refused', () => {
  expect(readConfig({ THROUGHLINE_ALLOW_HOSTS: 'redmine.intra:443,10.0.0.5:80' }).privateHosts).toEqual([
    'redmine.intra:443',
    '10.0.0.5:80',
  ]);
  expect(() => readConfig({ THROUGHLINE_ALLOW_HOSTS: 'redmine intra' })).toThrow('THROUGHLINE_ALLOW_HOSTS=redmine intra is not valid');
});

test('an empty value is none', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 3000, databaseUrl: null });
});

test.each([
  [{ PORT: '70000' }, 'PORT=70000 is not valid; it must be a port from 0 to 65535.'],
  [{ PORT: '3000.5' }, 'PORT=3000.5 is not valid; it must be a port from 0 to 65535.'],
  [{ METRIC_ENGINE: 'sqlite' }, 'METRIC_ENGINE=sqlite is not valid; it must be duckdb or postgres.'],
  [
    { DATABASE_URL: 'mysql://me:secret@host/db' },
    'DATABASE_URL=(hidden) is not valid; it must be an address such as postgres://user:password@host:5432/database.',
  ],
])('%o is refused with the value and the remedy', (environment, message) => {
  expect(() => readConfig(environment)).toThrow(message);
});

test.each(['0.0.0.0', '::', '192.168.1.5', 'example.org'])('HOST=%s is refused unless TLS ends in front of it', (host) => {
  expect(() => readConfig({ HOST: host })).toThrow(`HOST=${host} is refused: passwords would cross the network in the clear`);
  expect(() => readConfig({ HOST: host, THROUGHLINE_PUBLIC_URL: 'http://t.example' })).toThrow('in the clear');
  expect(readConfig({ HOST: host, THROUGHLINE_PUBLIC_URL: 'https://t.example' })).toMatchObject({ host, publicUrl: 'https://t.example' });
});

test('sign-in is switched off on this machine alone', () => {
  expect(readConfig({ THROUGHLINE_SIGN_IN: 'off' }).signIn).toBe('off');
  expect(() => readConfig({ THROUGHLINE_SIGN_IN: 'no' })).toThrow('THROUGHLINE_SIGN_IN=no is not valid; it must be required or off.');
  for (const container of [{}, { PUBLISHED_ON_LOOPBACK_BY: 'container' }, { THROUGHLINE_PUBLIC_URL: 'https://t.example' }])
    expect(() => readConfig({ THROUGHLINE_SIGN_IN: 'off', HOST: '0.0.0.0', ...container })).toThrow(
      'THROUGHLINE_SIGN_IN=off is refused with HOST=0.0.0.0',
    );
});

test.each(['127.0.0.1', '::1', 'localhost'])('HOST=%s is this machine alone', (host) => {
  expect(readConfig({ HOST: host }).host).toBe(host);
});

test('a container that publishes its port on loopback alone may listen on all its addresses', () => {
  expect(readConfig({ HOST: '0.0.0.0', PUBLISHED_ON_LOOPBACK_BY: 'container' }).host).toBe('0.0.0.0');
  expect(() => readConfig({ HOST: '0.0.0.0', PUBLISHED_ON_LOOPBACK_BY: 'me' })).toThrow('PUBLISHED_ON_LOOPBACK_BY=me is not valid');
});
