import { expect, test } from 'vitest';
import { addPersonalBoard, changePersonalBoard, readPersonalBoard } from '#server/personal-boards/personal-boards.js';
import { ViewsModule } from '#server/views/views.module.js';
import { testDatabase } from '../../support/database.js';
import { accessServer } from './access-server.js';

const database = await testDatabase();
const { pool } = database;
const server = await accessServer(database, [], {}, [ViewsModule]);
const admin = await server.account('admin');
const [ann, bob] = [await server.account('analyst'), await server.account('analyst')];
const nameOf = async (id: string) => (await pool.query<{ name: string }>('select name from app.account where id = $1', [id])).rows[0]?.name;

const save = (session: string, owner: string, name: string) =>
  server.ask('/api/views', { method: 'POST', session, body: { name, owner, path: '/boards/delay', query: '' } });
const rename = (session: string, name: string) => server.ask('/api/account', { method: 'PATCH', session, body: { name } });

test('whoever is signed in keeps things under his own name, whatever he says', async () => {
  const saved = await save(ann.session, 'Somebody else', 'Late');
  expect(saved.body['owner']).toBe(await nameOf(ann.id));
});

test('only its owner and administrators change or remove a view', async () => {
  const id = String((await save(ann.session, 'me', 'Silent')).body['id']);
  const change = (session: string) => server.ask(`/api/views/${id}`, { method: 'PATCH', session, body: { name: 'Loud' } });
  const remove = (session: string) => server.ask(`/api/views/${id}`, { method: 'DELETE', session });
  const refused = await change(bob.session);
  expect(refused.status).toBe(403);
  expect(refused.body['message']).toBe(
    `The view "Silent" belongs to ${await nameOf(ann.id)}; only that one or an administrator changes it.`,
  );
  expect((await remove(bob.session)).status).toBe(403);
  expect((await change(ann.session)).status).toBe(200);
  expect((await remove(admin.session)).status).toBe(204);
});

test('a viewer keeps nothing', async () => {
  const viewer = await server.account('viewer');
  expect((await save(viewer.session, 'me', 'Mine')).status).toBe(403);
});

test('a name is of one account; what is kept goes with it, and nobody comes by it through taking the name', async () => {
  const before = (await nameOf(ann.id)) ?? '';
  expect((await rename(bob.session, before.toUpperCase())).status).toBe(409);
  expect((await rename(ann.session, 'Ann')).status).toBe(204);
  expect((await pool.query('select owner from app.saved_view')).rows).toEqual([{ owner: 'Ann' }]);
  await pool.query(`insert into app.saved_view (owner, name, path, query) values ('Carol', 'Hers', '/', '')`);
  expect((await rename(bob.session, 'Carol')).body['message']).toBe(
    'The name "Carol" is another one\'s, or things are kept under it; take one that tells the two apart.',
  );
  const second = { email: 'ann2@company.test', name: 'ann', role: 'viewer' };
  expect((await server.ask('/api/users', { method: 'POST', session: admin.session, body: second })).status).toBe(409);
});

test('an administrator changes the board of another, others do not', async () => {
  const { id } = await addPersonalBoard(pool, { title: 'Monday', owner: 'Ann', description: '', charts: [] });
  await expect(changePersonalBoard(pool, id, 'Bob', { title: 'Mine' })).rejects.toThrow('"Monday" is a board of Ann, and you are Bob');
  await changePersonalBoard(pool, id, null, { title: 'Tuesday' });
  expect(await readPersonalBoard(pool, id)).toMatchObject({ title: 'Tuesday', owner: 'Ann' });
});
