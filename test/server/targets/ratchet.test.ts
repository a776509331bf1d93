import { beforeEach, expect, test } from 'vitest';
import { readTargets } from '#server/targets/targets.js';
import { lastingLevel, moveRatchets } from '#server/targets/ratchet.js';
import { setTarget, type Setting } from '#server/targets/set-target.js';
import { testDatabase } from '../../support/database.js';
import { measuredEngine } from './engine.js';
import { asOf, promisedWeeks } from './promised-weeks.js';
import { writeFacts } from '../metrics/support/measured.js';

const { pool } = await testDatabase();
await writeFacts(pool, [{ name: 'desk', asOf }], promisedWeeks);
const engine = await measuredEngine(pool);
const everyQuarter = { every: 'quarter', weeks: 13 } as const;

beforeEach(() => pool.query('truncate app.target cascade'));

const ratchet = (setting: Partial<Setting> = {}) =>
  setTarget(
    { pool, engine, reader: { locale: 'en' } },
    { metric: 'on-time-first', scope: {} },
    { from: '2026-04-01', by: 'Ann', ratchet: everyQuarter, ...setting },
  );
const steps = async () => (await readTargets(pool)).flatMap(({ moves }) => moves.map(({ from, value, by }) => [from, value, by]));

test('the lasting level is the median of the weeks with the order statistics that bound it', async () => {
  const asked = { before: '2026-07-01', weeks: 13, zone: 'UTC' };
  // 80 six times and 90 seven times: the 7th of 13 is 90, the 3rd 80, the 11th 90.
  expect(await lastingLevel(engine, { metric: 'on-time-first', part: null, scope: {} }, asked)).toEqual({
    from: '2026-03-30',
    to: '2026-06-29',
    weeks: 13,
    median: 90,
    lo: 80,
    hi: 90,
  });
});

test('of fewer than six weeks there is none', async () => {
  const asked = { before: '2026-02-02', weeks: 13, zone: 'UTC' };
  // Weeks told before the second of February: those of 29 December to 26 January, five.
  expect(await lastingLevel(engine, { metric: 'on-time-first', part: null, scope: {} }, asked)).toBeNull();
});

test('begins with the level that has lasted, rises with a better one and does not fall with a worse one', async () => {
  await ratchet();
  expect(await moveRatchets(pool, engine)).toBe(1);
  expect(await steps()).toEqual([
    ['2026-04-01', 60, 'Ann'],
    ['2026-07-01', 90, null],
  ]);
  const [target] = await readTargets(pool);
  expect(target?.moves.map(({ seen }) => seen)).toEqual([
    { from: '2025-12-29', to: '2026-03-30', weeks: 13, median: 60, lo: 60, hi: 60 },
    { from: '2026-03-30', to: '2026-06-29', weeks: 13, median: 90, lo: 80, hi: 90 },
  ]);
});

test('a level whose interval reaches down to the target does not move it', async () => {
  await ratchet({ value: '85 %' });
  expect(await moveRatchets(pool, engine)).toBe(0);
  expect(await steps()).toEqual([['2026-04-01', 85, 'Ann']]);
});

test('looks at each period once', async () => {
  await ratchet();
  expect(await moveRatchets(pool, engine)).toBe(1);
  await pool.query('delete from app.target_move where person is null');
  expect(await moveRatchets(pool, engine)).toBe(0);
});

test('two that look at the same time move it once', async () => {
  await ratchet();
  const moves = await Promise.all([moveRatchets(pool, engine), moveRatchets(pool, engine)]);
  expect(moves.reduce((sum, one) => sum + one, 0)).toBe(1);
  expect(await steps()).toHaveLength(2);
});

test('does not look at a period that is not over', async () => {
  await ratchet({ from: '2026-07-15', value: 50 });
  await moveRatchets(pool, engine);
  // The third quarter is over, and the 70 % of its weeks are better; the fourth runs.
  expect(await steps()).toEqual([
    ['2026-07-15', 50, 'Ann'],
    ['2026-10-01', 70, null],
  ]);
});

test('by hand it stays', async () => {
  await ratchet({ ratchet: null, value: 10 });
  expect(await moveRatchets(pool, engine)).toBe(0);
});

test('cannot begin where too few weeks have a value, and says what would do', async () => {
  await expect(ratchet({ from: '2026-01-15' })).rejects.toThrow(
    'Fewer than 6 of the 13 weeks before 2026-01-15 have a value of "on-time-first"; give the first target yourself, or a later day.',
  );
});
