import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Context, Page } from '#etl/connector.js';
import { zendeskConnector } from '#etl/connectors/zendesk/connector.js';
import { createNetwork } from '#etl/http/network.js';
import type { Transport } from '#etl/http/transport.js';
import { sharedFile } from '../../shared-data.js';

interface Interaction {
  request: { uri: string };
  response: { status: { code: number }; headers: Record<string, string[]>; body: { base64_string?: string; string?: string } };
}

const config = zendeskConnector.configSchema.parse({ url: 'https://d3v-zenpydev.zendesk.com/', email: 'someone@example.com' });

/**
 * Answers as a real account answered a reader that asked for one row a page and stopped after a hundred pages: what it did not ask
 * for any more is told as the end.
 */
function recorded(path: string, stream: string): { send: Transport; asked: string[]; ids: string[] } {
  const { http_interactions: all } = JSON.parse(readFileSync(path, 'utf8')) as { http_interactions: Interaction[] };
  const single = all.filter(({ request: { uri } }) => uri.includes('/cursor.json') && /[?&]per_page=1(&|$)/.test(uri));
  const answers = new Map(single.map((each) => [new URL(each.request.uri).searchParams.get('cursor') ?? 'start', each]));
  const asked: string[] = [];
  return {
    asked,
    ids: single
      .flatMap((each) => (JSON.parse(bodyOf(each).toString()) as Record<string, { id: number }[]>)[stream] ?? [])
      .map(({ id }) => String(id)),
    send: async ({ url }) => {
      if (!url.pathname.endsWith('/cursor.json')) return answer({ ticket_forms: [] });
      const cursor = url.searchParams.get('cursor') ?? 'start';
      asked.push(cursor);
      const found = answers.get(cursor);
      if (!found) return answer({ [stream]: [], after_cursor: null, end_of_stream: true });
      const headers = new Headers(Object.entries(found.response.headers).map(([name, [value]]): [string, string] => [name, value ?? '']));
      headers.delete('content-encoding');
      return { status: found.response.status.code, headers, body: bodyOf(found) };
    },
  };
}

function answer(body: unknown): { status: number; headers: Headers; body: Buffer } {
  return { status: 200, headers: new Headers({ 'content-type': 'application/json' }), body: Buffer.from(JSON.stringify(body)) };
}

function bodyOf({ response: { body } }: Interaction): Buffer {
  return body.base64_string === undefined ? Buffer.from(body.string ?? '') : gunzipSync(Buffer.from(body.base64_string, 'base64'));
}

async function readAll(stream: string, send: Transport): Promise<Page[]> {
  const context: Context = {
    signal: new AbortController().signal,
    now: () => new Date('2023-09-19T01:00:00Z'),
    secret: async () => 'a-token-of-a-test',
    network: createNetwork({ send, sleep: async () => undefined }),
  };
  const pages: Page[] = [];
  // From the start, as a connection does whose first month is read.
  const from = { v: 1, state: { phase: 'live', next: 0, live: null, since: 0, readAt: 0, sweptAt: 0 } };
  for await (const page of zendeskConnector.read(config, stream, from, context)) pages.push(page);
  return pages;
}

for (const [stream, name] of [
  ['tickets', 'TicketsIncrementalTest'],
  ['users', 'UsersIncrementalTest'],
] as const) {
  const file = sharedFile(`zendesk-cassettes/${name}.test_pagination.json`);
  test.skipIf(file.isAbsent)(
    `the ${stream} of a real account are read page by page to the end, none lost, none twice${file.why}`,
    async () => {
      const { send, asked, ids } = recorded(file.path, stream);
      const pages = await readAll(stream, send);
      const records = pages.flatMap((page) => page.records.flatMap((record) => ('externalId' in record ? [record] : [])));
      expect(ids.length).toBe(100);
      expect(records.map((record) => record.externalId)).toEqual(ids);
      expect([asked.length, pages.length, pages.at(-1)?.done]).toEqual([101, 101, true]);
      for (const record of records) expect(() => zendeskConnector.map(config, stream, record)).not.toThrow();
      expect(pages.slice(0, 100).every((page) => page.sourceNow?.startsWith('2023-09-19'))).toBe(true);
    },
  );
}
