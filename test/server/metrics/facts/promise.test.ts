import { beforeAll, beforeEach, expect, test } from 'vitest';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { testDatabase } from '../../../support/database.js';
import { type StoryEvent, factsOf, tell, tellConnection } from '../../../support/story.js';

const { pool } = await testDatabase();

beforeAll(() => tellConnection(pool));
beforeEach(() => tellConnection(pool));

const day = (n: number, time = '12:00:00'): string => `2026-01-${String(n).padStart(2, '0')}T${time}Z`;
const promise = (at: string, due: string | null): StoryEvent => ({ at, kind: 'promised', due });

async function promises(name: string, events: StoryEvent[]): Promise<Record<string, unknown>[]> {
  await tell(pool, { name, events });
  await deriveFacts(pool);
  return factsOf(pool, 'promise', name);
}

test('a date moved before and after it passed', async () => {
  const said = await promises('slipping', [
    { at: day(1), kind: 'created' },
    promise(day(1), day(10)),
    promise(day(9), day(14)),
    promise(day(15), day(20)),
    { at: day(19), status: 'done' },
  ]);
  expect(said).toEqual([
    {
      n: 1,
      said_at: day(1),
      due_at: day(10),
      until_at: day(9),
      moved_seconds: null,
      is_after_due: null,
      asked_by_customer: false,
      is_last: false,
    },
    {
      n: 2,
      said_at: day(9),
      due_at: day(14),
      until_at: day(15),
      moved_seconds: 4 * 86_400,
      is_after_due: false,
      asked_by_customer: false,
      is_last: false,
    },
    {
      n: 3,
      said_at: day(15),
      due_at: day(20),
      until_at: day(19),
      moved_seconds: 6 * 86_400,
      is_after_due: true,
      asked_by_customer: false,
      is_last: true,
    },
  ]);
  const [item] = await factsOf(pool, 'item', 'slipping');
  // Finished on the 19th: 9 days after the first date, 1 before the last; net = gross = 10 days in 2 moves.
  expect(item).toMatchObject({ finished_at: day(19), first_due_at: day(10), last_due_at: day(20), due_moves: 2 });
});

test('a date that stood under an hour is a correction: the next one stands from its moment', async () => {
  const said = await promises('mistyped', [promise(day(1, '10:00:00'), day(8)), promise(day(1, '10:59:59'), day(9))]);
  expect(said).toMatchObject([{ n: 1, said_at: day(1, '10:00:00'), due_at: day(9), until_at: 'infinity', moved_seconds: null }]);
});

test('a date that stood a whole hour is a promise', async () => {
  const said = await promises('an hour', [promise(day(1, '10:00:00'), day(8)), promise(day(1, '11:00:00'), day(9))]);
  expect(said.map((row) => row.due_at)).toEqual([day(8), day(9)]);
});

test('with the correction off every date counts', async () => {
  await tellConnection(pool, { settings: { dueCorrectionSeconds: 0 } });
  const said = await promises('no correction', [promise(day(1, '10:00:00'), day(8)), promise(day(1, '10:01:00'), day(9))]);
  expect(said).toHaveLength(2);
});

test('a slip of the hand and back is no move', async () => {
  const said = await promises('and back', [
    promise(day(1), day(8)),
    promise(day(3, '09:00:00'), day(18)),
    promise(day(3, '09:05:00'), day(8)),
  ]);
  expect(said).toMatchObject([{ due_at: day(8), until_at: 'infinity', is_last: true }]);
});

test('a date moved at the very instant it stands for is moved in time, a second later after it', async () => {
  const inTime = await promises('in time', [promise(day(1), day(8)), promise(day(8), day(12))]);
  expect(inTime).toMatchObject([{ n: 1 }, { n: 2, moved_seconds: 4 * 86_400, is_after_due: false }]);
  const after = await promises('after', [promise(day(1), day(8)), promise(day(8, '12:00:01'), day(12))]);
  expect(after).toMatchObject([{ n: 1 }, { n: 2, is_after_due: true }]);
});

test('the same date again is no move', async () => {
  const said = await promises('again', [promise(day(1), day(8)), promise(day(3), day(8))]);
  expect(said).toHaveLength(1);
});

test('a date taken back ends, and one given later moves it', async () => {
  const said = await promises('taken back', [promise(day(1), day(8)), promise(day(3), null), promise(day(5), day(12))]);
  expect(said).toMatchObject([
    { said_at: day(1), until_at: day(3), is_last: false },
    { said_at: day(5), until_at: 'infinity', moved_seconds: 4 * 86_400, is_after_due: false, is_last: true },
  ]);
});

test('the same date given again after it was taken back has not moved', async () => {
  const said = await promises('given again', [promise(day(1), day(8)), promise(day(3), null), promise(day(5), day(8))]);
  expect(said).toMatchObject([{ n: 1 }, { n: 2, moved_seconds: null, is_after_due: null }]);
  const [item] = await factsOf(pool, 'item', 'given again');
  expect(item?.due_moves).toBe(0);
});

test('a date set after the end promises nothing', async () => {
  const said = await promises('too late', [promise(day(1), day(8)), { at: day(4), status: 'done' }, promise(day(5), day(20))]);
  expect(said).toMatchObject([{ due_at: day(8), until_at: day(4), is_last: true }]);
});

test('keeps who asked for the date', async () => {
  const said = await promises('asked for', [promise(day(1), day(8)), { ...promise(day(3), day(9)), askedByCustomer: true }]);
  expect(said.map((row) => row.asked_by_customer)).toEqual([false, true]);
});

test('an item without dates has no promises', async () => {
  expect(await promises('undated', [{ at: day(1), kind: 'created' }])).toEqual([]);
});
