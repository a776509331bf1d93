import { expect, test } from 'vitest';
import { testDatabase } from '../../../support/database.js';
import { makeHistory, type ScriptedItem } from '../../../support/scripted-source/history.js';
import { day, setUp } from '../../conformance/bench-of-one.js';
import { harness } from './harness.js';

const { pool } = await testDatabase();

/** One ticket that goes from team 1 to 2 to 3 at noon of three days; made by hand on the frame of a made-up one. */
function movingItem(): ScriptedItem {
  const options = { seed: 1, items: 1, events: 0, fields: ['status'] as const, hasComments: false, grainMs: 1_000 };
  const [item] = makeHistory({ ...options, start: '2026-01-05T08:00:00.000Z', spanMs: 1_000 });
  if (!item) throw new Error('No item was made.');
  item.initial.team = 1;
  const move = (id: number, at: string, from: number, to: number) =>
    item.events.push({ id, at, visibleAt: at, actor: 11, kind: 'change', field: 'team', from, to });
  move(1, '2026-01-06T12:00:00.000Z', 1, 2);
  move(2, '2026-01-07T12:00:00.000Z', 2, 3);
  move(3, '2026-01-08T12:00:00.000Z', 3, 1);
  return item;
}

test('each state that a sync finds stays as a change; what lies between two syncs is missed', async () => {
  const bench = await setUp(pool, harness, [movingItem()]);
  try {
    bench.source.now = '2026-01-05T09:00:00.000Z';
    await bench.connect();
    await bench.sync();
    bench.source.now = '2026-01-06T13:00:00.000Z';
    await bench.sync();
    bench.source.advance(2 * day);
    await bench.sync();
    const { rows } = await pool.query<{ at: Date; team: string }>(
      `select event.at, team.external_id as team
       from core.event event
       join core.team team on team.id = event.team_id
       order by event.at`,
    );
    expect(rows.map(({ at, team }) => [at.toISOString(), team])).toEqual([
      ['2026-01-05T08:00:00.000Z', '1'],
      ['2026-01-06T12:00:00.000Z', '2'],
      ['2026-01-08T12:00:00.000Z', '1'],
    ]);
  } finally {
    await bench.end();
  }
});

test('what is known from the connection on says when that was, also after the connection is changed', async () => {
  const bench = await setUp(pool, harness, [movingItem()]);
  try {
    await bench.connect();
    const since = async () =>
      (await pool.query<{ since: string }>(`select capabilities->'team'->>'from' as since from ingest.connection`)).rows[0]?.since;
    expect(await since()).toBe('2026-02-01T00:00:00.000Z');
    bench.source.advance(day);
    await bench.connect();
    expect(await since()).toBe('2026-02-01T00:00:00.000Z');
  } finally {
    await bench.end();
  }
});
