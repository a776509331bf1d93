import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createTransport } from '#etl/http/transport.js';
import type { ConnectionTest, ConnectorForm } from '#server/api.js';
import { testDatabase } from '../support/database.js';
import { canary } from './canary.js';
import { wholeServer, type WholeServer } from './whole-server.js';

const trap = await canary();
const database = await testDatabase();
let server: WholeServer;

/** Every name leads to this machine, as that of somebody who means ill would. */
let answer = (): string => '127.0.0.1';
const lookup = vi.spyOn(dns, 'lookup').mockImplementation(((
  _name: string,
  options: { all?: boolean },
  done: (...told: unknown[]) => void,
) => {
  const address = answer();
  const family = address.includes(':') ? 6 : 4;
  queueMicrotask(() => (options.all ? done(null, [{ address, family }]) : done(null, address, family)));
}) as never);

beforeAll(async () => {
  syncBuiltinESMExports();
  server = await wholeServer(database);
});

/** Ways to write this machine, and places behind it that a server can reach and a stranger cannot. */
const hosts = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '2130706433',
  '017700000001',
  '0x7f.1',
  '0x7f000001',
  '0177.0.0.1',
  '0.0.0.0',
  '0',
  'localhost',
  'LOCALHOST.',
  '127.0.0.1.',
  '[::1]',
  '[::]',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '１２７.0.0.1',
  '127。0。0。1',
  'ⓛocalhost',
];
const forms = hosts.map((host) => `http://${host}:${trap.port}/`);
const elsewhere = [
  'http://169.254.169.254/latest/meta-data/',
  'http://[fd00:ec2::254]/latest/meta-data/',
  'http://100.100.100.200/latest/meta-data/',
  'http://10.0.0.1/',
  'http://192.168.0.1/',
  'http://172.16.0.1/',
];
const nonsense = [
  'file:///etc/passwd',
  'gopher://127.0.0.1/',
  'ftp://127.0.0.1/',
  'data:text/plain,x',
  'javascript:alert(1)',
  `http://good.example@127.0.0.1:${trap.port}/`,
  `http://127.0.0.1:${trap.port}#@good.example/`,
  `http://127.0.0.1:${trap.port}\\@good.example/`,
];

let tried = 0;
afterAll(() => {
  lookup.mockRestore();
  syncBuiltinESMExports();
});
afterAll(() => console.log(`SSRF: places×forms=${tried} hits=${trap.hits.length}`));

async function post<T>(path: string, body: unknown): Promise<{ status: number; body: T }> {
  tried += 1;
  const headers = { host: '127.0.0.1', 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
  const answer = await server.app.inject({ method: 'POST', url: path, headers, payload: JSON.stringify(body) });
  return { status: answer.statusCode, body: answer.json<T>() };
}

/** Fills in a form; every field that wants an address gets this one. */
function filledIn({ fields }: ConnectorForm, address: string): Record<string, unknown> {
  const others: Record<string, unknown> = { text: 'x', number: 1, 'yes-no': false, list: ['x/y'], object: {} };
  return Object.fromEntries(
    fields
      .filter(({ name, isRequired }) => isRequired || /url|address|host/i.test(name))
      .map(({ name, kind, choices }) => [name, /url|address|host/i.test(name) ? address : (choices[0] ?? others[kind])]),
  );
}

test('testing a connection asks nothing of this machine or of a private network, however it is written', async () => {
  const known = await server.app.inject({ method: 'GET', url: '/api/connectors', headers: { host: '127.0.0.1' } });
  const tools = known.json<ConnectorForm[]>().filter(({ id, fields }) => id !== 'sql' && fields.some(({ name }) => name === 'url'));
  expect(tools.length).toBeGreaterThan(8);
  const letThrough: string[] = [];
  for (const tool of tools) {
    const secrets = Object.fromEntries(tool.secrets.map((name) => [name, 'a-token-that-is-long-enough']));
    for (const url of [...forms, ...elsewhere, ...nonsense]) {
      const { status, body } = await post<ConnectionTest>('/api/connections/test', {
        name: 'x',
        connector: tool.id,
        config: filledIn(tool, url),
        secrets,
      });
      if (status >= 500 || (status < 400 && body.isOk)) letThrough.push(`${tool.id} ${url} ${status} ${JSON.stringify(body)}`);
    }
  }
  expect(letThrough).toEqual([]);
  expect(trap.hits).toEqual([]);
});

test('a database is never asked for at an address where clouds keep their metadata', async () => {
  for (const host of ['169.254.169.254', '[fd00:ec2::254]', '100.100.100.200', '[::ffff:169.254.169.254]']) {
    const { status, body } = await post<ConnectionTest>('/api/connections/test', {
      name: 'x',
      connector: 'sql',
      config: { address: `postgres://a@${host}:5432/db`, query: 'select 1', mapping: {} },
      secrets: { password: 'a-password' },
    });
    expect([host, status === 400 || !body.isOk]).toEqual([host, true]);
  }
});

test('a channel tells nothing to this machine or to a private network', async () => {
  for (const kind of ['slack', 'webhook']) {
    for (const url of [...forms, ...elsewhere, ...nonsense]) {
      const secret = kind === 'webhook' ? { secret: 'sixteen characters or more' } : {};
      const added = await post<{ id: string }>('/api/channels', { kind, name: 'x', addedBy: 'Ann', url, ...secret });
      if (added.status >= 400) continue;
      const { body } = await post<{ error: string | null }>(`/api/channels/${added.body.id}/test`, {});
      expect([url, body.error]).not.toEqual([url, null]);
    }
  }
  expect(trap.hits).toEqual([]);
});

test('a name that leads elsewhere at the second look-up leads nowhere: what is connected to is what was checked', async () => {
  let looked = 0;
  const answers = ['192.0.2.1', '127.0.0.1', '::1', '192.0.2.1', '127.0.0.1'];
  answer = () => answers[looked++ % answers.length] ?? '127.0.0.1';
  const send = createTransport([], { connectMs: 200, headersMs: 200, bodyIdleMs: 200, bodyBytes: 1_000 });
  for (let n = 0; n < 10; n += 1) {
    const request = {
      url: new URL(`http://rebind.test:${trap.port}/`),
      method: 'GET',
      headers: {},
      body: null,
      signal: new AbortController().signal,
    };
    await expect(send(request)).rejects.toThrow();
  }
  send.close();
  tried += 10;
  expect(looked).toBe(10);
  expect(trap.hits).toEqual([]);
});

test.each(['csv', 'xes', 'ocel', 'push', 'sample'])(
  '%s, which has no address, is not connected over the API: it would read files of the server',
  async (connector) => {
    const config = { file: '/etc/passwd', mapping: { item: { id: 'root' } } };
    for (const path of ['/api/connections/test', '/api/connections']) {
      const { status, body } = await post<{ message: string }>(path, { name: 'x', connector, config });
      expect([status, body.message]).toEqual([400, `"${connector}" has no address to ask; it is set up on the server's own command line.`]);
    }
  },
);
