import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { githubConnector } from '#etl/connectors/github/connector.js';
import { streamOf } from '#etl/connectors/github/read.js';
import { readingOf, recordsOf } from '../../../support/scripted-source/reading.js';
import type { Tool } from '../../../support/scripted-source/server.js';
import { sharedFile } from '../../shared-data.js';
import { githubTool, repository } from './tool.js';

/** A reader of a fake GitHub with 20 issues; `change` may answer in its place. */
function reading(change: Tool = githubTool) {
  const history = { items: 20, events: 3, fields: ['status', 'team', 'person'] as const, hasComments: false };
  return readingOf(githubConnector, streamOf(repository), change, history, (url) => ({ url, repositories: [repository] }));
}

describe('reading a GitHub', () => {
  it('asks once where nothing is new since long ago', async () => {
    const { read, asked, source } = await reading();
    const cursor = (await read(null)).at(-1)?.next ?? null;
    source.advance(900_000);
    asked.length = 0;
    await read(cursor);
    expect(asked.filter(({ path }) => !path.endsWith('/timeline')).map(({ query }) => query.get('since'))).toHaveLength(1);
    expect(asked.length).toBeLessThanOrEqual(3);
  });

  it('begins with what changed in the last 30 days, and reads what is older behind it', async () => {
    const { read, asked } = await reading();
    const pages = await read(null);
    const since = asked.filter(({ path }) => path.endsWith('/issues')).map(({ query }) => query.get('since'));
    expect(since[0]).toBe('2026-01-01T23:59:59Z');
    expect(since.indexOf(null)).toBeGreaterThan(0);
    expect(pages.map(({ done }) => done).indexOf(true)).toBe(pages.length - 1);
  });

  it('leaves pull requests out', async () => {
    const { read } = await reading((request, source) => {
      const answer = githubTool(request, source);
      if (!request.path.endsWith('/issues')) return answer;
      return {
        ...answer,
        body: (answer.body as { number: number }[]).map((row) => (row.number === 7 ? { ...row, pull_request: {} } : row)),
      };
    });
    const ids = recordsOf(await read(null)).map(({ externalId }) => externalId);
    expect(new Set(ids).size).toBe(19);
    expect(ids).not.toContain('7');
  });

  it('reads a timeline of several pages to its end', async () => {
    const steps = Array.from({ length: 250 }, (_, index) => ({ id: index, event: 'mentioned', created_at: '2026-01-06T08:00:00Z' }));
    const { read } = await reading((request, source) => {
      if (!request.path.endsWith('/issues/3/timeline')) return githubTool(request, source);
      const page = Number(request.query.get('page'));
      return {
        headers: page < 3 ? { link: '<https://api.github.com/x>; rel="next"' } : {},
        body: steps.slice(page * 100 - 100, page * 100),
      };
    });
    const record = recordsOf(await read(null)).find(({ externalId }) => externalId === '3');
    expect((record?.payload as { timeline: unknown[] }).timeline).toEqual(steps);
  });

  it('says what it finds, and what it may not do', async () => {
    const { config, context } = await reading();
    const { ok, findings } = await githubConnector.check(config, context);
    expect([ok, findings[0]]).toEqual([true, 'acme/shop has 20 open issues and pull requests; issues are read, open and closed.']);
    const wrong = await githubConnector.check({ ...config, repositories: ['acme/secret'] }, context);
    expect(wrong).toEqual({
      ok: false,
      findings: ['There is no acme/secret, or the token does not reach it: give it the right to read its issues.'],
    });
  });

  it('takes a repository out of reach for no deletion, and an issue that moved away for one', async () => {
    const { config, context } = await reading((request, source) =>
      request.path.endsWith('/issues/4')
        ? { body: { number: 9, repository_url: 'https://api.github.com/repos/acme/other' } }
        : githubTool(request, source),
    );
    const look = (id: string) => githubConnector.look?.(config, id, context);
    expect([await look('acme/shop#3'), await look('acme/shop#4'), await look('acme/secret#3')]).toEqual(['present', 'gone', 'hidden']);
  });

  it('guesses what status labels mean', async () => {
    const { config, context } = await reading();
    const { settings, capabilities } = await githubConnector.discover({ ...config, statuses: { Waiting: 'customer' } }, context);
    expect(settings.statuses).toMatchObject({ open: 'ours_active', New: 'ours_waiting', Waiting: 'customer', 'not planned': 'cancelled' });
    expect(capabilities.courts).toEqual({ fidelity: 'full' });
  });
});

const spec = sharedFile('specs/github.api.github.com.json.gz');
test.skipIf(spec.isAbsent)(`every request is one that GitHub describes${spec.why}`, async () => {
  interface Parameter {
    name?: string;
    in?: string;
    $ref?: string;
  }
  const described = JSON.parse(gunzipSync(readFileSync(spec.path)).toString()) as {
    paths: Record<string, { get?: { parameters?: Parameter[] } }>;
    components: { parameters: Record<string, Parameter> };
  };
  const { read, asked, config, context } = await reading();
  await githubConnector.check(config, context);
  await githubConnector.discover(config, context);
  const cursor = (await read(null)).at(-1)?.next ?? null;
  await read(cursor);
  await githubConnector.look?.(config, 'acme/shop#3', context);
  const shapes = new Set<string>();
  for (const { path, query } of asked) {
    const shape = path.replace('/repos/acme/shop', '/repos/{owner}/{repo}').replace(/\/issues\/\d+/, '/issues/{issue_number}');
    const parameters = (described.paths[shape]?.get?.parameters ?? []).map(
      (parameter) => described.components.parameters[parameter.$ref?.split('/').at(-1) ?? ''] ?? parameter,
    );
    const names = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
    for (const name of query.keys()) expect(names, shape).toContain(name);
    shapes.add(shape);
  }
  expect([...shapes].sort()).toEqual([
    '/repos/{owner}/{repo}',
    '/repos/{owner}/{repo}/issues',
    '/repos/{owner}/{repo}/issues/{issue_number}',
    '/repos/{owner}/{repo}/issues/{issue_number}/timeline',
    '/repos/{owner}/{repo}/labels',
  ]);
  for (const shape of shapes) expect(described.paths[shape]?.get, shape).toBeDefined();
});
