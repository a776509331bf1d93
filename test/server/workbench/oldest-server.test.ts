import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { ownerOfTheMachine } from '#server/access/principal.js';
import { migrate } from '#server/database/migrate.js';
import { rebuildFacts } from '#server/metrics/facts/derive.js';
import { registerAnalystCommand } from '#server/workbench/analyst.cli.js';
import { asAdmin } from '#server/workbench/admin-session.js';
import { closeChildren } from '#server/workbench/children.js';
import { pageLimits } from '#server/workbench/run-limits.js';
import { runQuery } from '#server/workbench/run-query.js';
import { setUpWorkbench } from '#server/workbench/setup.js';
import { Workbench } from '#server/workbench/workbench.js';
import { runCommand } from '../dashboards/command-line.js';
import { loadSmallCompany } from '../exports/small-company.js';
import { noOldestServer, poolOf, startOldestServer } from '../../support/oldest-server.js';
import { testKey } from './analysts.js';

describe.skipIf(noOldestServer !== '')(`on PostgreSQL 15, with a login that owns the database and no more${noOldestServer}`, () => {
  let url = '';
  let admin = '';
  let pool: pg.Pool;
  let workbench: Workbench;

  beforeAll(async () => {
    const server = await startOldestServer();
    const boss = new pg.Client({ connectionString: server.url('postgres') });
    await boss.connect();
    await boss.query(`create role app login password 'of-app'`);
    await boss.query('create database throughline owner app');
    await boss.end();
    url = server.url('throughline', 'app:of-app');
    admin = server.url('throughline');
    await migrate(url);
    pool = poolOf(url);
    await loadSmallCompany(pool);
    workbench = new Workbench({ pool, databaseUrl: url, key: () => Promise.resolve(testKey), isAllowedBelowFloor: true });
    return async () => {
      closeChildren();
      await pool.end();
      await server.stop();
    };
  });

  test('is off until a superuser has set it up, and says how', async () => {
    await workbench.check();
    expect(workbench.workbenchHealth()).toMatchObject({
      state: 'off',
      reason: expect.stringContaining('throughline workbench setup --as') as string,
    });
    await expect(asAdmin(url, undefined, () => Promise.resolve())).rejects.toThrow('may make no logins');
    await expect(asAdmin(url, admin.replace(/throughline$/, 'postgres'), () => Promise.resolve())).rejects.toThrow('another database');
    await expect(asAdmin(url, url, () => Promise.resolve())).rejects.toThrow('app is no superuser');
  });

  test('no attack comes through once it is set up', async () => {
    await asAdmin(url, admin, (session, app) => setUpWorkbench(session, { app, key: testKey, scopes: [null, { team: ['Desk'] }] }));
    await workbench.check();
    const { state, server, floor, probes } = workbench.workbenchHealth();
    process.stdout.write(
      `probes on PostgreSQL ${server}: ${probes?.tried} tried in ${probes?.milliseconds} ms, ${probes?.unexpected.length} unexpected\n`,
    );
    expect([state, probes?.unexpected]).toEqual(['on', []]);
    // Debian's is below the release that repairs CVE-2026-6460, or is it.
    expect([null, '15.20']).toContain(floor);
  });

  test('a query is answered, and that of a scope by its own login; one that was not made says how', async () => {
    const count = async (scope: Record<string, string[]> | null) => {
      const login = await workbench.loginFor({ ...ownerOfTheMachine, scope }, '1');
      const run = await runQuery(login, { text: 'select count(*)::int from item', parameters: [] }, { limits: pageLimits });
      for await (const batch of run.batches) return batch.columns[0]?.numbers?.[0];
      return null;
    };
    expect([await count(null), await count({ team: ['Desk'] })]).toEqual([3, 2]);
    await expect(count({ team: ['+Field'] })).rejects.toThrow(`--only 'team=+Field'`);
  });

  test('the program itself goes on as before: it loads, derives and migrates', async () => {
    expect(await rebuildFacts(pool)).toMatchObject({ items: 3 });
    expect(await migrate(url)).toEqual([]);
    await pool.query('select pg_advisory_lock(1), pg_advisory_unlock(1), pg_notify($1, $2), pg_sleep(0)', ['channel', 'word']);
    await pool.query('create temp table t (a int); do $$ begin end $$; create table public.t (a int); drop table public.t');
  });

  test('somebody gets a login for psql that reads and no more, and loses it', async () => {
    const run = (...words: string[]) => runCommand(pool, registerAnalystCommand, ['analyst', ...words]);
    const { printed, error } = await run('create', 'grace', '--only', 'team=Nowhere', 'team=Desk', '--as', admin);
    expect(error).toBeNull();
    const client = new pg.Client({ connectionString: String(printed[0]) });
    client.on('error', () => undefined);
    await client.connect();
    // Derived anew, all three are of the desk.
    expect((await client.query('select count(*)::int as count from item')).rows).toEqual([{ count: 3 }]);
    await pool.query(`update facts.item set team_id = null where outcome = 'open'`);
    expect((await client.query('select count(*)::int as count from item')).rows).toEqual([{ count: 2 }]);
    await expect(client.query('select * from core.item')).rejects.toThrow('permission denied');
    await expect(client.query('create temp table t (a int)')).rejects.toThrow();
    expect((await run('create', 'grace', '--as', admin)).error).toContain('There is an analyst "grace" already');
    expect((await run('create', 'Grace H', '--as', admin)).error).toContain('is no name of a login');
    expect(String((await run('list')).printed[0])).toMatch(/grace +throughline_analyst_\d+_u_grace +team Desk, Nowhere/);
    const renewed = String((await run('password', 'grace', '--as', admin)).printed[0]);
    await expect(new pg.Client({ connectionString: String(printed[0]) }).connect()).rejects.toThrow('password authentication failed');
    expect((await run('remove', 'grace', '--as', admin)).printed).toEqual(['grace is removed']);
    await expect(client.query('select 1')).rejects.toThrow();
    await expect(new pg.Client({ connectionString: renewed }).connect()).rejects.toThrow('password authentication failed');
    expect((await run('remove', 'grace', '--as', admin)).error).toContain('There is no analyst "grace"');
    expect(await workbench.look()).toBeUndefined();
    expect(workbench.workbenchHealth().state).toBe('on');
  });
});
