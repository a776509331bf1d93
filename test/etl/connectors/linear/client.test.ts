import { expect, test } from 'vitest';
import type { Context } from '#etl/connector.js';
import { LinearClient } from '#etl/connectors/linear/client.js';
import { configSchema } from '#etl/connectors/linear/payload.js';
import { createTransport } from '#etl/http/transport.js';
import { json, localServer, virtualNetwork } from '../../http/local-server.js';

const server = await localServer();

function setUp() {
  const network = virtualNetwork({ send: createTransport([server.host]) });
  const context: Context = {
    signal: new AbortController().signal,
    now: () => new Date(),
    secret: async () => 'lin_api_of_a_test',
    network,
  };
  return { client: new LinearClient(configSchema.parse({ url: server.address }), context), network };
}

test('a limit that Linear tells by 400 and a code is waited for', async () => {
  let asked = 0;
  server.answer = (_request, response) => {
    asked += 1;
    if (asked > 1) return json(response, { data: { teams: { nodes: [{ id: 't1', name: 'Desk' }], pageInfo: { hasNextPage: false } } } });
    // Milliseconds since 1970, against a clock of the tool at its second 60.
    const headers = { 'x-ratelimit-requests-reset': '1767225690000', date: 'Thu, 01 Jan 2026 00:01:00 GMT' };
    json(response, { errors: [{ message: 'Rate limit exceeded', extensions: { code: 'RATELIMITED' } }] }, headers, 400);
  };
  const { client, network } = setUp();
  expect(await client.teams()).toEqual([{ id: 't1', name: 'Desk' }]);
  expect(Math.round(network.waits[0] ?? 0)).toBeGreaterThan(29_000);
  expect(Math.round(network.waits[0] ?? 0)).toBeLessThanOrEqual(30_000);
});

test('relations that did not fit the page of issues are read to their end', async () => {
  const told = (id: string) => ({ id, type: 'related', createdAt: '2026-01-01T00:00:00Z', relatedIssue: { id: `i${id}` } });
  const pages = [
    { nodes: [told('6'), told('7')], pageInfo: { hasNextPage: true, endCursor: '7' } },
    { nodes: [told('8')], pageInfo: { hasNextPage: false, endCursor: '8' } },
  ];
  let asked = 0;
  server.answer = (_request, response) => json(response, { data: { issue: { relations: pages[asked++] } } });
  const none = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
  const issue = { id: 'i1', updatedAt: '2026-01-01T00:00:00Z', history: none, comments: none };
  const listed = { ...issue, relations: { nodes: [], pageInfo: { hasNextPage: true, endCursor: '5' } } };
  expect(await setUp().client.rest('relations', listed)).toEqual([told('6'), told('7'), told('8')]);
  expect(asked).toBe(2);
});

test('an error beside status 200 is one', async () => {
  server.answer = (_request, response) => json(response, { data: null, errors: [{ message: 'Field is gone' }] });
  await expect(setUp().client.teams()).rejects.toThrow('Linear refuses the query Teams: Field is gone.');
});
