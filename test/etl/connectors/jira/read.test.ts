import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { jiraConnector } from '#etl/connectors/jira/connector.js';
import type { Edition } from '#etl/connectors/jira/payload.js';
import { idsOf, readingOf } from '../../../support/scripted-source/reading.js';
import type { Tool } from '../../../support/scripted-source/server.js';
import { sharedFile } from '../../shared-data.js';
import { jiraTool } from './tool.js';

/** A reader of a fake Jira; `change` may answer in its place. */
function reading(edition: Edition, change: Tool = jiraTool(edition), more: object = {}) {
  const history = { items: 20, events: 8, fields: ['status', 'team', 'person', 'due'] as const, hasComments: true };
  return readingOf(jiraConnector, 'issues', change, history, (url) => ({ url, email: 'reader@example.com', ...more }));
}

describe.each(['cloud', 'data-center'] as const)('reading a Jira (%s)', (edition) => {
  it('begins with the newest issues', async () => {
    const { read, source } = await reading(edition);
    const newest = [...source.items()].sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
    expect(idsOf(await read(null)).slice(0, 5)).toEqual(newest.slice(0, 5).map(({ id }) => String(id)));
  });

  it('asks for few things where nothing is new', async () => {
    const { read, asked, source } = await reading(edition, undefined, { edition });
    const cursor = (await read(null)).at(-1)?.next ?? null;
    source.advance(900_000);
    const next = (await read(cursor)).at(-1)?.next ?? null;
    asked.length = 0;
    source.advance(900_000);
    const pages = await read(next);
    expect([asked.length, idsOf(pages).length]).toEqual([4, 0]);
  });

  it('reads all again where a status was renamed', async () => {
    const renamed: Tool = (request, source) =>
      request.path.endsWith('/status') && source.now > '2026-02-02'
        ? { body: [{ id: '1', name: 'Brand new', statusCategory: { key: 'new' } }] }
        : jiraTool(edition)(request, source);
    const { read, source } = await reading(edition, renamed);
    const cursor = (await read(null)).at(-1)?.next ?? null;
    source.advance(2 * 86_400_000);
    expect(new Set(idsOf(await read(cursor))).size).toBe(20);
  });

  it('asks for all comments where only some came with the issue', async () => {
    const cut: Tool = (request, source) => {
      if (/\/issue\/\d+\/comment$/.test(request.path)) {
        const comment = { id: '77', created: '2026-01-05T09:00:00.000+0000', body: 'The whole of it.', jsdPublic: true };
        return { body: { comments: [comment], total: 1 } };
      }
      const answer = jiraTool(edition)(request, source);
      const { issues = [] } = answer.body as { issues?: { fields: object }[] };
      for (const issue of issues) Object.assign(issue.fields, { comment: { comments: [], total: 1 } });
      return answer;
    };
    const { read, config } = await reading(edition, cut);
    const [record] = (await read(null))[0]?.records ?? [];
    const { events = [] } = record && 'externalId' in record ? jiraConnector.map(config, 'issues', record) : {};
    expect(events.flatMap(({ message }) => message?.body ?? [])).toEqual(['The whole of it.']);
  });

  it('says whom it reads as, how much it sees, and what it may not', async () => {
    const plain: Tool = (request, source) =>
      request.path.endsWith('/mypermissions')
        ? { body: { permissions: { BROWSE_PROJECTS: { havePermission: true }, ADMINISTER: { havePermission: false } } } }
        : jiraTool(edition)(request, source);
    const { config, context } = await reading(edition, plain);
    const { ok, findings } = await jiraConnector.check(config, context);
    expect(ok).toBe(true);
    expect(findings).toContain('It sees 20 issues.');
    expect(findings).toContain("The account's zone is UTC.");
    expect(findings.some((finding) => finding.startsWith('The account is no administrator'))).toBe(edition === 'cloud');
  });

  it('refuses an account that may browse nothing, where Jira would show an empty list', async () => {
    const blind: Tool = (request, source) =>
      request.path.endsWith('/mypermissions')
        ? { body: { permissions: { BROWSE_PROJECTS: { havePermission: false } } } }
        : jiraTool(edition)(request, source);
    const { config, context } = await reading(edition, blind);
    const { ok, findings } = await jiraConnector.check(config, context);
    expect(ok).toBe(false);
    expect(findings.at(-1)).toMatch(/^The account may browse no project/);
  });

  it('guesses what statuses mean, and leaves the last word to the connection', async () => {
    const { config, context } = await reading(edition);
    const statuses = async (given: object) => (await jiraConnector.discover({ ...config, ...given }, context)).settings.statuses;
    expect(await statuses({})).toEqual({ New: 'ours_waiting', 'In Progress': 'ours_active', Waiting: 'ours_active', Closed: 'done' });
    expect(await statuses({ statuses: { Waiting: 'customer' } })).toMatchObject({ Waiting: 'customer', Closed: 'done' });
  });
});

it('a page token that has run out is given up, and the search begins anew where it had come to', async () => {
  const refusing: Tool = (request, source) =>
    (request.body as { nextPageToken?: string } | null)?.nextPageToken === 'long ago'
      ? { status: 400, body: { errorMessages: ['The page token is invalid or has expired.'] } }
      : jiraTool('cloud')(request, source);
  const { read, source } = await reading('cloud', refusing);
  source.pageSize = 7;
  const [first] = await read(null, 1);
  const state = structuredClone(first?.next.state) as { first: { position: { token: string } } };
  state.first.position.token = 'long ago';
  const rest = await read({ v: 1, state });
  expect(new Set(idsOf([...(first ? [first] : []), ...rest])).size).toBe(20);
  expect(idsOf(rest).length).toBeLessThan(20);
});

it('an issue that the Cloud no longer finds is deleted only where the audit log says so', async () => {
  const { config, context, source } = await reading('cloud');
  const look = (id: string) => jiraConnector.look?.(config, id, context, `https://acme.atlassian.net/browse/SUP-${id}`);
  source.delete(2);
  source.hide(3);
  expect([await look('1'), await look('2'), await look('3')]).toEqual(['present', 'gone', 'hidden']);
  expect(await jiraConnector.look?.(config, '2', context)).toBe('hidden');
});

it('an account that may not read the audit log takes nothing for deleted', async () => {
  const { config, context, source } = await reading('cloud', (request, now) =>
    request.path.endsWith('/auditing/record') ? { status: 403, body: {} } : jiraTool('cloud')(request, now),
  );
  source.delete(2);
  expect(await jiraConnector.look?.(config, '2', context, 'https://acme.atlassian.net/browse/SUP-2')).toBe('hidden');
});

const description = sharedFile('specs/jira-platform-swagger.v3.json.gz');
/** Newer than the description at hand, which is of 2022. */
const newer = ['post /rest/api/3/search/jql', 'post /rest/api/3/changelog/bulkfetch', 'post /rest/api/3/search/approximate-count'];

interface Described {
  paths: Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>;
}

test.skipIf(description.isAbsent)(`every request to the Cloud is one that its description knows${description.why}`, async () => {
  const { paths } = JSON.parse(gunzipSync(readFileSync(description.path)).toString('utf8')) as Described;
  const commentsApart: Tool = (request, source) => {
    if (/\/issue\/\d+\/comment$/.test(request.path)) return { body: { comments: [], total: 0 } };
    const answer = jiraTool('cloud')(request, source);
    for (const issue of (answer.body as { issues?: { fields: object }[] }).issues ?? [])
      Object.assign(issue.fields, { comment: undefined });
    return answer;
  };
  const { read, asked, config, context, source } = await reading('cloud', commentsApart, { edition: 'cloud' });
  await read(null);
  await jiraConnector.check(config, context);
  await jiraConnector.discover(config, context);
  source.delete(2);
  await jiraConnector.look?.(config, '2', context, 'https://acme.atlassian.net/browse/SUP-2');
  const requests = new Map(
    asked.map(({ method, path, query }) => [`${method.toLowerCase()} ${path.replace(/\/issue\/\d+/, '/issue/{issueIdOrKey}')}`, query]),
  );
  const unknown = [...requests].filter(([request]) => {
    const [method = '', path = ''] = request.split(' ');
    return paths[path]?.[method] === undefined;
  });
  expect(unknown.map(([request]) => request).sort()).toEqual([...newer].sort());
  expect(requests.size).toBe(11);
  for (const [request, query] of requests) {
    if (newer.includes(request)) continue;
    const [method = '', path = ''] = request.split(' ');
    const known = paths[path]?.[method]?.parameters?.filter((parameter) => parameter.in === 'query').map(({ name }) => name) ?? [];
    expect([request, [...query.keys()].filter((name) => !known.includes(name))]).toEqual([request, []]);
  }
});
