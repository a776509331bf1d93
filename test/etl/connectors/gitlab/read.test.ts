import { describe, expect, it } from 'vitest';
import { gitlabConnector } from '#etl/connectors/gitlab/connector.js';
import { streamOf } from '#etl/connectors/gitlab/read.js';
import { readingOf, recordsOf } from '../../../support/scripted-source/reading.js';
import type { Tool } from '../../../support/scripted-source/server.js';
import { gitlabTool, project } from './tool.js';

/** A reader of a fake GitLab with 20 issues; `change` may answer in its place. */
function reading(change: Tool = gitlabTool) {
  const history = { items: 20, events: 3, fields: ['status', 'team', 'person', 'due'] as const, hasComments: true };
  return readingOf(gitlabConnector, streamOf(project), change, history, (url) => ({ url, projects: [project] }));
}

const instead =
  (path: string, answer: ReturnType<Tool> | ((page: number) => ReturnType<Tool>)): Tool =>
  (request, source) => {
    if (request.path !== path) return gitlabTool(request, source);
    return typeof answer === 'function' ? answer(Number(request.query.get('page'))) : answer;
  };
const root = `/api/v4/projects/${project}`;

describe('reading a GitLab', () => {
  it('asks for few things where nothing is new', async () => {
    const { read, asked, source } = await reading();
    const cursor = (await read(null)).at(-1)?.next ?? null;
    source.advance(900_000);
    asked.length = 0;
    await read(cursor);
    expect(asked.filter(({ path }) => path === `${root}/issues`)).toHaveLength(1);
    expect(asked.length).toBeLessThanOrEqual(5);
  });

  it('begins with what changed in the last 30 days, and reads what is older behind it', async () => {
    const { read, asked } = await reading();
    const pages = await read(null);
    const since = asked.flatMap(({ path, query }) => (path === `${root}/issues` ? [query.get('updated_after')] : []));
    expect(since[0]).toBe('2026-01-01T23:59:59.999Z');
    expect(since.indexOf(null)).toBeGreaterThan(0);
    expect(pages.map(({ done }) => done).indexOf(true)).toBe(pages.length - 1);
  });

  it('reads the notes of several pages to their end', async () => {
    const notes = Array.from({ length: 250 }, (_, id) => ({ id, body: `Note ${id}`, created_at: '2026-01-06T08:00:00Z', system: false }));
    const { read } = await reading(
      instead(`${root}/issues/3/notes`, (page) => ({
        headers: page < 3 ? { 'x-next-page': String(page + 1) } : { 'x-next-page': '' },
        body: notes.slice(page * 100 - 100, page * 100),
      })),
    );
    const record = recordsOf(await read(null)).find(({ externalId }) => externalId === '3');
    expect((record?.payload as { notes: unknown[] }).notes).toEqual(notes);
  });

  it('counts what it may not see, and reads the rest', async () => {
    const { read } = await reading(instead(`${root}/issues/7/notes`, { status: 403, body: '' }));
    const pages = await read(null);
    expect(new Set(recordsOf(pages).map(({ externalId }) => externalId)).size).toBe(19);
    expect(pages.flatMap(({ warnings = [] }) => warnings)).toContain('forbidden_item');
  });

  it('keeps with an issue the members it names alone', async () => {
    const { read } = await reading();
    const [record] = recordsOf(await read(null));
    const payload = record?.payload as { issue: { author: { id: number } }; members: { id: number }[] };
    expect(payload.members.map(({ id }) => id)).toContain(payload.issue.author.id);
    expect(payload.members.length).toBeLessThan(4);
  });

  it('says what it finds, and what it may not do', async () => {
    const { config, context, source } = await reading();
    expect(await gitlabConnector.check(config, context)).toMatchObject({
      ok: true,
      findings: [
        'The token is that of person-11.',
        'acme/desk has 20 open issues; closed ones are read too.',
        expect.stringMatching(/clock/),
      ],
    });
    source.hide(3);
    expect((await gitlabConnector.check(config, context)).findings[2]).toMatch(/less than the role of a reporter/);
    const wrong = await gitlabConnector.check({ ...config, projects: ['acme/secret'] }, context);
    expect([wrong.ok, wrong.findings.at(-1)]).toEqual([
      false,
      expect.stringMatching(/^There is no acme\/secret, or the token does not reach it/),
    ]);
  });

  it('takes an issue for deleted only where the token sees all of them', async () => {
    const { config, context, source } = await reading();
    const look = (id: string) => gitlabConnector.look?.(config, id, context);
    source.delete(4);
    expect([await look('acme/desk#3'), await look('acme/desk#4'), await look('acme/secret#3')]).toEqual(['present', 'gone', 'hidden']);
    source.hide(3);
    expect([await look('acme/desk#3'), await look('acme/desk#4')]).toEqual(['hidden', 'hidden']);
  });

  it('guesses what status labels mean', async () => {
    const { config, context } = await reading();
    const { settings, capabilities } = await gitlabConnector.discover(config, context);
    expect(settings.statuses).toEqual({
      ...{ open: 'ours_active', closed: 'done', New: 'ours_waiting', 'In Progress': 'ours_active' },
      ...{ Waiting: 'unmapped', Closed: 'unmapped' },
    });
    expect(capabilities['first-due'].fidelity).toBe('none');
  });
});
