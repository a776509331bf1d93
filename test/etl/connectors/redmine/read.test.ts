import { afterEach, describe, expect, it } from 'vitest';
import type { Context, Cursor, Page } from '#etl/connector.js';
import { redmineConnector } from '#etl/connectors/redmine/connector.js';
import { configSchema } from '#etl/connectors/redmine/payload.js';
import { createNetwork } from '#etl/http/network.js';
import { makeHistory } from '../../../support/scripted-source/history.js';
import { serveTool, type Tool } from '../../../support/scripted-source/server.js';
import { ScriptedSource } from '../../../support/scripted-source/source.js';
import { redmineTool } from './tool.js';

const fields = ['status', 'team', 'person', 'due'] as const;
const times = { start: '2026-01-05T08:00:00.000Z', spanMs: 86_400_000, grainMs: 1_000 };
const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

/** A reader of a fake Redmine; `change` may answer in its place. */
async function reading(change: Tool = redmineTool) {
  const source = new ScriptedSource(
    makeHistory({ seed: 2, items: 20, events: 3, fields, hasComments: true, ...times }),
    '2026-02-01T00:00:00.000Z',
  );
  const asked: string[] = [];
  const server = await serveTool(
    (request, now) => (asked.push(`${request.path}?${request.query}`), change(request, now)),
    () => source,
    null,
  );
  ended.push(server.close);
  const context: Context = {
    signal: new AbortController().signal,
    now: () => new Date(source.now),
    secret: async () => 'key',
    network: createNetwork({ allowed: [server.host] }),
  };
  const config = configSchema.parse({ url: server.address, team: 'project' });
  const read = async (from: Cursor | null): Promise<Page[]> => {
    const pages: Page[] = [];
    for await (const page of redmineConnector.read(config, 'issues', from, context)) pages.push(page);
    return pages;
  };
  return { source, read, asked, config, context };
}

const idsOf = (pages: readonly Page[]) =>
  pages.flatMap(({ records }) => records.map((record) => ('externalId' in record ? record.externalId : '')));

describe('reading a Redmine', () => {
  it('begins with the newest issues', async () => {
    const { read } = await reading();
    expect(idsOf(await read(null)).slice(0, 4)).toEqual(['20', '19', '18', '17']);
  });

  it('asks for few things where nothing is new', async () => {
    const { read, asked, source } = await reading();
    const cursor = (await read(null)).at(-1)?.next ?? null;
    source.advance(900_000);
    const next = (await read(cursor)).at(-1)?.next ?? null;
    asked.length = 0;
    source.advance(900_000);
    await read(next);
    expect(asked.length).toBeLessThanOrEqual(5);
  });

  it('reads all again where a status was renamed', async () => {
    const renamed: Tool = (request, source) =>
      request.path === '/issue_statuses.json' && source.now > '2026-02-01'
        ? { body: { issue_statuses: [{ id: 1, name: source.now > '2026-02-02' ? 'Brand new' : 'New', is_closed: false }] } }
        : redmineTool(request, source);
    const { read, source } = await reading(renamed);
    const cursor = (await read(null)).at(-1)?.next ?? null;
    source.advance(2 * 86_400_000);
    expect(new Set(idsOf(await read(cursor))).size).toBe(20);
  });

  it('goes without groups where the key is no administrator', async () => {
    const { read } = await reading((request, source) =>
      request.path === '/groups.json' ? { status: 403, body: '' } : redmineTool(request, source),
    );
    expect(new Set(idsOf(await read(null))).size).toBe(20);
  });

  it('counts what it may not see, and reads the rest', async () => {
    const { read } = await reading((request, source) =>
      request.path === '/issues/7.json' ? { status: 403, body: '' } : redmineTool(request, source),
    );
    const pages = await read(null);
    expect(new Set(idsOf(pages)).size).toBe(19);
    expect(pages.flatMap(({ warnings = [] }) => warnings)).toContain('forbidden_item');
  });

  it('says what a key may not do', async () => {
    const { config, context } = await reading((request, source) =>
      request.path === '/users/current.json' ? { body: { user: { login: 'guest' } } } : redmineTool(request, source),
    );
    const { ok, findings } = await redmineConnector.check(config, context);
    expect(ok).toBe(true);
    expect(findings[0]).toMatch(/^The key is that of guest, who is no administrator/);
    expect(findings[1]).toBe('It sees 20 issues.');
  });

  it('guesses what statuses mean, and leaves the last word to the connection', async () => {
    const { config, context } = await reading();
    const statuses = async (given: object) => (await redmineConnector.discover({ ...config, ...given }, context)).settings.statuses;
    expect(await statuses({})).toEqual({ New: 'ours_waiting', 'In Progress': 'ours_active', Waiting: 'unmapped', Closed: 'done' });
    expect(await statuses({ statuses: { Waiting: 'customer' } })).toMatchObject({ Waiting: 'customer', Closed: 'done' });
  });
});
