import { beforeEach, expect, test } from 'vitest';
import type { ErrorResponse, PersonalBoard, PersonalBoardResponse, PlacedChart } from '#server/api.js';
import { testDatabase } from '../../support/database.js';
import { testServer } from '../dashboards/test-server.js';
import { writeFacts } from '../metrics/support/measured.js';

const database = await testDatabase();
await writeFacts(
  database.pool,
  [{ name: 'desk', asOf: '2026-03-01T00:00:00Z' }],
  Array.from({ length: 20 }, (_, n) => ({
    name: `item ${n}`,
    created: '2026-02-01T00:00:00Z',
    ended: '2026-02-05T00:00:00Z',
    promises: [{ said: '2026-02-01T00:00:00Z', due: '2026-02-10T12:00:00Z' }],
  })),
);
const server = await testServer(database);

beforeEach(() => database.pool.query('truncate app.personal_board'));

const onTime: PlacedChart = { board: 'delay', chart: 'on-time', width: 'full' };
const monday = { title: 'Monday', owner: 'Ann', charts: [onTime] };
const path = '/api/personal-boards';
const add = async (board: object = monday) => (await server.post<PersonalBoard>(path, board)).body;
const list = () => server.json<PersonalBoard[]>(path);
const told = ({ text }: { text: string }) => (JSON.parse(text) as ErrorResponse).message;

test('keeps a board and lists it to everybody', async () => {
  const { status, body } = await server.post<PersonalBoard>(path, monday);
  expect(status).toBe(201);
  expect(body).toMatchObject({ ...monday, description: '' });
  expect(await list()).toEqual([body]);
  expect(await server.json(`${path}/${body.id}`)).toEqual(body);
});

test('answers its charts in its order with the numbers of the boards they are from', async () => {
  const { id } = await add({ ...monday, charts: [{ board: 'delay', chart: 'slip' }, onTime] });
  const { board, charts, from, to, unknownParameters } = await server.json<PersonalBoardResponse>(
    `${path}/${id}/charts?from=2026-02-01&to=2026-03-01&colour=red`,
  );
  expect([board.title, from, to, unknownParameters]).toEqual(['Monday', '2026-02-01', '2026-03-01', ['colour']]);
  expect(charts.map(({ chart, answer }) => [chart, answer?.id])).toEqual([
    ['slip', 'slip'],
    ['on-time', 'on-time'],
  ]);
  expect(charts[1]).toMatchObject({
    board: 'delay',
    chart: 'on-time',
    width: 'full',
    answer: { id: 'on-time', headline: { value: '100 %' } },
  });
});

test('tells a chart that nobody knows any more, and keeps its place', async () => {
  const { id } = await add();
  await database.pool.query(`update app.personal_board set charts = '[{"board":"ours","chart":"gone","width":"half"}]' || charts`);
  const { charts } = await server.json<PersonalBoardResponse>(`${path}/${id}/charts?from=2026-02-01&to=2026-03-01`);
  expect(charts.map(({ chart, answer }) => [chart, answer === null])).toEqual([
    ['gone', true],
    ['on-time', false],
  ]);
  const arranged = await server.send('PATCH', `${path}/${id}`, {
    by: 'Ann',
    charts: [onTime, { board: 'ours', chart: 'gone', width: 'full' }],
  });
  expect(arranged.status).toBe(200);
});

test('its owner renames and arranges it, and what is left out stays', async () => {
  const { id } = await add();
  const changed = await server.send('PATCH', `${path}/${id}`, { by: 'Ann', title: 'Tuesday', description: 'For the stand-up' });
  expect(JSON.parse(changed.text)).toMatchObject({ title: 'Tuesday', description: 'For the stand-up', charts: [onTime] });
  const wider = { ...onTime, width: 'half' };
  expect(JSON.parse((await server.send('PATCH', `${path}/${id}`, { by: 'Ann', charts: [wider] })).text)).toMatchObject({
    title: 'Tuesday',
    charts: [wider],
  });
});

test('a chart is put at the end, and once', async () => {
  const { id } = await add();
  const slip = { board: 'delay', chart: 'slip' };
  const { status, body } = await server.post<PersonalBoard>(`${path}/${id}/charts`, { by: 'Ann', ...slip });
  expect(status).toBe(200);
  expect(body.charts).toEqual([onTime, { ...slip, width: 'half' }]);
  const again = await server.send('POST', `${path}/${id}/charts`, { by: 'Ann', ...slip });
  expect([again.status, told(again)]).toEqual([409, 'The chart "slip" is on "Monday" already.']);
});

test('somebody else may duplicate it, but neither change nor remove it', async () => {
  const { id } = await add();
  for (const refused of [
    await server.send('PATCH', `${path}/${id}`, { by: 'Ben', title: 'Mine' }),
    await server.send('POST', `${path}/${id}/charts`, { by: 'Ben', board: 'delay', chart: 'slip' }),
    await server.send('DELETE', `${path}/${id}`, { by: 'Ben' }),
  ]) {
    expect(refused.status).toBe(409);
    expect(told(refused)).toContain('"Monday" is a board of Ann, and you are Ben; duplicate it');
  }
  const { body } = await server.post<PersonalBoard>(`${path}/${id}/copy`, { owner: 'Ben', title: 'Monday, Ben' });
  expect(body).toMatchObject({ title: 'Monday, Ben', owner: 'Ben', charts: [onTime] });
  expect(await list()).toHaveLength(2);
});

test('a removed board is gone until it is brought back as it was', async () => {
  const board = await add();
  expect((await server.send('DELETE', `${path}/${board.id}`, { by: 'Ann' })).status).toBe(204);
  expect(await list()).toEqual([]);
  const gone = await server.get(`${path}/${board.id}`);
  expect([gone.status, told(gone)]).toEqual([404, `There is no personal board ${board.id}; it may have been removed.`]);
  expect((await server.send('DELETE', `${path}/${board.id}`, { by: 'Ann' })).status).toBe(404);
  const back = await server.send('POST', `${path}/${board.id}/restore`, { by: 'Ann' });
  expect([back.status, JSON.parse(back.text)]).toEqual([200, board]);
});

test('what was removed more than 30 days ago is let go of', async () => {
  const [old, recent] = [await add(), await add({ ...monday, title: 'Friday' })];
  await server.send('DELETE', `${path}/${old.id}`, { by: 'Ann' });
  await database.pool.query(`update app.personal_board set removed_at = now() - interval '31 days' where id = $1`, [old.id]);
  await server.send('DELETE', `${path}/${recent.id}`, { by: 'Ann' });
  const { rows } = await database.pool.query('select id from app.personal_board');
  expect(rows).toEqual([{ id: recent.id }]);
});

test.each([
  [{ ...monday, title: ' ' }, 'a board needs a title'],
  [{ ...monday, owner: '' }, 'say who you are'],
  [{ ...monday, charts: [{ board: 'delay', chart: 'on-tme' }] }, 'There is no chart "delay/on-tme"; known are consistency ('],
  [{ ...monday, charts: [onTime, onTime] }, 'a chart is on a board once'],
  [{ ...monday, charts: [{ ...onTime, width: 'third' }] }, 'width'],
  [{ ...monday, colour: 'red' }, 'colour'],
])('refuses %j', async (board, message) => {
  const { status, body } = await server.post<ErrorResponse>(path, board);
  expect(status).toBe(400);
  expect(body.message).toContain(message);
  expect(await list()).toEqual([]);
});
