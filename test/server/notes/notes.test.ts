import { beforeEach, expect, test } from 'vitest';
import type { BoardResponse, ErrorResponse, Note, NoteForAsker } from '#server/api.js';
import { registerNoteCommand } from '#server/notes/note.cli.js';
import { testDatabase } from '../../support/database.js';
import { runCommand } from '../dashboards/command-line.js';
import { testServer } from '../dashboards/test-server.js';
import { writeFacts, type ItemFacts } from '../metrics/support/measured.js';

const database = await testDatabase();
const { pool } = database;
/** Two promises kept every day of February. */
const items = Array.from({ length: 56 }, (_, n): ItemFacts => {
  const day = String(1 + (n % 28)).padStart(2, '0');
  const promises = [{ said: '2026-02-01T00:00:00Z', due: `2026-02-${day}T12:00:00Z` }];
  return { name: `i${n}`, team: n < 28 ? 'Alpha' : 'Beta', created: '2026-02-01T00:00:00Z', ended: `2026-02-${day}T06:00:00Z`, promises };
});
await writeFacts(pool, [{ name: 'desk', asOf: '2026-03-01T00:00:00Z' }], items);
const server = await testServer(database);

beforeEach(() => pool.query('truncate app.note'));

const post = <Body = Note>(body: unknown) => server.post<Body>('/api/notes', body);
const onTime = async (query = '') => {
  const board = await server.json<BoardResponse>(`/api/boards/delay?from=2026-02-02&to=2026-03-02&grain=week${query}`);
  const chart = board.charts.find(({ id }) => id === 'on-time');
  if (!chart) throw new Error('The board has no such chart.');
  return chart;
};

test('keeps a note of a day, and one of several', async () => {
  const { status, body } = await post({ from: '2026-02-10', kind: 'release', text: ' Release 4 ' });
  expect(status).toBe(201);
  expect(body).toMatchObject({ from: '2026-02-10', to: '2026-02-11', kind: 'release', text: 'Release 4', scope: {} });
  await post({ from: '2026-01-05', to: '2026-01-10', text: 'Move' });
  expect((await server.json<Note[]>('/api/notes')).map(({ text, kind }) => [text, kind])).toEqual([
    ['Move', 'other'],
    ['Release 4', 'release'],
  ]);
  expect(await server.json<Note[]>('/api/notes?from=2026-02-11&to=2026-03-01')).toEqual([]);
});

test('changes what is told and leaves the rest, and removes', async () => {
  const { body } = await post({ from: '2026-02-10', kind: 'holiday', text: 'Day off' });
  const changed = await server.send('PATCH', `/api/notes/${body.id}`, { to: '2026-02-13' });
  expect([changed.status, JSON.parse(changed.text)]).toMatchObject([
    200,
    { from: '2026-02-10', to: '2026-02-13', text: 'Day off', kind: 'holiday' },
  ]);
  expect(await server.json<NoteForAsker>(`/api/notes/${body.id}`)).toEqual({ ...(JSON.parse(changed.text) as Note), isWithin: true });
  expect(await server.delete(`/api/notes/${body.id}`)).toBe(204);
  expect((await server.get(`/api/notes/${body.id}`)).status).toBe(404);
  expect(await server.delete(`/api/notes/${body.id}`)).toBe(404);
  const gone = await server.send('PATCH', `/api/notes/${body.id}`, { text: 'Later' });
  expect([gone.status, gone.text]).toEqual([404, expect.stringContaining('There is no note')]);
});

test.each([
  [{ text: 'Move' }, 'from'],
  [{ from: '2026-02-30', text: 'Move' }, 'from'],
  [{ from: '2026-02-10', to: '2026-02-10', text: 'Move' }, 'covers no day'],
  [{ from: '2026-02-10', text: '  ' }, 'text'],
  [{ from: '2026-02-10', text: 'Move', kind: 'party' }, 'kind'],
  [{ from: '2026-02-10', text: 'Move', scope: { colour: ['red'] } }, 'colour'],
])('refuses %j', async (body, said) => {
  const refused = await post<ErrorResponse>(body);
  expect([refused.status, refused.body.message]).toEqual([400, expect.stringContaining(said)]);
});

test('a chart over time has the note numbered, in its marks, its table and its description', async () => {
  await post({ from: '2026-02-10', to: '2026-02-18', kind: 'reorganisation', text: 'Two teams become one' });
  await post({ from: '2026-02-03', kind: 'release', text: 'Release 4' });
  const { notes, rows, table, spec } = await onTime();
  expect(notes.map(({ number, kind, period, text }) => [number, kind, period, text])).toEqual([
    ['1', 'Release', '3 Feb 2026', 'Release 4'],
    ['2', 'Reorganisation', '10 Feb 2026 – 17 Feb 2026', 'Two teams become one'],
  ]);
  // Weeks of the 2nd, 9th, 16th and 23rd: the first note lies in the first, the second in the two after.
  expect(table.map((line) => line.at(-1))).toEqual(['Events', '1: Release 4', '2: Two teams become one', '2: Two teams become one', '']);
  const told = rows.filter((row) => row['part'] === 'value').map((row) => String(row['text']).split(' · ').at(-1));
  expect(told.slice(0, 2)).toEqual(['1: Release 4', '2: Two teams become one']);
  expect(String(spec?.['description'])).toContain('Events on the time axis: 1 Release 4 (3 Feb 2026); 2 Two teams become one');
});

test('a new note is drawn at once, a note of another time is not', async () => {
  expect((await onTime()).notes).toEqual([]);
  await post({ from: '2026-02-03', text: 'Release 4' });
  await post({ from: '2026-03-02', text: 'Too late' });
  await post({ from: '2026-01-05', to: '2026-02-02', text: 'Too early' });
  expect((await onTime()).notes.map(({ text }) => text)).toEqual(['Release 4']);
});

test('a note about a team is left out where the filters leave another', async () => {
  await post({ from: '2026-02-03', text: 'Alpha moves', scope: { team: ['Alpha'] } });
  expect((await onTime()).notes.length).toBe(1);
  expect((await onTime('&team=Alpha')).notes.length).toBe(1);
  expect((await onTime('&team=Beta')).notes.length).toBe(0);
});

test('in the digits and the calendar of the reader', async () => {
  await post({ from: '2026-02-03', kind: 'holiday', text: '22 Bahman' });
  const [note] = (await onTime('&lang=fa&calendar=jalali')).notes;
  expect([note?.number, note?.kind, note?.period, note?.text]).toEqual(['۱', 'تعطیلی', '۱۴ بهمن ۱۴۰۴', '22 Bahman']);
});

test('the command line adds, lists and removes', async () => {
  const note = (...words: string[]) => runCommand(pool, registerNoteCommand, ['note', ...words]);
  expect((await note('list')).printed).toEqual(['no notes yet: throughline note add TEXT --on DATE']);
  const { printed } = await note('add', 'Release 4', '--on', '2026-02-03', '--kind', 'release', '--about', 'team=Alpha', '--json');
  expect(printed).toMatchObject([{ from: '2026-02-03', to: '2026-02-04', kind: 'release', scope: { team: ['Alpha'] } }]);
  const [{ id }] = printed as [Note];
  expect((await note('list')).printed).toEqual([`${id}  2026-02-03 to 2026-02-04 (exclusive)  release  Release 4  team=Alpha`]);
  expect((await note('remove', id)).printed).toEqual([`removed ${id}`]);
  expect((await note('remove', id)).error).toContain('There is no note');
  expect((await note('remove', 'that')).error).toContain('"that" is no id');
  expect((await note('add', 'Release 5', '--on', 'tomorrow')).error).toContain('"tomorrow" is not a day');
});
