import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { features } from '#server/app.module.js';
import type { JsonSchema } from '#server/openapi/described-by.js';
import { describeApi } from '#server/openapi/describe.js';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { testDatabase } from '../support/database.js';
import { ids, loadSmallCompany } from '../server/exports/small-company.js';
import { placesIn, sampleOf, withValue } from './sample-value.js';
import { wholeServer, type WholeServer } from './whole-server.js';

const isEvery = process.env['THROUGHLINE_SECURITY'] === 'every';
const long = 'x'.repeat(10 * 1024 ** 2);

/** What nobody means, for each scalar of a body. A share is tried in `npm test`, all by `npm run test:faults`. */
const wrongInBody: [name: string, value: unknown][] = [
  ['an object', { select: 1 }],
  ['a list', ['x']],
  ['null', null],
  ['a NUL', 'a\u0000b'],
  ['a number', 1e308],
  ...(isEvery
    ? ([
        ['a truth', true],
        ['a negative number', -1],
        ['a broken number', 0.5],
        ['an empty text', ''],
        ['a lone surrogate', 'a\ud800b'],
        ['__proto__', '__proto__'],
        ['a prototype', JSON.parse('{"__proto__": {"isAdmin": true}, "constructor": {"prototype": {"isAdmin": true}}}')],
        ['SQL', `x' or 1=1; drop table core.item; --`],
        ['a deep list', nested(2_000)],
        ['10 MB', long],
      ] as [string, unknown][])
    : []),
];

const wrongInQuery = [
  'select[a]=1',
  'KEY=a&KEY=b',
  'KEY=',
  'KEY=%00',
  'KEY=__proto__',
  ...(isEvery
    ? [
        'KEY[select]=1',
        'KEY[]=1',
        'KEY=null',
        'KEY=true',
        'KEY=-1',
        'KEY=0x10',
        'KEY=1e3',
        'KEY=%20%31',
        'KEY=99999999999999999999',
        'KEY=NaN',
        'KEY=%ED%A0%80',
        'KEY=%ff%fe',
        'KEY=%zz',
        'KEY=%7B%22select%22%3A1%7D',
        `KEY=${encodeURIComponent(`x' or 1=1; --`)}`,
        `KEY=${'9'.repeat(7_000)}`,
        'KEY=%D9%A1%D9%A2',
        '__proto__[isAdmin]=1',
        'constructor=1',
        '__proto__=1',
      ]
    : []),
];

const wrongInPath = [
  '%00',
  'a%00b',
  '__proto__',
  '1',
  '%7B%22select%22%3A1%7D',
  ...(isEvery
    ? [
        'constructor',
        'null',
        '%ff',
        '%zz',
        '%ED%A0%80',
        '..%2f..%2fetc%2fpasswd',
        '%2e%2e',
        'x'.repeat(499),
        'x'.repeat(5_000),
        encodeURIComponent(`x' or 1=1; --`),
        '60000000-0000-4000-8000-00000000000g',
        '{60000000-0000-4000-8000-000000000003}',
        '60000000000040008000000000000003',
        encodeURIComponent('😀'.repeat(50)),
      ]
    : []),
];

const described = describeApi(features);
const operations = Object.entries(described.paths)
  .filter(([path]) => !path.startsWith('/api/ingest') && !path.startsWith('/api/webhooks'))
  .flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));
const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false });

let server: WholeServer;
const database = await testDatabase();

beforeAll(async () => {
  await loadSmallCompany(database.pool);
  await deriveFacts(database.pool);
  server = await wholeServer(database);
});

const counts = { requests: 0, refused: 0, statementsOfRefused: 0, broken: 0 };
afterAll(() =>
  console.log(
    `type confusion: operations=${operations.length} ${Object.entries(counts)
      .map(([name, n]) => `${name}=${n}`)
      .join(' ')}`,
  ),
);

const faults: string[] = [];

/** Sends it; a value that the description refuses must be refused, and whatever is refused by a schema must reach no SQL. */
async function send(method: string, url: string, payload: unknown, mustRefuse: boolean, what: string): Promise<void> {
  const { answer, trace } = await server.traced(async () =>
    server.app.inject({
      method: method.toUpperCase() as 'GET',
      url,
      headers: { host: '127.0.0.1', 'sec-fetch-site': 'same-origin', ...(payload !== undefined && { 'content-type': 'application/json' }) },
      ...(payload !== undefined && { payload: JSON.stringify(payload) }),
    }),
  );
  const told = `${method} ${url.slice(0, 160)} ${what}: ${answer.statusCode} ${answer.headers['content-type']?.toString().startsWith('application/json') ? answer.body.slice(0, 200) : ''}`;
  counts.requests += 1;
  if (answer.statusCode >= 500) {
    counts.broken += 1;
    faults.push(`5xx ${told}`);
  }
  if (mustRefuse && (answer.statusCode < 400 || answer.statusCode >= 500)) faults.push(`taken ${told}`);
  if (mustRefuse || trace.isRefusedBySchema) {
    counts.refused += 1;
    counts.statementsOfRefused += trace.statements.length;
    if (trace.statements.length > 0) faults.push(`SQL ${trace.statements[0]?.slice(0, 80)} ${told}`);
  }
}

const sampleIds: Record<string, string> = { '/api/items/{id}': ids.open, '/api/watch/{item}/handled': ids.open };

/** The address with a value for each part of the path; one of them may be given. */
function addressOf(path: string, given: Record<string, string> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => given[name] ?? sampleIds[path] ?? usualOf(path, name));
}

function usualOf(path: string, name: string): string {
  if (name === 'name') return 'desk';
  if (name === 'dimension') return 'team';
  if (name === 'board') return 'delay';
  if (name === 'file') return 'on-time.csv';
  if (name === 'view') return 'item';
  if (path.startsWith('/api/boards')) return 'delay';
  if (path.startsWith('/api/metrics')) return 'promises-kept';
  if (path.startsWith('/api/charts')) return 'delay.on-time';
  return '70000000-0000-4000-8000-000000000001';
}

test.each(operations.filter(({ operation }) => operation.requestBody))(
  'a body of the wrong kind is refused: $method $path',
  async ({ path, method, operation }) => {
    const schema = (operation.requestBody as { content: Record<string, { schema: JsonSchema }> }).content['application/json']?.schema ?? {};
    const takes = ajv.compile(schema);
    const sample = sampleOf(schema);
    faults.length = 0;
    for (const place of placesIn(sample)) {
      for (const [what, value] of wrongInBody) {
        const body = withValue(sample, place, value);
        await send(method, addressOf(path), body, !takes(body), `${place.join('.')} is ${what}`);
      }
    }
    await send(method, addressOf(path), { ...(sample as object), unheardOf: 1 }, true, 'with an unknown field');
    expect(faults).toEqual([]);
  },
);

interface Parameter {
  name: string;
  in: string;
  style?: string;
  schema: JsonSchema;
}

function parametersOf({ parameters }: { parameters?: JsonSchema[] }, place: 'query' | 'path'): Parameter[] {
  return ((parameters ?? []) as unknown as Parameter[]).filter((parameter) => parameter.in === place && parameter.style === undefined);
}

test.each(operations.filter(({ operation }) => parametersOf(operation, 'query').length > 0))(
  'a query of the wrong kind is refused: $method $path',
  async ({ path, method, operation }) => {
    faults.length = 0;
    for (const { name, schema } of parametersOf(operation, 'query')) {
      const takes = ajv.compile(schema);
      for (const wrong of wrongInQuery) {
        const query = wrong.replaceAll('KEY', name);
        const said = new URLSearchParams(query).getAll(name);
        const value = said.length > 1 ? said : said[0];
        const mustRefuse = value !== undefined && !takes(value) && !takes(asNumber(value));
        await send(method, `${addressOf(path)}?${query}`, operation.requestBody ? {} : undefined, mustRefuse, '');
      }
    }
    expect(faults).toEqual([]);
  },
);

/** A query string knows texts alone; a number is what is written as one. */
function asNumber(value: string | string[]): unknown {
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
}

test.each(operations.filter(({ operation }) => parametersOf(operation, 'path').length > 0))(
  'a path of the wrong kind is refused: $method $path',
  async ({ path, method, operation }) => {
    faults.length = 0;
    for (const { name, schema } of parametersOf(operation, 'path')) {
      for (const wrong of wrongInPath) {
        await send(method, addressOf(path, { [name]: wrong }), operation.requestBody ? {} : undefined, schema['format'] === 'uuid', '');
      }
    }
    expect(faults).toEqual([]);
  },
);

test('no prototype was changed by any of it', () => {
  expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
});

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let n = 0; n < depth; n += 1) value = [value];
  return value;
}
