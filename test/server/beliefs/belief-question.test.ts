import { beforeEach, expect, test } from 'vitest';
import type { BeliefResponse, BeliefState, ErrorResponse, StateResponse } from '#server/api.js';
import { testDatabase } from '../../support/database.js';
import { testServer } from '../dashboards/test-server.js';
import { writeFacts } from '../metrics/support/measured.js';
import { asOf, promisedWeeks } from '../targets/promised-weeks.js';

const database = await testDatabase();
const { pool } = database;
await writeFacts(pool, [{ name: 'desk', asOf }], promisedWeeks);
const server = await testServer(database);

beforeEach(() => pool.query('truncate app.belief, app.belief_skip, facts.dirty'));

const asked = (query = '') => server.json<BeliefState>(`/api/beliefs/question?board=delay&person=Ann${query}`);
const quarter = { person: 'Ann', board: 'delay', from: '2026-07-01', to: '2026-10-01' };
const answer = (body: object) => server.post<BeliefResponse>('/api/beliefs', { metric: 'on-time-first', ...quarter, ...body });

test('asks about the last complete quarter, once a person has not answered', async () => {
  expect(await asked()).toEqual({
    question: {
      chart: 'on-time',
      metric: 'on-time-first',
      name: 'On time, first date',
      from: '2026-07-01',
      to: '2026-10-01',
      period: 'Q3 2026',
    },
    records: [],
  });
});

test('asks in the calendar and the digits of the reader', async () => {
  // The quarter of summer, Tir to Shahrivar 1405.
  expect((await asked('&lang=fa')).question).toMatchObject({ from: '2026-06-22', to: '2026-09-23' });
  expect((await asked('&lang=fa')).question?.period).toContain('۱۴۰۵');
});

test('shows the answer beside the number and its interval, and asks no more', async () => {
  expect((await answer({ answer: '۸۵ ٪', lang: 'fa' })).body).toMatchObject({ answer: 85 });
  const { question, records } = await asked();
  expect(question).toBeNull();
  // 7 of 10 in each of the weeks that end in the quarter.
  expect(records).toMatchObject([{ period: 'Q3 2026', answer: '85 %', number: '70 %', gap: '+15 pp' }]);
  expect(records[0]?.interval?.length).toBe(2);
  expect((await pool.query('select board from app.belief')).rows).toEqual([{ board: 'delay' }]);
});

test('what was said of earlier quarters stands beside it, of this person alone', async () => {
  await answer({ answer: 50, from: '2026-04-01', to: '2026-07-01' });
  await answer({ answer: 60 });
  await answer({ answer: 99, person: 'Ben' });
  expect((await asked()).records.map(({ period, answer: told }) => [period, told])).toEqual([
    ['Q3 2026', '60 %'],
    ['Q2 2026', '50 %'],
  ]);
});

test('passed over, it is asked no more on that board, and of others still', async () => {
  expect((await server.send('POST', '/api/beliefs/skip', quarter)).status).toBe(204);
  expect((await server.send('POST', '/api/beliefs/skip', quarter)).status).toBe(204);
  expect(await asked()).toEqual({ question: null, records: [] });
  expect((await server.json<BeliefState>('/api/beliefs/question?board=delay&person=Ben')).question).not.toBeNull();
  expect((await pool.query('select person, board from app.belief_skip')).rows).toEqual([{ person: 'Ann', board: 'delay' }]);
});

test('asks nothing on a board without such a number, nor about a number that cannot be told', async () => {
  expect(await server.json<BeliefState>('/api/beliefs/question?board=handoff&person=Ann')).toEqual({ question: null, records: [] });
  // Nobody has rated anything.
  expect((await server.json<BeliefState>('/api/beliefs/question?board=expectation&person=Ann')).question).toBeNull();
});

test('the state names the chart of each board that is asked about', async () => {
  const { boards } = await server.json<StateResponse>('/api/state');
  expect(boards.filter(({ belief }) => belief !== null).map(({ id, belief }) => [id, belief])).toEqual([
    ['delay', 'on-time'],
    ['expectation', 'satisfaction'],
  ]);
});

test('refuses what cannot be answered or passed over', async () => {
  const refused = await server.post<ErrorResponse>('/api/beliefs', { metric: 'on-time-first', ...quarter, answer: '120 %' });
  expect([refused.status, refused.body.message]).toEqual([400, '“120 %” cannot be reached: the value lies between 0 % and 100 %.']);
  expect((await server.send('POST', '/api/beliefs/skip', { ...quarter, board: 'handoff' })).text).toContain('asks nothing');
  expect((await server.send('POST', '/api/beliefs/skip', { ...quarter, board: 'dealy' })).status).toBe(404);
  expect((await server.send('POST', '/api/beliefs/skip', { ...quarter, to: '2026-07-01' })).status).toBe(400);
  expect((await server.get('/api/beliefs/question?board=delay')).status).toBe(400);
});
