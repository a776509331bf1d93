import { expect, test } from 'vitest';
import type { Cursor } from '#etl/connector.js';
import { floorTo, readWindow, type WindowPage, type WindowRules } from '#etl/incremental/window.js';

const minute = 60_000;
const hour = 60 * minute;
const rules: WindowRules = { grain: 's', overlapMs: 5 * minute, lagMs: minute, sweep: { everyMs: 24 * hour, depthMs: 24 * hour } };

const page = (at: string, sourceNow: string, isLast = true): WindowPage => ({
  rows: [{ at, record: { externalId: at, payload: null, op: 'upsert' } }],
  position: { at },
  isLast,
  sourceNow,
});

/** Reads these pages from the cursor; gives the lower bound that was asked for, the cursor after each page, and which records are late. */
async function read(cursor: Cursor | null, pages: WindowPage[]) {
  const asked: { from: string | null; position: unknown }[] = [];
  const cursors: Cursor[] = [];
  const late: boolean[] = [];
  const source = async function* (from: string | null, position: unknown) {
    asked.push({ from, position });
    yield* pages;
  };
  for await (const { next, records } of readWindow(cursor, rules, source)) {
    cursors.push(next);
    late.push(...records.map((record) => 'isLate' in record));
  }
  return { asked, cursor: cursors.at(-1) as Cursor, cursors, late };
}

test('reads from the start, then from the last change seen less the overlap', async () => {
  const first = await read(null, [page('2026-01-05T10:00:00Z', '2026-01-05T12:00:00.000Z')]);
  expect(first.asked).toEqual([{ from: null, position: null }]);
  const second = await read(first.cursor, []);
  expect(second.asked).toEqual([{ from: '2026-01-05T09:55:00.000Z', position: null }]);
});

test("stays behind the tool's clock at the first page by the lag", async () => {
  const first = await read(null, [
    page('2026-01-05T11:00:00Z', '2026-01-05T12:00:00.000Z', false),
    page('2026-01-05T12:03:00Z', '2026-01-05T12:05:00.000Z'),
  ]);
  expect((await read(first.cursor, [])).asked).toEqual([{ from: '2026-01-05T11:54:00.000Z', position: null }]);
});

test('moves no watermark before the last page, and goes on from where it stood', async () => {
  const broken = await read(null, [page('2026-01-05T11:00:00Z', '2026-01-05T12:00:00.000Z', false)]);
  const resumed = await read(broken.cursor, [page('2026-01-05T11:30:00Z', '2026-01-05T13:00:00.000Z')]);
  expect(resumed.asked).toEqual([{ from: null, position: { at: '2026-01-05T11:00:00Z' } }]);
  expect((await read(resumed.cursor, [])).asked).toEqual([{ from: '2026-01-05T11:25:00.000Z', position: null }]);
});

test('never moves its watermark back', async () => {
  const first = await read(null, [page('2026-01-05T10:00:00Z', '2026-01-05T12:00:00.000Z')]);
  const second = await read(first.cursor, [page('2026-01-05T09:56:00Z', '2026-01-05T12:10:00.000Z')]);
  expect((await read(second.cursor, [])).asked[0]?.from).toBe('2026-01-05T09:55:00.000Z');
});

test('looks back once a day over the depth of the sweep, and marks what only that finds', async () => {
  const first = await read(null, [page('2026-01-05T10:00:00Z', '2026-01-05T12:00:00.000Z')]);
  const second = await read(first.cursor, [page('2026-01-06T11:00:00Z', '2026-01-06T12:00:00.000Z')]);
  const sweep = await read(second.cursor, [page('2026-01-05T09:00:00Z', '2026-01-06T12:15:00.000Z')]);
  expect(sweep.asked[0]?.from).toBe('2026-01-04T12:00:00.000Z');
  expect(sweep.late).toEqual([true]);
  expect((await read(sweep.cursor, [])).asked[0]?.from).toBe('2026-01-06T10:55:00.000Z');
});

test.each([
  ['ms', '2026-01-05T10:11:12.345Z'],
  ['s', '2026-01-05T10:11:12.000Z'],
  ['min', '2026-01-05T10:11:00.000Z'],
  ['day', '2026-01-05T00:00:00.000Z'],
] as const)('floors a bound to a grain of %s', (grain, expected) => {
  expect(floorTo(grain, '2026-01-05T13:11:12.345+03:00')).toBe(expected);
});

test('refuses a checkpoint of a version it does not know', async () => {
  await expect(read({ v: 2, state: null }, [])).rejects.toThrow('The checkpoint is of version 2');
});
