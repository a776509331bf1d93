import { expect, test } from 'vitest';
import type { ErrorResponse, HandledResponse } from '#server/api.js';
import { testDatabase } from '../../support/database.js';
import { testServer } from '../dashboards/test-server.js';
import { id, writeFacts, type ItemFacts } from '../metrics/support/measured.js';

const database = await testDatabase();
const { pool } = database;
const day = (n: number) => `2026-03-${String(n).padStart(2, '0')}T12:00:00Z`;

/** The data ends at noon of the 20th; all were promised for the 15th but the last, who was promised for the 25th. */
const items: ItemFacts[] = [
  { name: 'kept', created: day(1), ended: day(14), outcome: 'done', team: 'Alpha' },
  { name: 'missed', created: day(1), ended: day(16), outcome: 'done', team: 'Alpha' },
  { name: 'overdue', created: day(1), outcome: 'open', team: 'Beta' },
  { name: 'dropped', created: day(1), ended: day(13), outcome: 'cancelled', team: 'Beta' },
  { name: 'late then', created: day(1), outcome: 'open', team: 'Beta' },
  { name: 'undated', created: day(1), outcome: 'open', team: 'Beta' },
  { name: 'undone', created: day(1), outcome: 'open', team: 'Beta' },
  { name: 'ahead', created: day(1), outcome: 'open', team: 'Beta' },
];
await writeFacts(pool, [{ name: 'desk', asOf: day(20) }], items);
await pool.query(
  `insert into core.item (item_id, connection_id, external_id, as_of_at, as_of_seq, type, record_id)
  select item_id, connection_id, item_id::text, $1, 1, 'ticket', item_id
  from facts.item
  on conflict do nothing`,
  [day(20)],
);

async function mark(name: string, by: string, told: { due?: string | null; asOf?: string; wasLate?: boolean; undone?: string } = {}) {
  const { due = day(15), asOf = day(12), wasLate = false, undone = null } = told;
  await pool.query(
    `insert into app.watch_mark (item_id, connection_id, handled_by, note, as_of_at, due_at, was_late, cycle, undone_at)
    select item_id, connection_id, $2, 'Called', $3, $4, $5, 1, $6 from facts.item where item_id = $1`,
    [id('item', name), by, asOf, due, wasLate, undone],
  );
}
await mark('kept', 'Ada');
await mark('missed', 'Ada');
await mark('overdue', 'Grace');
await mark('dropped', 'Ada');
await mark('late then', 'Grace', { due: day(10), wasLate: true });
await mark('undated', 'Grace', { due: null });
await mark('undone', 'Grace', { undone: day(13) });
await mark('ahead', 'Ada', { due: day(25), asOf: day(20) });

const server = await testServer(database);
const ask = (query: string) => server.json<HandledResponse>(`/api/watch/handled?${query}`);

test('what became of each is told by the date that was in force when it was handled', async () => {
  const { total, counts, people, marks } = await ask('from=2026-03-01&to=2026-03-21');
  expect(total).toBe(7);
  expect(counts).toEqual({ kept: 1, late: 2, ahead: 1, cancelled: 1, 'was-late': 1, 'no-date': 1 });
  expect(people).toEqual([
    { by: 'Ada', n: 4, kept: 1, late: 1 },
    { by: 'Grace', n: 3, kept: 0, late: 1 },
  ]);
  const outcomes = new Map(marks.map((one) => [one.id, [one.outcome, one.isOpen]]));
  expect(outcomes.get(id('item', 'overdue'))).toEqual(['late', true]);
  expect(outcomes.get(id('item', 'missed'))).toEqual(['late', false]);
});

test('filters leave the marks of the items they leave', async () => {
  const { total, counts } = await ask('from=2026-03-01&to=2026-03-21&team=Alpha');
  expect([total, counts.kept, counts.late]).toEqual([2, 1, 1]);
});

test('a window has the marks made while the data stood in it, its last instant with them', async () => {
  expect((await ask('from=2026-03-01&to=2026-03-12')).total).toBe(0);
  expect((await ask('from=2026-03-13&to=2026-03-21')).marks.map((one) => one.id)).toEqual([id('item', 'ahead')]);
});

test('a parameter nobody knows and a window without days are refused', async () => {
  for (const [query, said] of [
    ['shoe=1', 'Unknown parameter "shoe"'],
    ['from=2026-03-02&to=2026-03-02', 'is empty'],
  ]) {
    const { status, text } = await server.get(`/api/watch/handled?${query}`);
    expect([status, (JSON.parse(text) as ErrorResponse).message]).toEqual([400, expect.stringContaining(said ?? '')]);
  }
});
