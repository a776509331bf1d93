import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { addConnection } from '#etl/connections.js';
import { syncConnection } from '#etl/sync.js';
import { leastRights } from '#server/database/least-rights.js';
import { migrate } from '#server/database/migrate.js';
import { deriveFacts, rebuildFacts } from '#server/metrics/facts/derive.js';
import { openMetricEngine } from '#server/metrics/open-engine.js';
import { queryMetric } from '#server/metrics/query.js';
import { noOldestServer, poolOf, startOldestServer, type OldestServer } from '../../support/oldest-server.js';
import { loadSmallCompany } from '../exports/small-company.js';
import { testKey } from '../workbench/analysts.js';

describe.skipIf(noOldestServer !== '')(`on PostgreSQL 15, the oldest that is supported${noOldestServer}`, () => {
  let server: OldestServer;
  let directory: string;
  let url: string;
  let pool: pg.Pool;

  beforeAll(async () => {
    server = await startOldestServer();
    directory = server.directory;
    url = server.url('postgres');
    pool = poolOf(url);
    return async () => {
      await pool.end();
      await server.stop();
    };
  });

  test('the schema is made, a file is loaded, facts are derived and a metric is answered', async () => {
    await migrate(url);
    const file = join(directory, 'tickets.csv');
    const rows = Array.from({ length: 6 }, (_, n) => [`T${n},2026-03-02T09:00:00Z,New,A`, `T${n},2026-03-02T${n + 10}:00:00Z,Done,B`]);
    await writeFile(file, ['id,at,status,team', ...rows.flat()].join('\n'));
    const mapping = {
      rows: 'events',
      times: { format: 'iso', zone: 'UTC' },
      item: { id: 'id', type: { value: 'ticket' } },
      event: { at: 'at', status: 'status', team: 'team' },
      statuses: { New: 'ours_active', Done: 'done' },
    };
    await addConnection(pool, { name: 'tickets', connector: 'csv', config: { file, mapping } });
    expect(await syncConnection(pool, 'tickets')).toMatchObject({ state: 'complete', fetched: 12, inserted: 12 });
    expect(await deriveFacts(pool)).toEqual({ items: 6, version: 1 });
    expect(await rebuildFacts(pool)).toEqual({ items: 6, version: 2 });

    const engine = await openMetricEngine({ pool, directory, engine: 'postgres' });
    const request = { from: '2026-03-01', to: '2026-04-01', grain: 'all', zone: 'UTC', by: null, filters: {} } as const;
    // Ready after 1, 2, … 6 hours: the middle is 3.5 h.
    const leadTime = await queryMetric(engine, { metric: 'lead-time', ...request });
    expect(leadTime.rows).toMatchObject([{ n: 6, values: { p50: 12_600 } }]);
    const handoffs = await queryMetric(engine, { metric: 'handoffs', ...request });
    expect(handoffs.rows).toMatchObject([{ numerator: 6 }]);
    await engine.close();
  });

  test('an owner who may make no roles goes on as before, and gets logins of fewer rights once it may', async () => {
    await pool.query(`create role plain login password 'of-plain'`);
    await pool.query('create database managed owner plain');
    const own = server.url('managed', 'plain:of-plain');
    await migrate(own);
    const key = () => Promise.resolve(testKey);
    expect(await leastRights(own, key)).toMatchObject({ rights: { isLeast: false, user: 'plain', why: 'forbidden' }, app: own, etl: own });

    await pool.query('alter role plain createrole');
    expect((await leastRights(own, key)).rights.isLeast).toBe(true);
    await pool.query('alter role plain nocreaterole');
    const logins = await leastRights(own, key);
    expect(logins.rights.isLeast).toBe(true);
    const [app, etl] = [poolOf(logins.app), poolOf(logins.etl)];
    try {
      await loadSmallCompany(etl);
      expect(await rebuildFacts(etl)).toMatchObject({ items: 3 });
      expect((await app.query('select from analytics.item')).rowCount).toBe(3);
      await expect(app.query('update core.item set title = title')).rejects.toThrow('permission denied');
      await expect(etl.query('select from app.account')).rejects.toThrow('permission denied');
      expect(await migrate(own)).toEqual([]);
    } finally {
      await Promise.all([app.end(), etl.end()]);
    }
  });
});
