import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '../support/database.js';
import { wholeServer, type WholeServer } from './whole-server.js';

const database = await testDatabase();
let server: WholeServer;
const sockets: Socket[] = [];

beforeAll(async () => {
  server = await wholeServer(database);
});

afterEach(() => {
  vi.useRealTimers();
  for (const socket of sockets.splice(0)) socket.destroy();
});

function opened(): Socket {
  const socket = connect(Number(new URL(server.address).port), '127.0.0.1');
  sockets.push(socket);
  return socket.on('error', () => undefined);
}

interface Told {
  status: number;
  head: string;
  body: string;
}

/** What comes back of the bytes as they are, until the server has closed the connection or has said nothing more for a while. */
async function send(bytes: string): Promise<Told[]> {
  const socket = opened();
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    socket.setTimeout(500, () => socket.destroy());
  });
  socket.write(bytes, 'latin1');
  await once(socket, 'close');
  return text
    .split(/(?=HTTP\/1\.1 \d{3} )/)
    .filter((answer) => answer !== '')
    .map((answer) => {
      const [head = '', body = ''] = answer.split('\r\n\r\n');
      return { status: Number(answer.slice(9, 12)), head: head.toLowerCase(), body };
    });
}

const host = 'Host: 127.0.0.1\r\n';
const get = (target: string, headers = host) => send(`GET ${target} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`);

test.each([
  ...[
    '/api/state',
    '/%61pi/state',
    '/api/%73tate',
    'http://127.0.0.1/api/state',
    'HTTP://localhost/api/state',
    '/api/state?x=/_app/immutable/a.js',
  ],
  ...['/metrics', '/metrics?a=b', '/metric%73', '/livez', '/%6civez', '/%72eadyz?a=.css', '/unsubscribe/nobody', '/%75nsubscribe/nobody'],
  ...['/api/nothing', '/%61pi/nothing', '/api%2fstate', '/api', '/x.js', '/_app/immutable/none.js'],
])('no cache keeps %s, however it is written', async (target) => {
  const [answer] = await get(target);
  expect(answer?.head).toContain('cache-control: no-store');
  expect(answer?.head.match(/cache-control/g)).toHaveLength(1);
});

test.each(['/%61pi/state', 'http://127.0.0.1/api/state', '/metrics?a=b', '/metric%73', '/%6civez'])(
  'a browser may do nothing with the answer to %s',
  async (target) => {
    const [answer] = await get(target);
    expect(answer?.status).toBe(200);
    expect(answer?.head).toContain(`content-security-policy: default-src 'none'; base-uri 'none'; form-action 'none'`);
  },
);

test.each([
  ['two names', '/livez', `${host}Host: evil.example\r\n`],
  ['two names, the other way round', '/livez', `Host: evil.example\r\n${host}`],
  ['another name in the target', 'http://evil.example/api/state', host],
  ['another name in the header', 'http://127.0.0.1/api/state', 'Host: evil.example\r\n'],
  ['a name behind a name', 'http://127.0.0.1@evil.example/api/state', host],
])('%s of whom is asked open nothing', async (_what, target, headers) => {
  expect((await get(target, headers)).map(({ status }) => status)).toEqual([421]);
});

const post = `POST /api/notes HTTP/1.1\r\n${host}Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n`;
const hidden = `GET /livez HTTP/1.1\r\n${host}\r\n`;

test.each([
  ['both lengths', `${post}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`],
  ['two lengths', `${post}Content-Length: 4\r\nContent-Length: 0\r\n\r\nabcd${hidden}`],
  ['a length with a sign', `${post}Content-Length: +4\r\n\r\nabcd${hidden}`],
  ['an unknown coding', `${post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`],
  ['two codings', `${post}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${hidden}`],
  ['a space before the colon', `${post}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`],
  ['a folded header', `${post}X: a\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`],
  ['a chunk below nothing', `${post}Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n${hidden}`],
  ['a line end within a chunk head', `${post}Transfer-Encoding: chunked\r\n\r\n2;a=\nb\r\n{}\r\n0\r\n\r\n${hidden}`],
  ['bare line feeds', `GET /api/state HTTP/1.1\nHost: 127.0.0.1\n\n${hidden}`],
  ['the preface of HTTP/2', `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${hidden}`],
])('a request with %s is refused, and what comes after it is not looked at', async (_what, bytes) => {
  expect((await send(bytes)).map(({ status }) => status)).toEqual([400]);
});

test('what was to be a body is no request of its own where the request is refused', async () => {
  const refused = `POST /api/notes HTTP/1.1\r\nHost: evil.example\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`;
  expect((await send(refused)).map(({ status }) => status)).toEqual([421]);
});

test.each([
  ['a setting', `${post}Content-Length: 100\r\n\r\n{"from"`],
  ['a notice of a tool', `POST /api/webhooks/desk HTTP/1.1\r\n${host}X-Hub-Signature: sha256=00\r\nContent-Length: 100\r\n\r\n{`],
  ['a sign-in', `${post.replace('/api/notes', '/api/sign-in')}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`],
])('the body of %s is waited for a minute, and no longer', async (_what, bytes) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const begun = once(server.app.getHttpServer(), 'request');
  const socket = opened();
  socket.write(bytes);
  await begun;
  await vi.advanceTimersByTimeAsync(59_000);
  expect(socket.closed).toBe(false);
  const closed = once(socket, 'close');
  await vi.advanceTimersByTimeAsync(1_000);
  await closed;
});

test('no request is waited for without end', () => {
  const { headersTimeout, requestTimeout } = server.app.getHttpServer() as { headersTimeout: number; requestTimeout: number };
  expect([headersTimeout, requestTimeout]).toEqual([60_000, 600_000]);
});
