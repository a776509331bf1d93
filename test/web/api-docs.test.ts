import { expect, test } from 'vitest';
import type { OpenApiDocument } from '#server/api.js';
import { curlOf, subjectsOf } from '../../web/src/lib/api-docs/routes.js';
import { inShort } from '../../web/src/lib/api-docs/schema.js';

const responses = { 200: { description: 'The answer.', content: { 'application/json': {} } } };
const security: Record<string, string[]>[] = [{ session: ['steer'] }, { token: ['steer'] }];
const note = {
  type: 'object',
  properties: {
    from: { type: 'string', format: 'date' },
    kind: { type: 'string', enum: ['release', 'other'], default: 'other' },
    text: { type: 'string', minLength: 1, maxLength: 200 },
    scope: { type: 'object', properties: { team: { type: 'array', items: { type: 'string' } } } },
  },
  required: ['from', 'text'],
};
const document: OpenApiDocument = {
  openapi: '3.1.1',
  info: {},
  servers: [{ url: '/' }],
  tags: [],
  components: {},
  paths: {
    '/api/notes': {
      post: {
        operationId: 'Notes.add',
        summary: 'Note an event.',
        tags: ['Notes'],
        security,
        requestBody: { content: { 'application/json': { schema: note } } },
        responses,
      },
    },
    '/api/notes/{id}': {
      get: {
        operationId: 'Notes.one',
        summary: 'One event.',
        tags: ['Notes'],
        security: [],
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
        responses,
      },
    },
    '/api/export-schedules': {
      get: {
        operationId: 'ExportSchedules.list',
        summary: 'Files that are written by themselves.',
        tags: ['ExportSchedules'],
        security,
        responses,
      },
    },
  },
};

test('routes are found by all the words of a text, in subjects of their own', () => {
  expect(subjectsOf(document).map(({ title, routes }) => [title, routes.length])).toEqual([['Export schedules', 1], ['Notes', 2]]); // prettier-ignore
  expect(subjectsOf(document, 'POST event').flatMap(({ routes }) => routes.map(({ id }) => id))).toEqual(['Notes.add']);
  expect(subjectsOf(document, 'nothing of it')).toEqual([]);
});

test('a line for the shell has the least that a route takes', () => {
  const lines = subjectsOf(document, 'notes').flatMap(({ routes }) => routes.map((route) => curlOf(route, 'https://t.test')));
  expect(lines).toEqual([
    `curl -X POST -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"from":"2026-01-05","text":"…"}' 'https://t.test/api/notes'`,
    `curl 'https://t.test/api/notes/ID'`,
  ]);
});

test('a schema is told in a line', () => {
  expect(inShort(note)).toBe('{ from: date, kind?: release | other, text: text 1–200, scope?: { team? } }');
  expect(inShort({ type: 'array', items: { anyOf: [{ type: 'null' }, { type: 'integer', minimum: 1, maximum: 500 }] } })).toBe(
    '(null | integer 1–500)[]',
  );
  expect(inShort({ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER })).toBe('integer');
});
