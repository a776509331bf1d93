import { describe, expect, test } from 'vitest';
import { addConnection } from '#etl/connections.js';
import { mappingSchema } from '#etl/connectors/csv/payload.js';
import { readMapping } from '#etl/files/mapping-file.js';
import { syncConnection } from '#etl/sync.js';
import { testDatabase } from '../../support/database.js';
import { mappingPath, sharedFile } from '../shared-data.js';

const log = sharedFile('servicenow-incidents/incident_event_log.csv.gz');

describe.skipIf(log.isAbsent)(`the ServiceNow incident log${log.why}`, async () => {
  const { pool } = await testDatabase();
  const mapping = await readMapping(mappingPath('servicenow-incidents.yaml'), mappingSchema);
  const one = async (sql: string) => (await pool.query<Record<string, unknown>>(sql)).rows[0];

  test('loads 101,045 rows into 17,136 incidents', async () => {
    await addConnection(pool, { name: 'incidents', connector: 'csv', config: { file: log.path, mapping } });
    const outcome = await syncConnection(pool, 'incidents');
    expect(outcome).toMatchObject({
      state: 'complete',
      fetched: 101_045,
      inserted: 101_045,
      quarantined: 0,
      duplicate: 0,
      asOf: '2017-02-15T15:00:00.000Z',
    });
    expect(await one('select count(*)::int as items from core.item')).toEqual({ items: 17_136 });
    expect(await one(`select count(*)::int as events from core.event where kind = 'changed'`)).toEqual({ events: 101_045 });
  });

  test('reads 72 groups, and 4,488 callers where the published 4,489 counts the missing marker as one', async () => {
    expect(await one('select count(*)::int as teams from core.team')).toEqual({ teams: 72 });
    expect(await one('select count(*)::int as callers from core.customer')).toEqual({ callers: 4_488 });
  });

  test('reads the back-filled resolution of 15,906 incidents', async () => {
    expect(await one('select count(finished_at)::int as resolved from core.item')).toEqual({ resolved: 15_906 });
  });

  test('changes nothing when the log is read again', async () => {
    const outcome = await syncConnection(pool, 'incidents');
    expect(outcome).toMatchObject({ state: 'complete', fetched: 101_045, inserted: 0, updated: 0, unchanged: 101_045 });
  });
});
