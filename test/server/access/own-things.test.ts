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

test('a name is of one account; what is kept stays with the account, whatever it and others are called', async () => {
  const before = (await nameOf(ann.id)) ?? '';
  expect((await rename(bob.session, before.toUpperCase())).body['message']).toBe(
    `The name "${before.toUpperCase()}" is another one's; take one that tells the two apart.`,
  );
  const id = String((await save(ann.session, 'me', 'Hers')).body['id']);
  expect((await rename(ann.session, 'Ann')).status).toBe(204);
  expect((await pool.query('select distinct owner from app.saved_view')).rows).toEqual([{ owner: 'Ann' }]);
  expect((await rename(bob.session, before)).status).toBe(204);
  expect((await server.ask(`/api/views/${id}`, { method: 'DELETE', session: bob.session })).status).toBe(403);
  expect((await server.ask(`/api/views/${id}`, { method: 'PATCH', session: ann.session, body: { name: 'Still hers' } })).status).toBe(200);
  const second = { email: 'ann2@company.test', name: 'ann', role: 'viewer' };
  expect((await server.ask('/api/users', { method: 'POST', session: admin.session, body: second })).status).toBe(409);
});

test('what was kept under a name before anybody signed in belongs to no account of that name', async () => {
  const { rows } = await pool.query<{ id: string }>(
    `insert into app.saved_view (owner, name, path, query) values ('Carol', 'Of old', '/', '') returning id`,
  );
  expect((await rename(bob.session, 'Carol')).status).toBe(204);
  expect((await server.ask(`/api/views/${rows[0]?.id}`, { method: 'DELETE', session: bob.session })).status).toBe(403);
});

test('an administrator changes the board of another, others do not', async () => {
  const owner = { account: ann.id, name: 'Ann' };
  const { id } = await addPersonalBoard(pool, { title: 'Monday', owner, description: '', charts: [] });
  const named = { account: bob.id, name: 'Ann' };
  await expect(changePersonalBoard(pool, id, named, { title: 'Mine' })).rejects.toThrow('"Monday" is a board of Ann, and you are Ann');
  await changePersonalBoard(pool, id, owner, { title: 'Tuesday' });
  await changePersonalBoard(pool, id, null, { description: 'Of the week' });
  expect(await readPersonalBoard(pool, id)).toMatchObject({ title: 'Tuesday', owner: 'Ann', ownerId: ann.id, description: 'Of the week' });
});

test('what a removed account kept is lost to nobody, and given on by administrators alone', async () => {
  const carl = await server.account('analyst', { email: 'carl@company.test' });
  const carlsName = (await nameOf(carl.id)) ?? '';
  const view = String((await save(carl.session, 'me', 'Carl’s')).body['id']);
  await server.ask(`/api/views/${view}`, { method: 'PATCH', session: carl.session, body: { isDefault: true } });
  const kept = [carl.id, carlsName] as const;
  await pool.query(`insert into app.personal_board (owner_account_id, owner, title) values ($1, $2, 'Carl’s board')`, [...kept]);
  await pool.query(
    `insert into app.query (owner_account_id, owner, title, text, parameters, is_shared) values ($1, $2, 'Carl’s query', 'select 1', '[]', false)`,
    [...kept],
  );
  expect((await server.ask(`/api/users/${carl.id}`, { method: 'DELETE', session: admin.session })).status).toBe(204);

  // Another one of that name comes by nothing.
  const namesake = await server.account('analyst', { email: 'other-carl@company.test' });
  await pool.query('update app.account set name = $2 where id = $1', [namesake.id, carlsName]);
  expect((await server.ask(`/api/views/${view}`, { method: 'DELETE', session: namesake.session })).status).toBe(403);
  expect((await server.ask('/api/ownerless', { session: namesake.session })).status).toBe(403);
  const give = (kind: string, id: unknown, session: string, account = bob.id) =>
    server.ask(`/api/ownerless/${kind}/${String(id)}`, { method: 'POST', session, body: { account } });
  expect((await give('view', view, namesake.session, namesake.id)).status).toBe(403);

  const all = JSON.parse((await server.ask('/api/ownerless', { session: admin.session })).text) as {
    kind: string;
    id: string;
    title: string;
  }[];
  const carls = all.filter(({ title }) => title.startsWith('Carl’s'));
  expect(carls.map(({ kind, title }) => [kind, title])).toEqual([
    ['board', 'Carl’s board'],
    ['query', 'Carl’s query'],
    ['view', 'Carl’s'],
  ]);
  const viewer = await server.account('viewer', { email: 'looks-on@company.test' });
  expect((await give('view', view, admin.session, viewer.id)).body['message']).toBe(
    `${await nameOf(viewer.id)} may not sign in, or looks on only; hand it to somebody else.`,
  );
  for (const { kind, id } of carls) expect((await give(kind, id, admin.session)).status).toBe(204);
  expect((await give('view', view, admin.session)).status).toBe(404);
  expect((await server.ask(`/api/views/${view}`, { method: 'PATCH', session: bob.session, body: { name: 'Bob’s' } })).body).toMatchObject({
    name: 'Bob’s',
    ownerId: bob.id,
    isDefault: false,
  });
  expect((await pool.query(`select owner_account_id as id from app.query where title = 'Carl’s query'`)).rows).toEqual([{ id: bob.id }]);
  const { rows } = await pool.query(`select action from app.audit where detail ? 'owner' order by action`);
  expect(rows.map(({ action }: { action: string }) => action)).toEqual(['board.change', 'query.save', 'view.change']);
});
