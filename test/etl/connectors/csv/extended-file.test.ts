import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { addConnection } from '#etl/connections.js';
import { syncConnection } from '#etl/sync.js';
import { testDatabase } from '../../../support/database.js';
import { temporaryDirectory } from '../../../support/temporary-directory.js';
import { emptyModel } from '../../core-hash.js';

const { pool } = await testDatabase();
const directory = await temporaryDirectory('extended');
const file = join(directory, 'log.csv');

beforeEach(() => emptyModel(pool));

const mapping = {
  rows: 'events',
  item: { id: 'item', type: { value: 'task' }, finished: 'resolved' },
  event: { at: 'at', status: 'status' },
  backFilled: ['resolved'],
};

async function load(...rows: string[]) {
  await writeFile(file, `item,at,status,resolved\n${rows.join('\n')}\n`);
  await addConnection(pool, { name: 'log', connector: 'csv', config: { file, mapping } });
  return syncConnection(pool, 'log');
}

async function events(): Promise<unknown[]> {
  const told = await pool.query(`
    select item.external_id || ' ' || status.name || ' ' || seq as event
    from core.event
    join core.item using (item_id)
    join core.status on status.id = status_id
    order by item.external_id, at, seq`);
  return told.rows.map((row: { event: string }) => row.event);
}

test('a longer export adds only what is new, even in the middle of the file', async () => {
  await load('i1,2026-01-05T09:00Z,new,', 'i2,2026-01-05T10:00Z,new,');
  const outcome = await load(
    'i1,2026-01-05T09:00Z,new,',
    'i1,2026-01-06T09:00Z,open,',
    'i2,2026-01-05T10:00Z,new,',
    'i3,2026-01-07T09:00Z,new,',
  );
  expect(outcome).toMatchObject({ inserted: 2, updated: 0, unchanged: 2 });
  expect(await events()).toEqual(['i1 new 4', 'i1 open 8', 'i2 new 4', 'i3 new 4']);
});

test('an old row that now shows a back-filled value is the same row, and its event stays one', async () => {
  await load('i1,2026-01-05T09:00Z,new,');
  const outcome = await load('i1,2026-01-05T09:00Z,new,2026-01-08T12:00Z', 'i1,2026-01-08T12:00Z,done,2026-01-08T12:00Z');
  expect(outcome).toMatchObject({ inserted: 1, updated: 1 });
  expect(await events()).toEqual(['i1 new 4', 'i1 done 8']);
  expect((await pool.query('select finished_at from core.item')).rows).toEqual([{ finished_at: new Date('2026-01-08T12:00:00Z') }]);
});

test('two rows alike in every cell are two events, today and at every later import', async () => {
  const twice = ['i1,2026-01-05T09:00Z,new,', 'i1,2026-01-05T09:00Z,new,'];
  expect(await load(...twice)).toMatchObject({ inserted: 2 });
  expect(await load(...twice, 'i1,2026-01-05T09:30Z,open,')).toMatchObject({ inserted: 1, unchanged: 2 });
  expect(await events()).toEqual(['i1 new 4', 'i1 new 8', 'i1 open 12']);
});
