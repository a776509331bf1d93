import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Context } from '#etl/connector.js';
import { intercomConnector } from '#etl/connectors/intercom/connector.js';
import { createNetwork } from '#etl/http/network.js';
import { makeHistory } from '../../../support/scripted-source/history.js';
import { serveTool } from '../../../support/scripted-source/server.js';
import { ScriptedSource } from '../../../support/scripted-source/source.js';
import { sharedFile } from '../../shared-data.js';
import { intercomTool } from './tool.js';

interface Description {
  paths: Record<string, Record<string, unknown>>;
  components: { schemas: Record<string, { properties?: Record<string, { enum?: string[] }> }> };
}

const file = sharedFile('specs/intercom-2.14.yaml.gz');

test.skipIf(file.isAbsent)(`what is asked stands in Intercom’s own description${file.why}`, async () => {
  const description = parse(gunzipSync(readFileSync(file.path)).toString('utf8')) as Description;
  const times = { start: '2026-01-05T08:00:00.000Z', spanMs: 86_400_000, grainMs: 1_000 };
  const history = makeHistory({ seed: 2, items: 12, events: 3, fields: ['team'], hasComments: true, ...times });
  const source = new ScriptedSource(history, '2026-01-20T00:00:00.000Z');
  const asked = new Set<string>();
  const bodies: Record<string, unknown>[] = [];
  const server = await serveTool(
    (request, now) => {
      asked.add(`${request.method.toLowerCase()} ${request.path.replace(/\/\d+$/, '/{conversation_id}')}`);
      if (request.method === 'POST') bodies.push(request.body as Record<string, unknown>);
      return intercomTool(request, now);
    },
    () => source,
    null,
  );
  const context: Context = {
    signal: new AbortController().signal,
    now: () => new Date(source.now),
    secret: async () => 'token',
    network: createNetwork({ allowed: [server.host] }),
  };
  let read = 0;
  const config = intercomConnector.configSchema.parse({ url: server.address });
  for await (const page of intercomConnector.read(config, 'conversations', null, context)) read += page.records.length;
  await server.close();

  expect(read).toBeGreaterThanOrEqual(12);
  expect([...asked].sort()).toEqual([
    'get /admins',
    'get /conversations/{conversation_id}',
    'get /me',
    'get /teams',
    'post /conversations/search',
  ]);
  for (const request of asked) {
    const [method = '', path = ''] = request.split(' ');
    expect(description.paths[path]?.[method], request).toBeDefined();
  }
  const {
    single_filter_search_request: filter,
    multiple_filter_search_request: filters,
    starting_after_paging: paging,
  } = description.components.schemas;
  const operators = filter?.properties?.['operator']?.enum;
  for (const body of bodies) {
    const { query, pagination } = body as {
      query: { operator: string; value: { operator: string }[] };
      pagination: Record<string, unknown>;
    };
    expect(filters?.properties?.['operator']?.enum).toContain(query.operator);
    for (const { operator } of query.value) expect(operators).toContain(operator);
    expect(Object.keys(paging?.properties ?? {})).toEqual(expect.arrayContaining(Object.keys(pagination)));
  }
});
