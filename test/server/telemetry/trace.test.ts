import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, expect, test } from 'vitest';
import { startTracing } from '#server/telemetry/start-tracing.js';
import { traced } from '#server/telemetry/trace.js';
import { tracedEngine } from '#server/telemetry/traced-engine.js';
import { testDatabase } from '../../support/database.js';
import { testServer } from '../dashboards/test-server.js';

interface Span {
  name: string;
  spanId: string;
  parentSpanId?: string;
  traceId: string;
  status: { code?: number; message?: string };
  attributes: { key: string; value: Record<string, unknown> }[];
}

interface Exported {
  resourceSpans: { resource: { attributes: Span['attributes'] }; scopeSpans: { spans: Span[] }[] }[];
}

const bodies: Exported[] = [];
const receiver = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    expect(request.url).toBe('/v1/traces');
    bodies.push(JSON.parse(Buffer.concat(pieces).toString('utf8')) as Exported);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
}).listen(0, '127.0.0.1');
await once(receiver, 'listening');
afterAll(() => void receiver.close());

const server = await testServer(await testDatabase());

test('without a receiver nothing is recorded', async () => {
  await traced('derive', {}, async (span) => expect(span.isRecording()).toBe(false));
  expect(bodies).toEqual([]);
});

test('spans of requests, and of what is done for them, go to the receiver without queries, values or messages', async () => {
  const stop = await startTracing(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`, 'throughline');
  await server.get('/api/search?text=a-customers-name&lang=en');
  await traced('sync run', { 'throughline.connection': 'desk' }, async () => {
    await tracedEngine(server.engine).query('select $1::text as customer', ['a-customers-name']);
  });
  await traced('derive', {}, () => Promise.reject(new RangeError('about a-customers-name'))).catch(() => undefined);
  await stop();

  const spans = bodies.flatMap(({ resourceSpans }) =>
    resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
  );
  const named = (name: string) => spans.find((span) => span.name === name);
  expect(spans.map(({ name }) => name).sort()).toEqual(['GET /api/search', 'derive', 'query', 'sync run']);
  expect(named('query')?.parentSpanId).toBe(named('sync run')?.spanId);
  expect(named('query')?.traceId).toBe(named('sync run')?.traceId);
  const values = (span: Span | undefined) =>
    Object.fromEntries((span?.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0]]));
  expect(values(named('GET /api/search'))).toMatchObject({ 'http.route': '/api/search', 'http.response.status_code': 200 });
  expect(values(named('sync run'))).toEqual({ 'throughline.connection': 'desk' });
  expect(named('derive')?.status).toMatchObject({ code: 2, message: 'RangeError' });
  expect(JSON.stringify(bodies)).not.toContain('a-customers-name');
  expect(values({ attributes: bodies[0]?.resourceSpans[0]?.resource.attributes } as Span)).toMatchObject({ 'service.name': 'throughline' });
});
