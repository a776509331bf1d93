import { request } from 'node:http';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { features } from '#server/app.module.js';
import { describeApi } from '#server/openapi/describe.js';
import { testDatabase } from '../support/database.js';
import { waysOut } from './corpus/paths.js';
import { wholeServer, type WholeServer } from './whole-server.js';

const isEvery = process.env['THROUGHLINE_SECURITY'] === 'every';
const described = describeApi(features);
const database = await testDatabase();
let server: WholeServer;

beforeAll(async () => {
  server = await wholeServer(database);
  await writeFile(join(server.directory, 'secret.txt'), 'a canary of the data directory');
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** As it is written: `fetch` would tidy the path and set the host by itself. */
function ask(method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(server.address);
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** The routes as Fastify has them, those Nest did not make among them. */
function routesServed(): string[] {
  const fastify = server.app.getHttpAdapter().getInstance() as { printRoutes(options: object): string };
  const path: string[] = [];
  return fastify
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', segment = '', methods] = /^([│ ]*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
      if (segment === '') return [];
      path.splice(indent.length / 4, path.length, segment);
      return (methods?.split(', ') ?? []).map((method) => `${method} ${path.join('').replace(/:(\w+)/g, '{$1}')}`);
    });
}

const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => ({
    method: method.toUpperCase(),
    path,
    address: path.replace(/\{\w+\}/g, '70000000-0000-4000-8000-000000000001'),
  })),
);

test('the description has every route that is served, and no other', () => {
  const page = ['GET /', 'GET *', 'GET /*'];
  const served = routesServed().filter((route) => !/^(HEAD|OPTIONS) /.test(route) && !page.includes(route));
  expect(served.length).toBeGreaterThan(100);
  // Fastify writes the names of a place together where routes name it differently.
  const nameless = (route: string) => route.replace(/\{[^/]*/g, '{}');
  const [there, told] = [served.map(nameless), operations.map(({ method, path }) => nameless(`${method} ${path}`))];
  expect(there.filter((route) => !told.includes(route))).toEqual([]);
  expect(told.filter((route) => !there.includes(route))).toEqual([]);
});

test('what is answered is of a media type that the description names', async () => {
  const others: string[] = [];
  let answered = 0;
  for (const { method, path, address } of operations.filter((operation) => operation.method === 'GET')) {
    const usual = address
      .replace(/(api\/(?:boards|personal-boards))\/7[^/]*/, '$1/delay')
      .replace(/(api\/metrics)\/7[^/]*/, '$1/promises-kept');
    const { status, headers } = await ask(
      method,
      usual.replace(/(api\/exports)\/7[^/]*/, '$1/item').replace(/filters\/7[^/]*/, 'filters/team'),
    );
    if (status !== 200) continue;
    answered += 1;
    const type = String(headers['content-type']).replace(/;.*/, '');
    const told = described.paths[path]?.['get']?.responses['200'] as { content?: Record<string, unknown> } | undefined;
    if (!Object.hasOwn(told?.content ?? {}, type)) others.push(`${path}: ${type}`);
  }
  console.log(`media types: answered=${answered} others=${others.length}`);
  expect(others).toEqual([]);
});

test('every answer, refusals too, says that it is to be kept by nobody and framed by nobody', async () => {
  const faults: string[] = [];
  const asked = [
    ...operations.filter(({ method }) => method === 'GET'),
    { method: 'GET', path: '404', address: '/api/nothing' },
    { method: 'GET', path: '400', address: '/api/boards/delay?from=x' },
    { method: 'POST', path: '403', address: '/api/notes' },
    { method: 'GET', path: 'page', address: '/' },
    { method: 'GET', path: 'file', address: '/_app/immutable/start.abc.js' },
    { method: 'GET', path: 'no file', address: '/x.js' },
  ];
  for (const { method, address, path } of asked) {
    const { status, headers } = await ask(method, address);
    const isData = /^\/(api|metrics|livez|readyz)/.test(address);
    const wanted = {
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      ...(isData && { 'cache-control': 'no-store' }),
    };
    for (const [name, value] of Object.entries(wanted))
      if (headers[name] !== value) faults.push(`${method} ${path} ${status} ${name}: ${String(headers[name])}`);
    const policy = String(headers['content-security-policy']);
    if (!policy.startsWith(`default-src 'none'`) || !policy.includes(`frame-ancestors 'none'`) || policy.includes('unsafe-eval'))
      faults.push(`${path} ${policy}`);
    for (const name of ['server', 'x-powered-by', 'access-control-allow-origin'])
      if (headers[name] !== undefined) faults.push(`${path} ${name}`);
    if (headers['content-type'] === undefined && status !== 204) faults.push(`${path} ${status} has no content type`);
  }
  console.log(`headers: answers=${asked.length} faults=${faults.length}`);
  expect(faults).toEqual([]);
});

const changes = operations.filter(({ method, path }) => method !== 'GET' && !/^\/(unsubscribe|api\/(ingest|webhooks))\//.test(path));

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example', 'content-type': 'application/json' }, [403]],
  ['another site of the same domain', { 'sec-fetch-site': 'same-site', 'content-type': 'application/json' }, [403]],
  ['a browser that says nothing but another origin', { origin: 'https://evil.example', 'content-type': 'application/json' }, [403]],
  ['a page without an origin', { origin: 'null', 'content-type': 'application/json' }, [403]],
  ['a form of this page', { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }, [415]],
  ['a form with files', { 'sec-fetch-site': 'same-origin', 'content-type': 'multipart/form-data; boundary=x' }, [415]],
  ['text that looks like JSON', { 'sec-fetch-site': 'same-origin', 'content-type': 'text/plain;application/json' }, [415]],
])('no change is taken from %s, and none of it reaches a statement', async (_who, headers, statuses) => {
  const faults: string[] = [];
  for (const { method, address } of changes) {
    const { answer, trace } = await server.traced(async () =>
      server.app.inject({ method: method as 'POST', url: address, headers: { host: '127.0.0.1', ...headers }, payload: '{}' }),
    );
    if (!statuses.includes(answer.statusCode) || trace.statements.length > 0)
      faults.push(`${method} ${address} ${answer.statusCode} ${trace.statements.length}`);
  }
  console.log(`another site: changes=${changes.length} taken=${faults.length}`);
  expect(faults).toEqual([]);
});

test.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', '0.0.0.0', 'localhost.evil.example'])(
  'nothing is served under the name "%s"',
  async (host) => {
    const taken: string[] = [];
    for (const { method, address } of operations) {
      const answer = await server.app.inject({ method: method as 'GET', url: address, headers: { host, 'sec-fetch-site': 'same-origin' } });
      if (![400, 421].includes(answer.statusCode)) taken.push(`${method} ${address} ${answer.statusCode}`);
    }
    expect(taken).toEqual([]);
  },
);

test('a method that a route does not have is no way in', async () => {
  const faults: string[] = [];
  let tried = 0;
  const byPath = Map.groupBy(operations, ({ address }) => address);
  for (const [address, own] of byPath) {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'OPTIONS', 'PROPFIND', 'QUERY']) {
      if (own.some((operation) => operation.method === method)) continue;
      tried += 1;
      const headers = { 'sec-fetch-site': 'same-origin', 'x-canary': 'echo me', 'x-http-method-override': 'DELETE' };
      const { status, body } = await ask(method, address, headers);
      if (status < 400 || status >= 500 || body.includes('echo me')) faults.push(`${method} ${address} ${status}`);
    }
  }
  console.log(`methods: tried=${tried} let in=${faults.length}`);
  expect(faults).toEqual([]);
});

const places = [
  '/',
  '/_app/',
  '/_app/immutable/',
  '/api/exports/',
  '/api/boards/delay/charts/',
  '/api/boards/',
  '/api/connections/',
  '/api/reports/',
];
let walked = 0;
afterAll(() => console.log(`paths: forms=${waysOut.length} asked=${walked}`));

test.each(places)('no path leads out of %s', async (place) => {
  const share = isEvery || place === '/' ? waysOut : waysOut.filter((_, n) => n % 9 === 0);
  const out: string[] = [];
  for (const way of share) {
    for (const path of [`${place}${way}`, ...(place === '/api/reports/' ? [`${place}${way}/pdf`] : [])]) {
      walked += 1;
      const { status, body } = await ask('GET', path);
      if (status >= 500 || /a canary of the data directory|root:[x*]:0|"name": "throughline"|DATABASE_URL/.test(body))
        out.push(`${path} ${status}`);
    }
  }
  expect(out).toEqual([]);
});
