import { request } from 'node:http';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Body, Controller, Delete, Get, Module, Post, Query } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { readConfig } from '#server/config.js';
import { listen } from '#server/http/listen.js';
import { PageModule } from '#server/page/page.module.js';
import { readPageFiles } from '#server/page/page-files.js';
import { removeDirectory, temporaryDirectory } from '../../support/built-server.js';

const Weeks = z.strictObject({ weeks: z.coerce.number({ error: 'weeks must be a number' }).int().default(26) });

@Controller('api/things')
class ThingsController {
  @Get()
  list(@Query({ schema: Weeks }) query: z.infer<typeof Weeks>): { weeks: number } {
    return query;
  }

  @Get('broken')
  broken(): never {
    throw new Error('password=hunter2 in the details');
  }

  @Post()
  add(@Body() body: unknown): unknown {
    return body;
  }

  @Delete()
  remove(): { removed: true } {
    return { removed: true };
  }
}

let app: NestFastifyApplication;
let address: string;
let directory: string;

beforeAll(async () => {
  directory = await temporaryDirectory();
  const page = join(directory, 'page');
  await mkdir(join(page, '_app', 'immutable'), { recursive: true });
  await writeFile(join(page, 'index.html'), '<!doctype html><title>t</title><script>start()</script>');
  await writeFile(join(page, '_app', 'immutable', 'start.abc.js'), 'export {};');
  await writeFile(join(directory, 'secret.txt'), 'not for the page');
  const files = readPageFiles(page);

  @Module({ imports: [PageModule.with(files)], controllers: [ThingsController] })
  class TestModule {}
  ({ app, address } = await listen({ module: TestModule }, files, readConfig({ PORT: '0' })));
});

afterAll(async () => {
  await app.close();
  await removeDirectory(directory);
});

/** `fetch` would tidy the path and set the host by itself. */
function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(address);
    const asked = request({ host: '127.0.0.1', port, path, method: options.method ?? 'GET', headers: options.headers ?? {} }, (answer) => {
      let body = '';
      answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    });
    asked.on('error', reject);
    asked.end(options.body);
  });
}

test('every unknown address outside the API is the page', async () => {
  for (const path of ['/', '/boards/delay', '/items/1?lang=fa']) {
    expect(await ask(path)).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
    });
  }
});

test('the one inline script is allowed by its hash, no other', async () => {
  const { headers } = await ask('/');
  // printf 'start()' | openssl dgst -sha256 -binary | base64
  expect(headers['content-security-policy']).toContain(`script-src 'self' 'sha256-DIm7WJS6ZKDYe5qFLPy+h4JFI9Bol5QmYC57mt3Fb00=';`);
  expect(headers['content-security-policy']).not.toContain('unsafe-eval');
});

test('files of the page come with their type; hashed names are kept for a year', async () => {
  expect(await ask('/_app/immutable/start.abc.js')).toMatchObject({
    status: 200,
    headers: {
      'content-type': 'application/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    },
    body: 'export {};',
  });
});

test('a file that has not changed is not sent again, and one that is only asked about is not sent', async () => {
  const { headers } = await ask('/_app/immutable/start.abc.js');
  const again = await ask('/_app/immutable/start.abc.js', { headers: { 'if-none-match': String(headers.etag) } });
  expect(again).toMatchObject({ status: 304, body: '', headers: { 'cache-control': 'public, max-age=31536000, immutable' } });
  expect(await ask('/_app/immutable/start.abc.js', { method: 'HEAD' })).toMatchObject({
    status: 200,
    body: '',
    headers: { 'content-length': '10' },
  });
});

test.each(['/../secret.txt', '/%2e%2e/secret.txt', '/_app/../../secret.txt', '/..%2fsecret.txt', '/_app/%5c..%5csecret.txt'])(
  '%s leads nowhere',
  async (path) => {
    expect((await ask(path)).body).not.toContain('not for the page');
    expect((await ask(path)).status).toBe(404);
  },
);

test('an unknown address of the API is a 404 that says so', async () => {
  const answer = await ask('/api/nothing');
  expect(answer.status).toBe(404);
  expect(JSON.parse(answer.body)).toEqual({
    statusCode: 404,
    message: '/api/nothing is no address of the API.',
    errorId: expect.any(String) as string,
  });
});

test('a wrong value is a 400 that names it', async () => {
  expect(JSON.parse((await ask('/api/things?weeks=many')).body)).toMatchObject({
    statusCode: 400,
    message: 'weeks: weeks must be a number',
  });
  expect(JSON.parse((await ask('/api/things?wekes=3')).body)).toMatchObject({
    statusCode: 400,
    message: expect.stringContaining('wekes') as string,
  });
});

test('data is never stored by a cache and allows nothing to a browser', async () => {
  expect(await ask('/api/things')).toMatchObject({
    status: 200,
    headers: {
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    },
    body: '{"weeks":26}',
  });
});

test('an error nobody foresaw tells the reader an id and nothing else', async () => {
  const logged = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const answer = await ask('/api/things/broken');
  expect(logged).toHaveBeenCalledWith(expect.stringContaining('GET /api/things/broken: Error: password=••• in the details'));
  logged.mockRestore();
  expect(answer.status).toBe(500);
  expect(answer.body).not.toContain('hunter2');
  expect(JSON.parse(answer.body)).toMatchObject({
    message: expect.stringMatching(/^Something went wrong here; the server's log tells more under /) as string,
  });
});

test.each(['evil.example', 'evil.example:3000', '127.0.0.1.evil.example', '0.0.0.0'])(
  'a name of another machine, %s, is not served',
  async (host) => {
    expect((await ask('/api/things', { headers: { host } })).status).toBe(421);
  },
);

test.each(['localhost:3000', '127.0.0.1', '[::1]:3000'])('our own name, %s, is served', async (host) => {
  expect((await ask('/api/things', { headers: { host } })).status).toBe(200);
});

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' }, 403],
  ['another site of the same domain', { 'sec-fetch-site': 'same-site', 'content-type': 'application/json' }, 403],
  ['nobody says who', { 'content-type': 'application/json' }, 403],
  ['another origin', { origin: 'http://evil.example', 'content-type': 'application/json' }, 403],
  ['a form', { 'sec-fetch-site': 'same-origin', 'content-type': 'text/plain' }, 415],
  ['this page', { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }, 201],
])('a change from %s', async (_who, headers, status) => {
  expect((await ask('/api/things', { method: 'POST', headers, body: '{"a":1}' })).status).toBe(status);
});

test('a removal needs no body, but the same page', async () => {
  expect((await ask('/api/things', { method: 'DELETE', headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(200);
  expect((await ask('/api/things', { method: 'DELETE' })).status).toBe(403);
});
