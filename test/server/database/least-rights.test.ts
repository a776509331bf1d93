import type pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { removeConnection } from '#etl/connections.js';
import { keyOf } from '#etl/vault/key.js';
import { leastRights } from '#server/database/least-rights.js';
import { openPool } from '#server/database/pool.js';
import { deriveFacts, rebuildFacts } from '#server/metrics/facts/derive.js';
import { setUpWorkbench } from '#server/workbench/setup.js';
import { testDatabase } from '../../support/database.js';
import { loadSmallCompany } from '../exports/small-company.js';
import { testKey } from '../workbench/analysts.js';

const { url, pool } = await testDatabase();
const key = () => Promise.resolve(testKey);
const otherKey = () => Promise.resolve(keyOf('ffeeddccbbaa99887766554433221100'.repeat(2), 'the other key'));
const sessions: Record<'app' | 'etl', pg.Pool> = { app: pool, etl: pool };

beforeAll(async () => {
  await loadSmallCompany(pool);
  // As servers and commands that start together do; the first one finds a database that knew no roles.
  const [logins] = await Promise.all([1, 2, 3, 4].map(() => leastRights(url, key)));
  for (const login of ['app', 'etl'] as const) sessions[login] = openPool(logins?.[login] ?? '', { max: 3, name: `throughline ${login}` });
  // Whoever may read SQL takes from everybody what the program goes on to need.
  const admin = await pool.connect();
  await setUpWorkbench(admin, { app: new URL(url).username, key: testKey, scopes: [null] });
  admin.release();
  return async () => {
    await Promise.all([sessions.app.end(), sessions.etl.end()]);
  };
});

/** `yes`, or how PostgreSQL refuses it; nothing of it stays. */
async function may(login: 'app' | 'etl', statement: string): Promise<string> {
  const client = await sessions[login].connect();
  try {
    await client.query('begin');
    await client.query(statement);
    return 'yes';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === '42501' ? 'no' : String(error);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

describe('what each login may', () => {
  test.each([
    // statement, app, etl
    ['create role mallory', 'no', 'no'],
    ['select rolpassword from pg_authid', 'no', 'no'],
    [`copy core.team to program 'true'`, 'no', 'no'],
    [`copy core.team to '/tmp/teams'`, 'no', 'no'],
    [`select pg_read_file('PG_VERSION')`, 'no', 'no'],
    ['set role pg_read_all_data', 'no', 'no'],
    ['create schema mine', 'no', 'no'],
    ['create table app.mine (a int)', 'no', 'no'],
    ['create table core.mine (a int)', 'no', 'no'],
    ['create table public.mine (a int)', 'no', 'no'],
    ['alter table app.account add mine int', 'no', 'no'],
    ['drop view analytics.item', 'no', 'no'],
    [`create function facts.mine() returns int language plpgsql as 'begin end'`, 'no', 'no'],
    ['create temp table mine (a int)', 'no', 'yes'],
    ['truncate core.event', 'no', 'no'],
    ['update core.item set title = title', 'no', 'yes'],
    ['delete from core.event', 'no', 'yes'],
    [`insert into core.team select * from core.team where false`, 'no', 'yes'],
    ['select from core.message', 'yes', 'yes'],
    ['update ingest.connection set name = name', 'no', 'yes'],
    ['select from ingest.secret', 'no', 'yes'],
    ['select from ingest.push_token', 'no', 'yes'],
    ['select from ingest.raw_record', 'yes', 'yes'],
    ['update facts.item set team_id = team_id', 'no', 'yes'],
    ['create table facts.mine (a int)', 'no', 'yes'],
    ['update facts.state set version = version', 'no', 'yes'],
    ['insert into facts.dirty (item_id) select item_id from core.item limit 1', 'yes', 'yes'],
    ['select from measured.item', 'yes', 'yes'],
    ['select from analytics.item', 'yes', 'no'],
    ['select from app.account', 'yes', 'no'],
    ['delete from app.session', 'yes', 'no'],
    ['update app.note set id = id', 'yes', 'no'],
    [`update app.setting set value = value`, 'yes', 'yes'],
    ['delete from app.setting', 'yes', 'no'],
    [`insert into app.audit (by, action, outcome) values ('program', 'retention', 'done')`, 'yes', 'yes'],
    [`update app.audit set action = 'none'`, 'no', 'no'],
    [`insert into app.analyst_role (role_name, label) values ('mallory', '')`, 'no', 'no'],
    ['select pg_advisory_xact_lock(1), set_config($$jit$$, $$off$$, true)', 'yes', 'yes'],
    ['select pg_notify($$a$$, $$b$$)', 'no', 'no'],
  ])('%s: app %s, etl %s', async (statement, app, etl) => {
    expect([await may('app', statement), await may('etl', statement)]).toEqual([app, etl]);
  });

  test('neither may change the server, nor become anybody', async () => {
    for (const login of ['app', 'etl'] as const) {
      await expect(sessions[login].query(`alter system set log_statement = 'all'`)).rejects.toThrow('permission denied');
      const { rows } = await sessions[login].query(
        `select rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls as more, m.roleid is not null as "isMember"
        from pg_roles r left join pg_auth_members m on m.member = r.oid where r.rolname = session_user`,
      );
      expect(rows).toEqual([{ more: false, isMember: false }]);
    }
  });

  test('nothing in our schemas belongs to a login that serves the page, or to the administrator', async () => {
    const { rows } = await pool.query(
      `select n.nspname as schema, string_agg(distinct regexp_replace(pg_get_userbyid(c.relowner), '_[0-9]+$', ''), ' ') as owners
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('analytics', 'app', 'core', 'facts', 'ingest', 'measured') and c.relkind in ('r', 'p', 'v')
      group by 1 order by 1`,
    );
    expect(rows.map(({ schema, owners }) => `${schema}: ${owners}`)).toEqual([
      'analytics: throughline_owner',
      'app: throughline_owner',
      'core: throughline_owner',
      'facts: throughline_etl',
      'ingest: throughline_owner',
      'measured: throughline_owner',
    ]);
  });
});

test('the views of analytics show the program all, texts too', async () => {
  const { rows } = await sessions.app.query(
    `select (select count(*) from analytics.item) = (select count(*) from facts.item) as "isAll",
      exists (select from analytics.message where body <> '') as "hasTexts"`,
  );
  expect(rows).toEqual([{ isAll: true, hasTexts: true }]);
});

test('facts are rebuilt and put in place by the login that owns them, and the page reads the new ones', async () => {
  expect(await rebuildFacts(sessions.etl)).toMatchObject({ items: 3 });
  expect((await sessions.app.query('select from measured.item')).rowCount).toBe(3);
});

test('what was granted beyond is taken back at the next start, and new tables get their rights', async () => {
  await pool.query(`
    grant update on core.item to public;
    do $$ begin
      execute format('grant update on core.item to %I', (select 'throughline_app_' || oid from pg_database where datname = current_database()));
    end $$;
    revoke update on core.item from public;
    create table app.later (a int)`);
  expect([await may('app', 'update core.item set title = title'), await may('app', 'select from app.later')]).toEqual(['yes', 'no']);
  expect((await leastRights(url, key)).rights.isLeast).toBe(true);
  expect([await may('app', 'update core.item set title = title'), await may('app', 'select from app.later')]).toEqual(['no', 'yes']);
  await pool.query('drop table app.later');
});

test('where the key cannot be read, the program goes on as before, and says why', async () => {
  const { rights } = await leastRights(url, () => Promise.reject(new Error('secrets.key can be read by others')));
  expect(rights).toMatchObject({ isLeast: false, why: 'shut-out', reason: 'secrets.key can be read by others' });
});

test('a server of another key goes on as before while the logins are in use, and says why', async () => {
  await sessions.etl.query('select');
  const { rights, app, etl } = await leastRights(url, otherKey);
  expect(rights).toMatchObject({ isLeast: false, user: new URL(url).username, why: 'other-key' });
  expect([app, etl]).toEqual([url, url]);
});

test('what a connection brought can be taken out again', async () => {
  await removeConnection(sessions.etl, 'desk');
  await deriveFacts(sessions.etl);
  expect((await sessions.app.query('select from measured.item')).rowCount).toBe(0);
});

test('a new key gives new passwords once nobody uses the old ones', async () => {
  const old = sessions.app.options.connectionString ?? '';
  await Promise.all([sessions.app.end(), sessions.etl.end()]);
  const renewed = await leastRights(url, otherKey);
  expect(renewed.rights.isLeast).toBe(true);
  for (const login of ['app', 'etl'] as const) sessions[login] = openPool(renewed[login], { max: 3, name: `throughline ${login}` });
  expect((await sessions.app.query('select')).rowCount).toBe(1);
  const before = openPool(old, { max: 1, name: 'throughline' });
  await expect(before.query('select')).rejects.toThrow('password authentication failed');
  await before.end();
});
