import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { asanaConnector } from '#etl/connectors/asana/connector.js';
import { configSchema, storyFields, taskFields } from '#etl/connectors/asana/payload.js';
import type { Json } from '#etl/connector.js';
import { recordedRows } from '../recorded-rows.js';
import { sharedFile } from '../../shared-data.js';

const tasks = sharedFile('devlake-fixtures/asana/e2e/raw_tables/_raw_asana_tasks.csv');
const description = sharedFile('specs/asana_oas.yaml.gz');

test.skipIf(tasks.isAbsent)(`the task that DevLake holds is read as DevLake reads it${tasks.why}`, () => {
  const config = configSchema.parse({ projects: ['123456789'] });
  const [task] = recordedRows(tasks.path);
  const project = { gid: '123456789', name: 'Recorded' };
  const payload = { task, stories: [], project, sections: {}, guests: [] } as Json;
  const { item, events } = asanaConnector.map(config, 'tasks', { externalId: '987654321', op: 'upsert', payload });
  // _tool_asana_tasks.csv: 987654321, Test Task, not completed, due 2025-02-15, created 2025-02-01T10:00, section 111 without a name.
  expect(item).toMatchObject({ externalId: '987654321', title: 'Test Task', url: 'https://app.asana.com/0/123/987654321' });
  expect(events).toEqual([
    {
      externalId: '987654321:created',
      kind: 'created',
      at: '2025-02-01T10:00:00.000Z',
      seq: 0,
      actor: { role: 'system' },
      status: '#111',
      team: '123456789',
      person: null,
    },
    // DevLake says midnight; here a day ends at the end of work.
    {
      externalId: '987654321:created:due',
      kind: 'promised',
      at: '2025-02-01T10:00:00.000Z',
      seq: 1,
      actor: { role: 'system' },
      dueAt: '2025-02-15T17:00:00Z',
    },
  ]);
});

interface Asked {
  parameters?: { name?: string; $ref?: string; schema?: { items?: { enum?: string[] } } }[];
}

test.skipIf(description.isAbsent)(`every request is one that the description of Asana knows${description.why}`, () => {
  const { paths } = parse(gunzipSync(readFileSync(description.path)).toString('utf8')) as {
    paths: Record<string, Asked & { get?: Asked }>;
  };
  const parameters = (path: string) => [...(paths[path]?.parameters ?? []), ...(paths[path]?.get?.parameters ?? [])];
  const known = (path: string) => parameters(path).map(({ name, $ref }) => name ?? $ref?.split('/').at(-1));
  const fields = (path: string) => {
    const found = parameters(path).find(({ name }) => name === 'opt_fields');
    return new Set(found?.schema?.items?.enum);
  };
  expect(known('/tasks')).toEqual(expect.arrayContaining(['project', 'modified_since', 'limit', 'offset', 'opt_fields']));
  for (const path of ['/tasks/{task_gid}/stories', '/projects/{project_gid}/sections', '/workspaces/{workspace_gid}/workspace_memberships'])
    expect(known(path)).toEqual(expect.arrayContaining(['limit', 'offset', 'opt_fields']));
  for (const path of ['/tasks/{task_gid}', '/projects/{project_gid}', '/users/{user_gid}']) expect(known(path)).toContain('opt_fields');
  const unknown = (asked: string, path: string) => asked.split(',').filter((field) => !fields(path).has(field));
  // Described of stories and not of tasks; where it is not given, the stories name the author.
  expect(unknown(taskFields, '/tasks')).toEqual(['created_by.name']);
  expect(unknown(storyFields, '/tasks/{task_gid}/stories')).toEqual([]);
});
