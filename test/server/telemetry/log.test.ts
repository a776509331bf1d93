import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { announceToPerson, chooseLog, log, startSteps } from '#server/console.js';
import { answerTo } from '#server/http/error.filter.js';
import { neverLog, redacted } from '#server/redact.js';
import { testDatabase } from '../../support/database.js';
import { testServer } from '../dashboards/test-server.js';

const database = await testDatabase();
const server = await testServer(database);
const written: string[] = [];

beforeEach(() => {
  written.length = 0;
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  chooseLog('text');
});

test('a line is one line, whatever is in it', () => {
  log('first\r\n2026-01-01 forged line\u2028third\u001b[31m');
  expect(written).toHaveLength(1);
  expect(written[0]).toMatch(/^\S+Z first\\r\\n2026-01-01 forged line\\u2028third\\u001b\[31m\n$/);
});

test('for programs each line is an object with its facts', () => {
  chooseLog('json');
  log('sync failed', { connection: 'desk\n', failures: 3 });
  expect(written).toHaveLength(1);
  expect(JSON.parse(written[0] ?? '')).toEqual({
    at: expect.stringMatching(/^\d{4}-.*Z$/),
    message: 'sync failed',
    connection: 'desk\\n',
    failures: 3,
  });
});

test('what one person alone may read is told to a terminal; a log of programs says how to come by it', () => {
  const told: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => told.push(String(text)) > 0);
  announceToPerson('the link: /welcome#abc', 'a command prints the link');
  chooseLog('json');
  announceToPerson('the link: /welcome#abc', 'a command prints the link');
  expect(told[0]).toBe('the link: /welcome#abc\n');
  expect(JSON.parse(told[1] ?? '')).toMatchObject({ message: 'a command prints the link' });
  expect(told).toHaveLength(2);
});

test('secrets are taken out: those this process was given, and what looks like one', () => {
  neverLog('correct horse/battery', 'tiny');
  const cases = {
    'opened with correct horse/battery': 'opened with •••',
    'in an address correct%20horse%2Fbattery': 'in an address •••',
    'tiny words stay': 'tiny words stay',
    'postgres://app:pa55@db:5432/x refused': 'postgres://•••@db:5432/x refused',
    'Authorization: Bearer abcdefghijkl': 'Authorization: ••• •••',
    'GET /x?token=abc123&page=2': 'GET /x?token=•••&page=2',
    '{"password":"hunter2","name":"Ann"}': '{"password":"•••","name":"Ann"}',
    'used ghp_0123456789abcdef': 'used •••',
  };
  expect(Object.fromEntries(Object.keys(cases).map((line) => [line, redacted(line)]))).toEqual(cases);
});

test('a request is told by its route, its outcome and its time, not by what was asked; files of the page are not', async () => {
  chooseLog('json');
  await server.get('/api/search?text=a-customers-name&lang=en');
  await server.get('/api/notes/0190a1b2-0000-4000-8000-00000000beef');
  const requests = written.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ message }) => message === 'request');
  expect(requests.map(({ method, route, status, account }) => [method, route, status, account])).toEqual([
    ['GET', '/api/search', 200, null],
    ['GET', '/api/notes/:id', 404, null],
  ]);
  expect(written.join('')).not.toMatch(/a-customers-name|beef/);
  expect(Object.keys(requests[0] ?? {}).sort()).toEqual(['account', 'at', 'id', 'message', 'method', 'ms', 'route', 'status']);
});

test('people see no line for a request', async () => {
  await server.get('/api/search?text=x&lang=en');
  expect(written).toEqual([]);
});

test('an error nobody foresaw is logged without the value that Postgres quotes', async () => {
  const error: unknown = await database.pool.query(`select 'my ticket text'::int`).catch((thrown: unknown) => thrown);
  const lines: string[] = [];
  answerTo(error, 'GET /api/x', (line) => lines.push(line));
  expect(lines[0]).toContain('invalid input syntax for type integer: "…"');
  expect(lines[0]).not.toContain('ticket');
});

test('steps of the start are lines with their seconds, for people and for programs', async () => {
  const out: string[] = [];
  const stream = { write: (text: string) => out.push(text) > 0 } as unknown as NodeJS.WritableStream;
  const step = startSteps(stream);
  await step(
    'facts',
    async () => 3,
    (items) => `${items} items`,
  );
  expect(out.join('')).toMatch(/^ {2}facts {5}… 3 items \(\d\.\d s\)\n$/);
  out.length = 0;
  chooseLog('json');
  await step(
    'facts',
    async () => 3,
    (items) => `${items} items`,
  );
  expect(out.map((line) => JSON.parse(line) as unknown)).toEqual([
    { at: expect.any(String), message: '3 items', step: 'facts', seconds: expect.any(Number) },
  ]);
});
