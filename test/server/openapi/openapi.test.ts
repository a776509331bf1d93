import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { features } from '#server/app.module.js';
import { describeApi } from '#server/openapi/describe.js';
import { feedOperations } from '#server/openapi/feed-operations.js';
import { toldOperations } from '#server/openapi/operations/index.js';

const described = describeApi(features);

test('the description is OpenAPI 3.1', async () => {
  const validator = new Validator();
  expect(await validator.validate({ ...structuredClone(described) })).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
});

const ids = Object.values(described.paths).flatMap((operations) => Object.values(operations).map(({ operationId }) => operationId));

test('names every operation once', () => {
  expect(new Set(ids).size).toBe(ids.length);
  console.log(`operations=${ids.length} paths=${Object.keys(described.paths).length}`);
});

test('has a sentence for every operation, and for none that is gone', () => {
  const raw = Object.values(feedOperations).flatMap((operations) => Object.values(operations).map(({ operationId }) => operationId));
  expect(
    ids.filter((id) => !toldOperations.includes(id) && !raw.includes(id)),
    'add a sentence to server/openapi/operations',
  ).toEqual([]);
  expect(toldOperations.filter((id) => !ids.includes(id))).toEqual([]);
});

test('tells the parameters of a query string that a function reads', () => {
  const parameters = described.paths['/api/metrics/{id}/items']?.['get']?.parameters;
  expect(parameters).toContainEqual({
    name: 'limit',
    in: 'query',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
  });
  expect(parameters).toContainEqual({
    name: 'lang',
    in: 'query',
    required: false,
    schema: { type: 'string', enum: ['en', 'tr', 'fa', 'hy'], default: 'en' },
  });
});

test('tells the body a route validates with', () => {
  expect(described.paths['/api/schedules/{id}/pause']?.['patch']?.requestBody).toEqual({
    required: true,
    content: {
      'application/json': {
        schema: { type: 'object', properties: { isPaused: { type: 'boolean' } }, required: ['isPaused'], additionalProperties: false },
      },
    },
  });
});

test('tells what a route needs of whoever uses it', () => {
  expect(described.paths['/api/targets']?.['post']?.security).toEqual([{ session: ['steer'] }, { token: ['steer'] }]);
  expect(described.paths['/livez']?.['get']?.security).toEqual([]);
});
