import { tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import type { ErrorResponse, WatchResponse } from '#server/api.js';
import { sampleDatabase } from '../../support/sample-company.js';
import { testServer } from '../dashboards/test-server.js';

const server = await testServer(await sampleDatabase());

test('the whole watch list is a file in the order of the list, not only the page of it that is shown', async () => {
  const { total, items } = await server.json<WatchResponse>('/api/watch?sort=silence&limit=1');
  const { status, headers, text } = await server.get('/api/watch/download?sort=silence');
  expect(status).toBe(200);
  expect(headers['content-disposition']).toBe('attachment; filename="throughline-watch.csv"');
  const lines = text.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^item_id,external_id,connection,title,customer,team,type,reasons,due_at,/);
  expect(lines).toHaveLength(total + 1);
  expect(lines[1]?.split(',')[0]).toBe(items[0]?.id);
});

test('filters and reasons hold for the file', async () => {
  const { total } = await server.json<WatchResponse>('/api/watch?team=Billing&reason=silent-untold');
  const { bytes } = await server.get('/api/watch/download?team=Billing&reason=silent-untold&format=arrow');
  const table = tableFromIPC(bytes);
  expect(table.numRows).toBe(total);
  expect(new Set(table.getChild('team'))).toEqual(new Set(['Billing']));
  expect(String(table.schema.fields.find(({ name }) => name === 'is_late')?.type)).toBe('Bool');
});

test('a parameter nobody knows is refused with those there are', async () => {
  const { status, text } = await server.get('/api/watch/download?colour=red');
  expect(status).toBe(400);
  expect((JSON.parse(text) as ErrorResponse).message).toContain(
    'Unknown parameter "colour"; known are reason, sort, handled, format, raw and team',
  );
});
