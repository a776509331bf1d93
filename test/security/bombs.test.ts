import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addConnection } from '#etl/connections.js';
import { createTransport } from '#etl/http/transport.js';
import { syncConnection } from '#etl/sync.js';
import { createServer } from 'node:http';
import { removeDirectory, temporaryDirectory } from '../support/built-server.js';
import { testDatabase } from '../support/database.js';

const { pool } = await testDatabase();
let directory: string;
beforeAll(async () => {
  directory = await temporaryDirectory();
});
afterAll(() => removeDirectory(directory));

const csvMapping = {
  rows: 'events',
  times: { format: 'iso', zone: 'UTC' },
  item: { id: 'item', type: { value: 'task' } },
  event: { at: 'at', status: 'status' },
  statuses: { open: 'ours_active' },
};
const xesMapping = {
  times: { format: 'iso', zone: 'UTC' },
  item: { id: 'concept:name', type: { value: 'task' } },
  event: { at: 'time:timestamp', status: 'concept:name' },
  statuses: {},
};

async function read(connector: 'csv' | 'xes', content: string | Buffer, mapping: object): Promise<string> {
  const name = `bomb ${Math.random()}`;
  const file = join(directory, `${name}.${connector}`);
  await writeFile(file, content);
  const before = process.memoryUsage().rss;
  const told = await addConnection(pool, { name, connector, config: { file, mapping } as never })
    .then(() => syncConnection(pool, name))
    .then(({ state, inserted }) => `${state} ${inserted}`)
    .catch((error: unknown) => String(error instanceof Error && error.cause instanceof Error ? error.cause.message : error));
  expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 ** 2);
  return told;
}

test('a gzip file that grows a thousand times is not unpacked', async () => {
  const header = 'item,at,status\n';
  const bomb = gzipSync(Buffer.concat([Buffer.from(header), Buffer.alloc(60 * 1024 ** 2, '\n')]));
  expect(bomb.length).toBeLessThan(100_000);
  expect(await read('csv', bomb, csvMapping)).toMatch(/times|unpack|grows|larger/i);
});

test.each([
  [
    'entities that multiply',
    `<!DOCTYPE log [<!ENTITY a "aaaaaaaaaa">${'bcdefgh'
      .split('')
      .map((name, n) => `<!ENTITY ${name} "${`&${'abcdefgh'.charAt(n)};`.repeat(10)}">`)
      .join('')}]><log><trace><string key="concept:name" value="&h;"/></trace></log>`,
  ],
  [
    'an entity that is a file',
    `<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/passwd">]><log><trace><string key="concept:name" value="&x;"/></trace></log>`,
  ],
  [
    'a document type elsewhere',
    `<!DOCTYPE log SYSTEM "http://127.0.0.1:1/x.dtd"><log><trace><string key="concept:name" value="&y;"/></trace></log>`,
  ],
  ['elements nested a hundred thousand deep', `<log>${'<list>'.repeat(100_000)}${'</list>'.repeat(100_000)}</log>`],
])('XES with %s is refused or read as nothing', async (_what, log) => {
  const told = await read('xes', log, xesMapping);
  expect(told).not.toContain('root:');
  expect(told).toMatch(/entit|DOCTYPE|document type|deep|nested|no trace|no event|complete 0|holds no/i);
});

test('a body of a tool that grows a thousand times is cut off', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(gzipSync(Buffer.alloc(30 * 1024 ** 2, ' ')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const send = createTransport([host], { connectMs: 60_000, headersMs: 60_000, bodyIdleMs: 60_000, bodyBytes: 1_000_000 });
  await expect(
    send({ url: new URL(`http://${host}/`), method: 'GET', headers: {}, body: null, signal: new AbortController().signal }),
  ).rejects.toThrow(/longer|larger|bytes|unpack/i);
  send.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});
