import { describe, expect, it } from 'vitest';
import { redmineConnector } from '#etl/connectors/redmine/connector.js';
import { idsOf, readingOf } from '../../../support/scripted-source/reading.js';
import type { Tool } from '../../../support/scripted-source/server.js';
import { redmineTool } from './tool.js';

/** A reader of a fake Redmine; `change` may answer in its place. */
function reading(change: Tool = redmineTool) {
  const history = { items: 20, events: 3, fields: ['status', 'team', 'person', 'due'] as const, hasComments: true };
  return readingOf(redmineConnector, 'issues', change, history, (url) => ({ url, team: 'project' }));
}

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
