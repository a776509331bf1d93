import { describe, expect, test } from 'vitest';
import { addConnection } from '#etl/connections.js';
import { mappingSchema } from '#etl/connectors/csv/payload.js';
import { readMapping } from '#etl/files/mapping-file.js';
import { syncConnection } from '#etl/sync.js';
import { testDatabase } from '../../support/database.js';
import { mappingPath, sharedFile } from '../shared-data.js';

const log = sharedFile('receipt-wabo/receipt.csv');

describe.skipIf(log.isAbsent)(`the permit applications${log.why}`, async () => {
  const { pool } = await testDatabase();
  const one = async (sql: string) => (await pool.query<Record<string, unknown>>(sql)).rows[0];

  test('load 8,577 steps of 1,434 cases', async () => {
    const mapping = await readMapping(mappingPath('receipt-wabo.yaml'), mappingSchema);
    await addConnection(pool, { name: 'permits', connector: 'csv', config: { file: log.path, mapping } });
    expect(await syncConnection(pool, 'permits')).toMatchObject({ state: 'complete', fetched: 8_577, inserted: 8_577, quarantined: 0 });
    expect(await one('select count(*)::int as cases from core.item')).toEqual({ cases: 1_434 });
    expect(await one(`select count(*)::int as steps from core.event where kind = 'changed'`)).toEqual({ steps: 8_577 });
  });

  test('were late in 377 of 1,329 ended cases, by the one deadline each was given at its start', async () => {
    expect(
      await one(`
        with deadlines as (
          select item_id, count(distinct due_at) as dues, min(due_at) as due_at, min(at) as said_at, max(at) as last_said_at
          from core.event
          where kind = 'promised'
          group by item_id
        )
        select
          count(item.finished_at)::int as ended,
          count(*) filter (where item.finished_at > deadlines.due_at)::int as late,
          count(*) filter (where dues > 1 or said_at <> item.created_at or last_said_at <> item.created_at)::int as otherwise
        from core.item
        join deadlines using (item_id)`),
    ).toEqual({ ended: 1_329, late: 377, otherwise: 0 });
  });

  test('name "EMPTY" as a group of its own', async () => {
    expect(await one(`select count(*)::int as groups, count(*) filter (where name = 'EMPTY')::int as empty from core.team`)).toEqual({
      groups: 10,
      empty: 1,
    });
    expect(
      await one(`select count(*)::int as steps from core.event join core.team on team.id = team_id where team.name = 'EMPTY'`),
    ).toEqual({ steps: 1_936 });
  });

  test('keep every step unmapped, since the log has no statuses', async () => {
    expect(await one("select count(*)::int as statuses, bool_and(meaning = 'unmapped') as unmapped from core.status")).toEqual({
      statuses: 27,
      unmapped: true,
    });
  });
});
