import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { addConnection } from '#etl/connections.js';
import { syncConnection } from '#etl/sync.js';
import { databaseAccount } from '#server/database/account.js';
import { migrate } from '#server/database/migrate.js';
import { deriveFacts, rebuildFacts } from '#server/metrics/facts/derive.js';
import { openMetricEngine } from '#server/metrics/engine.js';
import { queryMetric } from '#server/metrics/query.js';
import { freePort, removeDirectory, temporaryDirectory } from '../../support/built-server.js';

const binaries = '/usr/lib/postgresql/15/bin';
const missing = existsSync(join(binaries, 'postgres')) ? '' : ` (skipped: no PostgreSQL 15 in ${binaries})`;

describe.skipIf(missing !== '')(`on PostgreSQL 15, the oldest that is supported${missing}`, () => {
  let directory: string;
  let url: string;
  let pool: pg.Pool;

  beforeAll(async () => {
    directory = await temporaryDirectory();
    const port = await freePort();
    const data = join(directory, 'db');
    await mkdir(data, { mode: 0o700 });
    const account = databaseAccount();
    if (account) await chown(data, account.uid, account.gid);
    const run = (program: string, options: string[]): void => {
      const { status, stderr } = spawnSync(join(binaries, program), options, {
        ...(account && { uid: account.uid, gid: account.gid }),
        cwd: '/',
        encoding: 'utf8',
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
    };
    run('initdb', ['--pgdata', data, '--username', 'tester', '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C']);
    const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`;
    run('pg_ctl', ['start', '--pgdata', data, '--wait', '--log', join(data, 'start.log'), '--options', settings]);
    url = `postgres://tester@127.0.0.1:${port}/postgres`;
    pool = new pg.Pool({ connectionString: url });
    pool.on('connect', (client) => client.on('error', () => undefined));
    pool.on('error', () => undefined);
    return async () => {
      await pool.end();
      run('pg_ctl', ['stop', '--pgdata', data, '--mode', 'fast', '--wait']);
      await removeDirectory(directory);
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
});
