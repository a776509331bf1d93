import { beforeEach, describe, expect, test } from 'vitest';
import { addConnection } from '#etl/connections.js';
import { mappingSchema } from '#etl/connectors/csv/payload.js';
import { readMapping } from '#etl/files/mapping-file.js';
import { syncConnection } from '#etl/sync.js';
import { testDatabase } from '../../support/database.js';
import { emptyModel } from '../core-hash.js';
import { mappingPath, sharedFile } from '../shared-data.js';

const boston = sharedFile('city-311/boston311-100.csv');
const newYork = sharedFile('city-311/nyc311-100.csv');

/** Counted in the files with an independent reader: rows, closed, with a due date, closed with one, and of those closed after it. */
const counts = `
  select
    count(*)::int as items,
    count(finished_at)::int as closed,
    count(due_at)::int as due,
    count(*) filter (where finished_at is not null and due_at is not null)::int as decided,
    count(*) filter (where finished_at > due_at)::int as late
  from core.item
  left join core.event on event.item_id = item.item_id and kind = 'promised'`;

describe.skipIf(boston.isAbsent || newYork.isAbsent)(`service requests of two cities${boston.why}${newYork.why}`, async () => {
  const { pool } = await testDatabase();
  beforeEach(() => emptyModel(pool));

  async function load(name: string, file: string) {
    const mapping = await readMapping(mappingPath(name), mappingSchema);
    await addConnection(pool, { name, connector: 'csv', config: { file, mapping } });
    return syncConnection(pool, name);
  }

  test('Boston: 100 requests, 85 closed, 89 with a due date, 5 of 77 late', async () => {
    const outcome = await load('boston-311.yaml', boston.path);
    // Last closed on 25 April 2022 at 14:30:31 in Boston, four hours behind UTC.
    expect(outcome).toMatchObject({ state: 'complete', inserted: 100, quarantined: 0, asOf: '2022-04-25T18:30:31.000Z' });
    expect((await pool.query(counts)).rows).toEqual([{ items: 100, closed: 85, due: 89, decided: 77, late: 5 }]);
    expect((await pool.query('select count(*)::int as queues from core.team')).rows).toEqual([{ queues: 35 }]);
  });

  test('New York: 100 requests, 99 closed, 42 with a due date, 8 of 41 late', async () => {
    const outcome = await load('nyc-311.yaml', newYork.path);
    // Last closed on 20 December 2020 at 18:27:42 in New York, five hours behind UTC.
    expect(outcome).toMatchObject({ state: 'complete', inserted: 100, quarantined: 0, asOf: '2020-12-20T23:27:42.000Z' });
    expect((await pool.query(counts)).rows).toEqual([{ items: 100, closed: 99, due: 42, decided: 41, late: 8 }]);
    expect((await pool.query('select count(*)::int as agencies from core.team')).rows).toEqual([{ agencies: 12 }]);
  });
});
