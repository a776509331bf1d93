import { beforeEach, expect, test } from 'vitest';
import type { ErrorResponse, SavedView } from '#server/api.js';
import { testDatabase } from '../../support/database.js';
import { testServer } from '../dashboards/test-server.js';

const database = await testDatabase();
const server = await testServer(database);

beforeEach(() => database.pool.query('truncate app.saved_view'));

const late = { name: 'Late in Madrid', owner: 'Ann', path: '/boards/delay', query: 'period=13-weeks&team=Madrid' };
const save = async (view: object) => (await server.post<SavedView>('/api/views', view)).body;
const list = () => server.json<SavedView[]>('/api/views');

test('keeps a view and lists it to everybody', async () => {
  const { status, body } = await server.post<SavedView>('/api/views', late);
  expect(status).toBe(201);
  expect(body).toMatchObject({ ...late, isDefault: false });
  expect(await list()).toEqual([body]);
});

test('has one default of an owner and page', async () => {
  const first = await save({ ...late, isDefault: true });
  const second = await save({ ...late, name: 'All teams', query: '', isDefault: true });
  const another = await save({ ...late, owner: 'Ben', isDefault: true });
  const handoffs = await save({ ...late, path: '/boards/handoff', isDefault: true });
  const defaults = (await list()).filter((view) => view.isDefault).map(({ id }) => id);
  expect(new Set(defaults)).toEqual(new Set([second.id, another.id, handoffs.id]));
  expect(first.isDefault).toBe(true);

  await server.send('PATCH', `/api/views/${second.id}`, { isDefault: false });
  expect((await list()).filter((view) => view.isDefault && view.owner === 'Ann' && view.path === late.path)).toEqual([]);
});

test('changes name and choice, and leaves the rest', async () => {
  const { id } = await save({ ...late, isDefault: true });
  const { status } = await server.send('PATCH', `/api/views/${id}`, { name: 'Late', query: 'team=Madrid' });
  expect(status).toBe(200);
  expect(await list()).toMatchObject([{ ...late, name: 'Late', query: 'team=Madrid', isDefault: true }]);
});

test('refuses a name the owner has on that page, and lets another owner have it', async () => {
  await save(late);
  const again = await server.post<ErrorResponse>('/api/views', late);
  expect(again.status).toBe(409);
  expect(again.body.message).toContain('Ann has a view "Late in Madrid" of /boards/delay already');
  expect((await server.post('/api/views', { ...late, owner: 'Ben' })).status).toBe(201);
  const { id } = await save({ ...late, name: 'Other' });
  const renamed = await server.send('PATCH', `/api/views/${id}`, { name: late.name });
  expect(renamed.status).toBe(409);
  expect((await list()).map(({ name }) => name)).toContain('Other');
});

test('removes a view once', async () => {
  const { id } = await save(late);
  expect(await server.delete(`/api/views/${id}`)).toBe(204);
  expect(await list()).toEqual([]);
  const again = await server.send('DELETE', `/api/views/${id}`);
  expect(again.status).toBe(404);
  expect(again.text).toContain(`There is no view ${id}`);
});

test.each([
  [{ ...late, name: '  ' }, 'a view needs a name'],
  [{ ...late, owner: '' }, 'say whose view it is'],
  [{ ...late, path: 'https://elsewhere.example/boards/delay' }, 'is not a page of Throughline'],
  [{ ...late, path: '//elsewhere.example' }, 'is not a page of Throughline'],
  [{ ...late, query: 5 }, 'query'],
  [{ ...late, colour: 'red' }, 'colour'],
])('refuses %j', async (view, message) => {
  const { status, body } = await server.post<ErrorResponse>('/api/views', view);
  expect(status).toBe(400);
  expect(body.message).toContain(message);
  expect(await list()).toEqual([]);
});
