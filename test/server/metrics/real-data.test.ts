import { beforeAll, describe, expect, test } from 'vitest';
import { addConnection } from '#etl/connections.js';
import { mappingSchema } from '#etl/connectors/csv/payload.js';
import { readMapping } from '#etl/files/mapping-file.js';
import { syncConnection } from '#etl/sync.js';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { mappingPath, sharedFile } from '../../etl/shared-data.js';
import { type TestDatabase, testDatabase } from '../../support/database.js';
import { wrongPartitions } from '../../support/partitions.js';

/** Imports a real log with its mapping and derives the facts; answers with one row of them. */
function realLog(file: { path: string }, mapping: string): (sql: string) => Promise<Record<string, unknown> | undefined> {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    const { pool } = database;
    const config = { file: file.path, mapping: await readMapping(mappingPath(mapping), mappingSchema) };
    await addConnection(pool, { name: 'real', connector: 'csv', config });
    await syncConnection(pool, 'real');
    await deriveFacts(pool);
  }, 600_000);
  return async (sql) => (await database.pool.query<Record<string, unknown>>(sql)).rows[0];
}

const incidents = sharedFile('servicenow-incidents/incident_event_log.csv.gz');
describe.skipIf(incidents.isAbsent)(`incidents of an IT service${incidents.why}`, () => {
  const one = realLog(incidents, 'servicenow-incidents.yaml');

  test('first to last event', async () => {
    const row = await one(`
      select count(*)::int as items, percentile_cont(array[0.5, 0.85, 0.95]) within group (order by seconds) as seconds
      from (
        select i.item_id, extract(epoch from max(e.at) - min(e.at)) as seconds
        from facts.item i
        join core.event e using (item_id)
        where e.kind = 'changed'
        group by i.item_id
      ) as told`);
    expect(row).toEqual({ items: 17_136, seconds: [628_260, 1_721_460, 3_453_300] });
  });

  test('opened to resolved, where a resolution is told', async () => {
    const row = await one(`
      select
        count(*)::int as items,
        percentile_cont(array[0.5, 0.85, 0.95]) within group (order by extract(epoch from finished_at - created_at)) as seconds
      from facts.item
      where outcome = 'done' and excluded is null`);
    expect(row).toEqual({ items: 15_906, seconds: [102_030, 1_116_900, 2_781_450] });
  });

  test('those without one have an unknown end', async () => {
    expect(await one(`select count(*)::int as items from facts.item where outcome = 'unknown'`)).toEqual({ items: 1_230 });
  });

  test('changes of group and of person', async () => {
    const row = await one(`
      select
        sum(team_handoffs)::int as handoffs,
        count(*) filter (where team_handoffs > 0)::int as items,
        sum(team_direct_returns)::int as returns,
        count(*) filter (where team_direct_returns > 0)::int as returned_items,
        sum(person_handoffs)::int as person_handoffs
      from facts.item`);
    expect(row).toEqual({ handoffs: 13_578, items: 6_640, returns: 2_561, returned_items: 1_553, person_handoffs: 3_531 });
  });

  test('every change of owner is a handoff, and every return among them', async () => {
    const row = await one(`
      select
        count(*) filter (where level = 'team')::int as team,
        count(*) filter (where level = 'team' and returns = 'direct')::int as direct,
        count(*) filter (where level = 'person')::int as person
      from facts.handoff`);
    expect(row).toEqual({ team: 13_578, direct: 2_561, person: 3_531 });
  });

  test('reopenings, as many as the log counts itself', async () => {
    const row = await one(`
      select sum(i.reopens)::int as reopens, sum((c.attributes ->> 'reopen_count')::int)::int as told
      from facts.item i
      join core.item c using (item_id)`);
    expect(row).toEqual({ reopens: 243, told: 243 });
  });

  test('what the log says of itself on the last row of an incident', async () => {
    const row = await one(`
      select
        count(*) filter (where c.attributes ->> 'made_sla' = 'false')::int as missed,
        sum((c.attributes ->> 'reassignment_count')::int)::int as reassignments
      from facts.item i
      join core.item c using (item_id)`);
    expect(row).toEqual({ missed: 7_332, reassignments: 17_645 });
  });

  test('no due dates, no words: no promises, turns or silences', async () => {
    const row = await one(`
      select
        (select count(*) from facts.promise)::int as promises,
        (select count(*) from facts.turn)::int as turns,
        (select count(*) from facts.silence)::int as silences,
        (select count(has_note) from facts.handoff)::int as notes`);
    expect(row).toEqual({ promises: 0, turns: 0, silences: 0, notes: 0 });
  });

  test('every open second is in one court', async () => {
    expect(await one(wrongPartitions)).toEqual({ items: 0 });
  });
});

const permits = sharedFile('receipt-wabo/receipt.csv');
describe.skipIf(permits.isAbsent)(`permit applications${permits.why}`, () => {
  const one = realLog(permits, 'receipt-wabo.yaml');

  test('377 of 1,329 ended after their deadline', async () => {
    const row = await one(`
      select
        (select count(*) from facts.item)::int as items,
        count(*)::int as promised,
        count(*) filter (where i.finished_at is not null)::int as ended,
        count(*) filter (where i.finished_at > p.due_at)::int as late
      from facts.item i
      join facts.promise p on p.item_id = i.item_id and p.n = 1`);
    expect(row).toEqual({ items: 1_434, promised: 1_434, ended: 1_329, late: 377 });
  });

  test('changes of group and of person, the group called EMPTY among them', async () => {
    const row = await one(`
      select
        sum(team_handoffs)::int as handoffs,
        count(*) filter (where team_handoffs > 0)::int as items,
        sum(team_direct_returns)::int as returns,
        sum(person_handoffs)::int as person_handoffs
      from facts.item`);
    expect(row).toEqual({ handoffs: 5_440, items: 1_318, returns: 439, person_handoffs: 1_208 });
  });

  test('two that ended before they started are kept and excluded', async () => {
    expect(await one(`select count(*)::int as items from facts.item where excluded = 'clock_anomaly'`)).toEqual({ items: 2 });
  });

  test('every open second is in one court', async () => {
    expect(await one(wrongPartitions)).toEqual({ items: 0 });
  });
});

const boston = sharedFile('city-311/boston311-100.csv');
describe.skipIf(boston.isAbsent)(`requests to the city of Boston${boston.why}`, () => {
  const one = realLog(boston, 'boston-311.yaml');

  test('85 of 100 closed, 5 of the 77 with a date after it, 15 open', async () => {
    const row = await one(`
      select
        count(*)::int as items,
        count(i.finished_at)::int as finished,
        count(*) filter (where i.outcome = 'open')::int as open,
        count(p.due_at)::int as promised,
        count(p.due_at) filter (where i.finished_at is not null)::int as decided,
        count(*) filter (where i.finished_at > p.due_at)::int as late
      from facts.item i
      left join facts.promise p on p.item_id = i.item_id and p.n = 1`);
    expect(row).toEqual({ items: 100, finished: 85, open: 15, promised: 89, decided: 77, late: 5 });
  });

  test('every open second is in one court', async () => {
    expect(await one(wrongPartitions)).toEqual({ items: 0 });
  });

  test('lead times run over the change of the clock', async () => {
    const row = await one('select sum(extract(epoch from finished_at - created_at))::int as seconds from facts.item');
    // Local times subtract to 33,852,619 s; the one request closed in summer time took an hour less.
    expect(row).toEqual({ seconds: 33_849_019 });
  });
});

const newYork = sharedFile('city-311/nyc311-100.csv');
describe.skipIf(newYork.isAbsent)(`requests to the city of New York${newYork.why}`, () => {
  const one = realLog(newYork, 'nyc-311.yaml');

  test('99 of 100 closed, one of them still called pending, 8 of the 41 with a date after it', async () => {
    const row = await one(`
      select
        count(*)::int as items,
        count(i.finished_at)::int as finished,
        count(*) filter (where i.outcome = 'open')::int as open,
        count(p.due_at)::int as promised,
        count(p.due_at) filter (where i.finished_at is not null)::int as decided,
        count(*) filter (where i.finished_at > p.due_at)::int as late
      from facts.item i
      left join facts.promise p on p.item_id = i.item_id and p.n = 1`);
    expect(row).toEqual({ items: 100, finished: 99, open: 1, promised: 42, decided: 41, late: 8 });
  });

  test('every open second is in one court', async () => {
    expect(await one(wrongPartitions)).toEqual({ items: 0 });
  });

  test('four were closed the second they were opened', async () => {
    expect(await one('select count(*)::int as items from facts.item where lead_business_seconds = 0')).toEqual({ items: 4 });
  });
});
