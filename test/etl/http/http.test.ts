import { beforeEach, describe, expect, test } from 'vitest';
import { createHttp, type Http } from '#etl/http/http.js';
import { createTransport } from '#etl/http/transport.js';
import { gzipSync } from 'node:zlib';
import { contextOf, json, localServer, virtualNetwork, type VirtualNetwork } from './local-server.js';

const server = await localServer();
const elsewhere = await localServer();
let network: VirtualNetwork;
let http: Http;
const token = 'canary-token-4711';

beforeEach(() => {
  server.requests = [];
  elsewhere.requests = [];
  network = virtualNetwork({ allowed: [server.host] });
  http = httpAt(server.address);
});

function httpAt(baseUrl: string): Http {
  return createHttp({ baseUrl, context: contextOf(network), credentials: async () => ({ headers: { authorization: `Bearer ${token}` } }) });
}

/** The answers in turn; the last one stays. */
function inTurn(...answers: Parameters<typeof json>[]) {
  let n = 0;
  server.answer = (_request, response) => {
    const [, body, headers, status] = answers[Math.min(n, answers.length - 1)] ?? answers[0] ?? [];
    n += 1;
    if (response) json(response, body, headers, status);
  };
}
const answer = (body: unknown, headers: Record<string, string> = {}, status = 200): Parameters<typeof json> => [
  undefined as never,
  body,
  headers,
  status,
];

test('sends credentials, query and the wish for JSON, and gives body and the clock of the tool', async () => {
  inTurn(answer({ ok: [1] }, { date: 'Mon, 05 Jan 2026 07:59:00 GMT' }));
  const { body, at } = await http.getJson('/issues.json', { query: { limit: 100, offset: undefined, status: 'a b' } });
  expect({ body, at }).toEqual({ body: { ok: [1] }, at: '2026-01-05T07:59:00.000Z' });
  expect(server.requests).toMatchObject([
    { method: 'GET', url: '/issues.json?limit=100&status=a+b', headers: { accept: 'application/json', authorization: `Bearer ${token}` } },
  ]);
});

test('posts a search as JSON', async () => {
  inTurn(answer([]));
  await http.postJson('/search', { query: 'id > 1' });
  expect(server.requests).toMatchObject([{ method: 'POST', url: '/search', headers: { 'content-type': 'application/json' } }]);
});

test('keeps whole numbers that are too long for a number as their digits', async () => {
  server.answer = (_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"id":9007199254740993,"n":12,"list":[12345678901234567890, 0.1234567890123456]}');
  };
  const { body } = await http.getJson('/');
  expect(body).toEqual({ id: '9007199254740993', n: 12, list: ['12345678901234567890', 0.1234567890123456] });
});

test('unpacks gzip', async () => {
  server.answer = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(gzipSync('{"n":1}'));
  };
  expect((await http.getJson('/')).body).toEqual({ n: 1 });
});

describe('waits as long as a 429 asks', () => {
  test.each([
    ['seconds', { 'retry-after': '7' }, 7_000],
    [
      'an HTTP date, by the clock of the tool',
      { 'retry-after': 'Mon, 05 Jan 2026 00:00:20 GMT', date: 'Mon, 05 Jan 2026 00:00:00 GMT' },
      20_000,
    ],
    ['an epoch in seconds', { 'x-ratelimit-reset': '1767571230', date: 'Mon, 05 Jan 2026 00:00:00 GMT' }, 30_000],
    ['an epoch in milliseconds', { 'x-ratelimit-requests-reset': '1767571230000', date: 'Mon, 05 Jan 2026 00:00:00 GMT' }, 30_000],
    ['seconds left', { 'ratelimit-reset': '12' }, 12_000],
    ['an ISO moment', { 'x-ratelimit-reset': '2026-01-05T00:00:09Z', date: 'Mon, 05 Jan 2026 00:00:00 GMT' }, 9_000],
    ['less than nothing', { 'retry-after': '-5' }, 1_000],
    ['nothing: the first back-off', {}, 500],
  ])('%s', async (_name, headers, expected) => {
    inTurn(answer({}, headers, 429), answer({ n: 1 }));
    expect((await http.getJson('/')).body).toEqual({ n: 1 });
    const [wait = 0, ...more] = network.waits;
    expect(more).toEqual([]);
    expect(wait).toBeGreaterThan(expected - 100);
    expect(wait).toBeLessThanOrEqual(expected);
  });

  test('but not an hour: the run ends, and says when to come back', async () => {
    inTurn(answer({}, { 'retry-after': '1e9' }, 429));
    const failure = await http.getJson('/').catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'rate-limited', message: expect.stringContaining('asked again in 60 minutes') });
    const { retryAt } = failure as { retryAt: Date };
    expect(Math.round((retryAt.getTime() - Date.parse('2026-01-05T08:00:00Z')) / 60_000)).toBe(60);
    await expect(http.getJson('/')).rejects.toMatchObject({ kind: 'rate-limited' });
    expect(server.requests.length).toBe(1);
  });
});

test('tries a failing server eight times with growing pauses, then says so', async () => {
  inTurn(answer({ message: 'oops' }, {}, 500));
  await expect(http.getJson('/issues')).rejects.toMatchObject({
    kind: 'unavailable',
    message: expect.stringMatching(/\/issues answered 500: \{"message":"oops"\}, 8 times/),
  });
  expect(server.requests.length).toBe(8);
  expect(network.waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
});

test('survives seven failures of a server', async () => {
  inTurn(...Array.from({ length: 7 }, () => answer({}, {}, 502)), answer({ n: 1 }));
  expect((await http.getJson('/')).body).toEqual({ n: 1 });
});

test.each([
  [401, 'needs-auth', 2],
  [403, 'forbidden', 1],
  [404, 'not-found', 1],
  [410, 'not-found', 1],
  [422, 'refused', 1],
])('tells apart a %i', async (status, kind, requests) => {
  inTurn(answer({}, {}, status));
  await expect(http.getJson('/')).rejects.toMatchObject({ kind, status });
  expect(server.requests.length).toBe(requests);
});

test('asks for the credentials once more after a 401', async () => {
  let asked = 0;
  server.answer = (request, response) => json(response, {}, {}, request.headers.authorization === 'token-number-2' ? 200 : 401);
  const renewing = createHttp({
    baseUrl: server.address,
    context: contextOf(network),
    credentials: async () => ({ headers: { authorization: `token-number-${++asked}` } }),
  });
  await renewing.getJson('/');
  expect(asked).toBe(2);
});

test('takes a 403 with nothing left for a limit, not for a refusal', async () => {
  inTurn(answer({}, { 'x-ratelimit-remaining': '0', 'x-ratelimit-limit': '60', 'retry-after': '3' }, 403), answer({ n: 1 }));
  expect((await http.getJson('/')).body).toEqual({ n: 1 });
});

test('refuses a web page in the place of JSON at once', async () => {
  server.answer = (_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<form>Log in</form>');
  };
  await expect(http.getJson('/')).rejects.toThrow('answered with text/html where JSON was expected. It is a web page: a log-in form');
  expect(server.requests.length).toBe(1);
});

test('refuses an empty body that calls itself JSON after all tries', async () => {
  server.answer = (_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end();
  };
  await expect(http.getJson('/')).rejects.toMatchObject({
    kind: 'unreadable',
    message: expect.stringContaining('cut short or broken, 8 times'),
  });
});

test('asks again where the body is cut off in the middle', async () => {
  let n = 0;
  server.answer = (_request, response) => {
    n += 1;
    if (n > 1) return json(response, { n });
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"n":');
    response.socket?.destroySoon();
  };
  expect((await http.getJson('/')).body).toEqual({ n: 2 });
});

test('names what does not fit the schema', async () => {
  inTurn(answer({ issues: 3 }));
  const schema = {
    parse: (): never => {
      throw new Error('issues: expected array');
    },
  };
  await expect(http.getJson('/', { schema })).rejects.toThrow('answered in a form that is not known: issues: expected array');
});

describe('keeps to limits', () => {
  const limits = { connectMs: 60_000, headersMs: 60_000, bodyIdleMs: 60_000, bodyBytes: 10_000 };
  const limited = (own: Partial<typeof limits> = {}) => createTransport([server.host], { ...limits, ...own });
  const request = () => ({ url: new URL(server.address), method: 'GET', headers: {}, body: null, signal: new AbortController().signal });

  test('of an answer that does not come', async () => {
    server.answer = () => undefined;
    await expect(limited({ headersMs: 100 })(request())).rejects.toThrow('The answer took longer than 0.1 s.');
  });

  test('of a body that stalls', async () => {
    server.answer = (_request, response) => void response.writeHead(200).write('a');
    await expect(limited({ bodyIdleMs: 100 })(request())).rejects.toThrow('The body stalled for 0.1 s.');
  });

  test('of a body that is too large, packed or not', async () => {
    server.answer = (_request, response) => response.end(Buffer.alloc(20_000));
    await expect(limited()(request())).rejects.toMatchObject({ kind: 'unreadable', message: expect.stringContaining('larger than') });
    server.answer = (_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync(Buffer.alloc(20_000)));
    };
    await expect(limited()(request())).rejects.toMatchObject({ kind: 'unreadable', message: expect.stringContaining('larger than') });
  });
});

test('asks nothing while the tool wants to be left alone, with many requests under way', async () => {
  const times: number[] = [];
  server.answer = (_request, response) => {
    times.push(network.clock());
    if (times.length === 1) json(response, {}, { 'retry-after': '20' }, 429);
    else json(response, {});
  };
  await http.getJson('/first');
  await Promise.all(Array.from({ length: 12 }, (_, n) => http.getJson(`/${n}`)));
  const [first = 0, second = 0] = times;
  expect(second - first).toBeGreaterThan(19_900);
  expect(times.length).toBe(14);
});

test('leaves no connection open behind answers that stall', async () => {
  const limits = { connectMs: 60_000, headersMs: 30, bodyIdleMs: 30, bodyBytes: 10_000 };
  const transport = createTransport([server.host], limits);
  let openNow = 0;
  let stalled = 0;
  server.answer = (request) => {
    openNow += 1;
    request.socket.once('close', () => (openNow -= 1));
  };
  const request = { url: new URL(server.address), method: 'GET', headers: {}, body: null, signal: new AbortController().signal };
  for (let round = 0; round < 20; round += 1) {
    await Promise.all(Array.from({ length: 10 }, () => transport(request).catch(() => (stalled += 1))));
  }
  expect(stalled).toBe(200);
  await expect.poll(() => openNow).toBe(0);
});

test('leaves half of an advertised quota to the people who work with the tool', async () => {
  let left = 10;
  server.answer = (_request, response) => {
    left -= 1;
    json(response, {}, { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': String(left), 'x-ratelimit-reset': '60' });
  };
  for (let n = 0; n < 5; n += 1) await http.getJson('/');
  expect(network.waits).toEqual([]);
  await http.getJson('/');
  expect(network.waits.map((ms) => Math.round(ms / 1_000))).toEqual([60]);
});

test('starts no more requests in a second than the pace allows', async () => {
  inTurn(answer({}));
  const paced = createHttp({ baseUrl: server.address, context: contextOf(network), credentials: async () => ({}), pace: { perSecond: 4 } });
  for (let n = 0; n < 3; n += 1) await paced.getJson('/');
  expect(network.waits.length).toBe(2);
  expect(Math.max(...network.waits)).toBeLessThanOrEqual(250);
});

describe('stays at the address of the connection', () => {
  test('where a paging address points to another host', async () => {
    await expect(http.getJson(`${elsewhere.address}issues`)).rejects.toMatchObject({
      kind: 'address',
      message: expect.stringContaining('requests stay at the address'),
    });
    await expect(http.getJson(`//${elsewhere.host}/issues`)).rejects.toMatchObject({ kind: 'address' });
  });

  test('where it redirects to another host', async () => {
    inTurn(answer({}, { location: elsewhere.address }, 302));
    await expect(http.getJson('/')).rejects.toMatchObject({ kind: 'address' });
    expect(elsewhere.requests).toEqual([]);
  });

  test('where a path climbs out of the folder', async () => {
    const inFolder = httpAt(`${server.address}redmine`);
    inTurn(answer({}));
    await inFolder.getJson('/issues.json');
    expect(server.requests).toMatchObject([{ url: '/redmine/issues.json' }]);
    for (const path of ['../admin', '%2e%2e/admin', 'a/../../admin', `${server.address}admin`]) {
      await expect(inFolder.getJson(path)).rejects.toMatchObject({ kind: 'address' });
    }
  });

  test('and follows it within itself', async () => {
    server.answer = (request, response) => (request.url === '/' ? json(response, {}, { location: '/new' }, 301) : json(response, { n: 1 }));
    expect((await http.getJson('/')).body).toEqual({ n: 1 });
  });
});

test('writes no secret into errors or lines of the log, in whatever form the tool repeats it', async () => {
  const secrets = createHttp({
    baseUrl: server.address,
    context: contextOf(network),
    credentials: async () => ({
      headers: { authorization: `Basic ${Buffer.from('me:canary-password').toString('base64')}` },
      query: { key: 'canary-key/1' },
    }),
  });
  server.answer = (request, response) =>
    json(response, { url: request.url, got: request.headers.authorization, pw: 'canary-password' }, {}, 400);
  const failure = (await secrets.getJson('/boards').catch((error: unknown) => error)) as Error;
  const seen = [failure.message, ...network.lines.map((line) => JSON.stringify(line))].join('\n');
  expect(seen).not.toMatch(/canary/);
  expect(seen).not.toContain(Buffer.from('me:canary-password').toString('base64'));
  expect(failure.message).toContain('[hidden]');
});
