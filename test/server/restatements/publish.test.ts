import { beforeAll, expect, test } from 'vitest';
import type { Restatement } from '#server/api.js';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { openPostgresEngine } from '#server/metrics/postgres-engine.js';
import { publishWeeks, readRestatements } from '#server/restatements/publish.js';
import { registerRestatementsCommand } from '#server/restatements/restatements.cli.js';
import { testDatabase } from '../../support/database.js';
import { tell, tellConnection, tellTeam, type StoryItem } from '../../support/story.js';
import { runCommand } from '../dashboards/command-line.js';
import { testServer } from '../dashboards/test-server.js';

const database = await testDatabase();
const { pool } = database;
const engine = openPostgresEngine(pool);
const now = new Date('2026-03-01T12:00:00Z');

/** Created on Monday morning with a date on Wednesday noon, done where a day is given. */
function item(name: string, week: 5 | 12 | 19, doneOn: number | null): StoryItem {
  const at = (day: number, time: string) => `2026-01-${String(day).padStart(2, '0')}T${time}Z`;
  return {
    name,
    events: [
      { at: at(week, '08:00:00'), kind: 'created', team: 'Desk', status: 'queued' },
      { at: at(week, '09:00:00'), kind: 'promised', due: at(week + 2, '12:00:00') },
      ...(doneOn === null ? [] : [{ at: at(doneOn, '10:00:00'), status: 'done', actor: 'ann' }]),
    ],
  };
}

async function know(asOf: string, ...items: StoryItem[]): Promise<void> {
  await tell(pool, ...items);
  await pool.query('update ingest.connection set as_of_at = $1', [asOf]);
  await deriveFacts(pool);
}

const publish = async (): Promise<number> => publishWeeks(pool, engine, now);
const ofFirstWeek = (restatements: Restatement[], metric: string) =>
  restatements.filter((one) => one.metric === metric && one.week === '2026-01-05');

/** Twenty items of the first week, of which so many kept their date; the others are open. */
const firstWeek = (kept: number) => Array.from({ length: 20 }, (_, n) => item(`first ${n}`, 5, n < kept ? 6 : null));

beforeAll(async () => {
  await tellConnection(pool);
  await tellTeam(pool, { name: 'Desk' });
});

test('a week is published once it is over, and said again without a change', async () => {
  await know('2026-01-14T00:00:00Z', ...firstWeek(15), ...[1, 2, 3, 4, 5].map((n) => item(`second ${n}`, 12, 13)));
  expect(await publish()).toBe(0);
  const { rows } = await pool.query(
    `select to_char(week, 'YYYY-MM-DD') as week, value, n from app.published_value where metric = 'goalpost-gap'`,
  );
  // 15 kept the only date they had, 5 missed it: nothing was moved.
  expect(rows).toEqual([{ week: '2026-01-05', value: 0, n: 20 }]);
  expect(await publish()).toBe(0);
  expect(await readRestatements(pool, 10)).toEqual([]);
});

test('what happens later restates what is followed up', async () => {
  // The five still open are done on Thursday of the second week.
  await know('2026-01-21T00:00:00Z', ...Array.from({ length: 5 }, (_, n) => item(`first ${15 + n}`, 5, 15)));
  await publish();
  const restated = await readRestatements(pool, 50);
  const [tail] = ofFirstWeek(restated, 'tail-ratio');
  // P50 26 h; P85, not reached before, is that of the 17th of 20 done after ten days and two hours, by type 7 as none is open.
  expect(tail).toMatchObject({
    week: '2026-01-05',
    cause: 'later-events',
    before: { value: null, n: 20, asOf: '2026-01-14T00:00:00.000Z' },
  });
  expect(tail?.after.value).toBeCloseTo((10 * 24 + 2) / 26, 9);
  expect(ofFirstWeek(restated, 'goalpost-gap')).toEqual([]);
  expect(new Set(restated.map(({ cause }) => cause))).toEqual(new Set(['later-events']));
});

test('what is told later of the time before restates what was decided', async () => {
  // Four more of the first week come in by a late import.
  await know('2026-01-21T00:00:00Z', ...[1, 2, 3, 4].map((n) => item(`late ${n}`, 5, 6)));
  expect(await publish()).toBeGreaterThan(0);
  const [gap] = ofFirstWeek(await readRestatements(pool, 50), 'goalpost-gap');
  expect(gap).toMatchObject({ week: '2026-01-05', cause: 'history', before: { value: 0, n: 20 }, after: { value: 0, n: 24 } });
});

test('the address and the command tell the latest first', async () => {
  const server = await testServer(database);
  const told = await server.json<Restatement[]>('/api/restatements?limit=5');
  expect(told).toEqual(await readRestatements(pool, 5));
  expect((await server.get('/api/restatements?limit=0')).status).toBe(400);
  const { printed } = await runCommand(pool, registerRestatementsCommand, ['restatements', '--limit', '5']);
  expect(String(printed[0]).split('\n')).toEqual([
    'restated          metric               week        was            is             because of',
    '2026-03-01T12:00  visibility-coverage  2026-01-05  51.3 % (n 20)  54.9 % (n 24)  the time before, told differently',
    '2026-03-01T12:00  tail-ratio           2026-01-05  9.31 × (n 20)  9.31 × (n 24)  the time before, told differently',
    '2026-03-01T12:00  handoff-loss-time    2026-01-05  0 s (n 20)     0 s (n 24)     the time before, told differently',
    '2026-03-01T12:00  goalpost-gap         2026-01-05  0 pp (n 20)    0 pp (n 24)    the time before, told differently',
    '2026-03-01T12:00  tail-ratio           2026-01-05  – (n 20)       9.31 × (n 20)  what happened since',
  ]);
});

test('weeks without data any more are restated to nothing', async () => {
  await pool.query('truncate core.item, core.event, core.message cascade');
  await pool.query('insert into facts.dirty (item_id) select item_id from facts.item');
  await deriveFacts(pool);
  expect(await publish()).toBeGreaterThan(0);
  const [gap] = ofFirstWeek(await readRestatements(pool, 50), 'goalpost-gap');
  expect(gap).toMatchObject({ before: { value: 0, n: 24 }, after: { value: null, n: 0 }, cause: 'history' });
  expect(await publish()).toBe(0);
});
