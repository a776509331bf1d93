import { beforeEach, expect, test } from 'vitest';
import type { BoardResponse, ErrorResponse, Target } from '#server/api.js';
import { checkTargets } from '#server/targets/check-targets.js';
import { registerTargetCommand } from '#server/targets/target.cli.js';
import { testDatabase } from '../../support/database.js';
import { runCommand } from '../dashboards/command-line.js';
import { testServer } from '../dashboards/test-server.js';
import { writeFacts } from '../metrics/support/measured.js';
import { asOf, promisedWeeks } from './promised-weeks.js';

const database = await testDatabase();
const { pool } = database;
await writeFacts(pool, [{ name: 'desk', asOf }], promisedWeeks);
const server = await testServer(database);

beforeEach(() => pool.query('truncate app.target cascade'));

const onTime = { metric: 'on-time-first', value: '85 %', from: '2026-03-01', by: 'Ann' };
const post = <Body = Target>(body: unknown, query = '') => server.post<Body>(`/api/targets${query}`, body);
const command = (...words: string[]) => runCommand(pool, registerTargetCommand, ['target', ...words]);

/** 91 of 130 promises kept: 70 %, between 61.6 and 77.2 %. */
const third = { from: '2026-06-29', to: '2026-09-28', zone: 'UTC' };

test('keeps a target in the unit of its metric, and what it was before', async () => {
  const { status, body } = await post({ ...onTime, note: 'New desk' });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    metric: 'on-time-first',
    part: null,
    unit: '%',
    scope: {},
    ratchet: null,
    moves: [{ from: '2026-03-01', value: 85, text: '85 %', by: 'Ann', note: 'New desk', seen: null }],
  });
  const changed = await server.send('PATCH', `/api/targets/${body.id}`, { value: '۹۰٪', from: '2026-05-01', by: 'Ben' });
  expect(changed.status).toBe(200);
  const values = (await server.json<Target[]>('/api/targets?lang=fa'))[0]?.moves.map(({ from, value, text, by }) => [
    from,
    value,
    text,
    by,
  ]);
  expect(values).toEqual([
    ['2026-03-01', 85, '۸۵٪', 'Ann'],
    ['2026-05-01', 90, '۹۰٪', 'Ben'],
  ]);
  const heldBefore = async (to: string) =>
    (await checkTargets(pool, server.engine, { from: '2026-01-05', to, zone: 'UTC' }))[0]?.verdict?.target ?? null;
  expect(await heldBefore('2026-05-01')).toBe(85);
  expect(await heldBefore('2026-05-02')).toBe(90);
  expect(await heldBefore('2026-03-01')).toBeNull();
});

test('a number has one target, and the same number of other items another', async () => {
  expect((await post(onTime)).status).toBe(201);
  const again = await post<ErrorResponse>(onTime);
  expect(again.status).toBe(409);
  expect(again.body.message).toContain('"on-time-first" has a target already');
  expect((await post({ ...onTime, scope: { channel: ['web', 'phone'] } })).status).toBe(201);
  expect((await post({ ...onTime, scope: { channel: ['phone', 'web'] } })).status).toBe(409);
});

test('is removed with its history', async () => {
  const { body } = await post(onTime);
  expect(await server.delete(`/api/targets/${body.id}`)).toBe(204);
  expect(await server.delete(`/api/targets/${body.id}`)).toBe(404);
  expect((await pool.query('select from app.target_move')).rowCount).toBe(0);
});

test.each([
  [{ ...onTime, value: '101 %' }, 'the value lies between 0 % and 100 %'],
  [{ ...onTime, value: 101 }, 'the value lies between 0 % and 100 %'],
  [{ ...onTime, value: undefined }, 'needs a value'],
  [{ ...onTime, metric: 'lead-time', value: '40' }, 'is without a unit of time; write it as 2.5 h.'],
  [{ ...onTime, metric: 'load', value: '4' }, 'has no better and no worse, so there is nothing to aim at.'],
  [{ ...onTime, metric: 'promise-survival' }, 'many numbers at once'],
  [{ ...onTime, metric: 'satisfaction', part: 'response' }, '"satisfaction" can have no target for "response"; for good.'],
  [{ ...onTime, metric: 'lead-time', part: 'p85', value: undefined, ratchet: {} }, 'A ratchet needs an interval'],
  [{ ...onTime, metric: 'on-time-frist' }, 'Unknown metric'],
  [{ ...onTime, by: ' ' }, 'say who sets it'],
  [{ ...onTime, ratchet: { every: 'quarter', weeks: 5 } }, 'weeks'],
  [{ ...onTime, scope: { colour: ['red'] } }, 'colour'],
])('refuses %j and keeps nothing of it', async (body, said) => {
  const refused = await post<ErrorResponse>(body);
  expect(refused.status).toBe(400);
  expect(refused.body.message).toContain(said);
  expect((await pool.query('select from app.target')).rowCount).toBe(0);
});

test('refuses in the language of the reader', async () => {
  expect((await post<ErrorResponse>({ ...onTime, metric: 'load', value: 1 }, '?lang=tr')).body.message).toContain('hedef konamaz');
});

test('tells what is missed beyond chance and what cannot be told', async () => {
  await post(onTime);
  await post({ ...onTime, value: '75 %', scope: { connection: ['desk'] } });
  const checked = await checkTargets(pool, server.engine, third);
  expect(checked.map(({ value, n, verdict }) => [value, n, verdict?.state, verdict?.margin])).toEqual([
    [70, 130, 'unclear', -5],
    [70, 130, 'missed', -15],
  ]);
  // Before the first day it holds nothing is missed.
  const before = await checkTargets(pool, server.engine, { from: '2026-01-05', to: '2026-02-02', zone: 'UTC' });
  expect(before.map(({ verdict }) => verdict)).toEqual([null, null]);
});

test('the command line says what is missed, and ends with 3', async () => {
  await post(onTime);
  const { printed, exitCode } = await command('check', '--period', '13-weeks');
  expect(printed).toEqual(['"on-time-first"  70 % (61.6 % to 77.2 %), n 130: missed, target 85 % since 2026-03-01']);
  expect(exitCode).toBe(3);
});

test('stands in the headline, the line, the sentence and the table of its chart, and in no other scope', async () => {
  await post(onTime);
  const chartOf = async (query: string) => {
    const board = await server.json<BoardResponse>(`/api/boards/delay?from=${third.from}&to=${third.to}&${query}`);
    const chart = board.charts.find(({ id }) => id === 'on-time');
    if (!chart) throw new Error('The delay board has no chart on-time.');
    return chart;
  };
  const chart = await chartOf('');
  expect(chart.headline?.target).toMatchObject({ state: 'missed', target: 85, since: '2026-03-01', text: 'Target 85 %: missed by 15 pp' });
  expect(chart.summary).toContain('The dotted line is the target of On time, first date: 85 % from 1 Mar 2026.');
  expect(chart.table[0]?.at(-1)).toBe('Target');
  expect(chart.table[1]?.at(-1)).toBe('On time, first date: 85 %');
  expect(chart.rows[0]?.['text']).toContain('On time, first date: target 85 %');
  expect(chart.target).toMatchObject({ metric: 'on-time-first', part: null, scope: {}, refusal: null, target: { unit: '%' } });
  const web = await chartOf('channel=web');
  expect(web.headline?.target).toBeUndefined();
  expect(web.target).toMatchObject({ scope: { channel: ['web'] }, target: null });
});

test('broken down, a segment is drawn with the target of its items alone, whatever filter left it in', async () => {
  const days = { ...onTime, metric: 'lead-time', value: '2 d' };
  await post(days);
  await post({ ...days, value: '3 d', scope: { channel: ['web'] } });
  await post({ ...days, value: '4 d', scope: { channel: ['web'], connection: ['desk'] } });
  const drawn = async (query: string) => {
    const board = await server.json<BoardResponse>(`/api/boards/consistency?from=${third.from}&to=${third.to}&${query}`);
    const chart = board.charts.find(({ id }) => id === 'lead-time');
    return { sentence: /(?:The dotted|Dotted) .*/.exec(chart?.summary ?? '')?.[0], headline: chart?.headline?.target?.target };
  };
  const common = { sentence: 'The dotted line is the target: 2 d from 1 Mar 2026.', headline: 172_800 };
  expect(await drawn('by=connection')).toEqual(common);
  expect(await drawn('by=channel')).toEqual({
    ...common,
    sentence: 'Dotted lines show the targets. web: 3 d from 1 Mar 2026; all others: 2 d from 1 Mar 2026.',
  });
  expect(await drawn('by=channel&connection=desk')).toEqual({
    sentence: 'Dotted lines show the targets. web: 4 d from 1 Mar 2026.',
    headline: undefined,
  });
  expect(await drawn('by=channel&channel=web')).toEqual({
    sentence: 'The dotted line is the target: 3 d from 1 Mar 2026.',
    headline: 259_200,
  });
  const board = await server.json<BoardResponse>(`/api/boards/consistency?from=${third.from}&to=${third.to}&channel=web`);
  const strips = board.charts.find(({ id }) => id === 'lead-time-by-type');
  expect(strips?.summary).toContain('Dotted lines show the targets. half within: 3 d from 1 Mar 2026.');
  expect(strips?.target).toMatchObject({ metric: 'lead-time', part: 'p85', target: null });
});

test('is set, followed, listed and removed on the command line', async () => {
  const set = await command('set', 'on-time-first', '85 %', '--by', 'Ann', '--note', 'New desk');
  // The last complete week ends on Sunday the 27th of September.
  expect(set.printed[0]).toMatch(/^\S+ {2}"on-time-first" {2}by hand\n {2}from 2026-07-01 {2}85 % {2}Ann {2}New desk$/);
  const followed = await command('ratchet', 'on-time-first', '--from', '2026-04-01', '--json');
  expect(followed.printed).toMatchObject([{ ratchet: { every: 'quarter', weeks: 13 }, moves: [{ value: 60 }, { value: 85 }] }]);
  const listed = await command('list', '--json');
  // At the end of June the level was above the 60 % of then, but the day has a value set by a person, which stays.
  expect(listed.printed).toMatchObject([[{ moves: [{ value: 60 }, { value: 85, by: 'Ann' }] }]]);
  const [{ id } = { id: '' }] = (listed.printed[0] ?? []) as Target[];
  expect((await command('remove', id)).printed).toEqual([`removed ${id}`]);
  expect((await command('list')).printed).toEqual(['no targets yet: throughline target set METRIC VALUE']);
  expect((await command('set', 'on-time-first', 'much')).error).toContain('is not a value here');
  expect((await command('set', 'load', '5')).error).toContain('nothing to aim at');
  expect((await command('remove', 'it')).error).toContain('"it" is no id of a target');
});
