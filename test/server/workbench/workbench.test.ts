import { createInterface } from 'node:readline/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownerOfTheMachine, type Principal } from '#server/access/principal.js';
import type { QueryRunMessage } from '#server/api.js';
import { closeChildren } from '#server/workbench/children.js';
import { floorAbove } from '#server/workbench/floor.js';
import { pageLimits } from '#server/workbench/run-limits.js';
import { runQuery } from '#server/workbench/run-query.js';
import { Runs } from '#server/workbench/runs.js';
import { Workbench } from '#server/workbench/workbench.js';
import { textOf } from '#server/exports/column-batch.js';
import { testDatabase } from '../../support/database.js';
import { ids, loadSmallCompany } from '../exports/small-company.js';
import { dropLogins, testKey } from './analysts.js';

const { pool, url } = await testDatabase();
const analyst: Principal = { ...ownerOfTheMachine, id: ids.ada, role: 'analyst', by: 'session' };
const settings = { pool, databaseUrl: url, key: () => Promise.resolve(testKey), isAllowedBelowFloor: false };

beforeAll(() => loadSmallCompany(pool));
afterAll(async () => {
  closeChildren();
  await dropLogins(pool);
});

const never = new AbortController().signal;
const workbench = new Workbench({ ...settings, isAllowedBelowFloor: true });

async function texts(asker: Principal, text: string): Promise<string[]> {
  const run = await runQuery(await workbench.loginFor(asker, '1'), { text, parameters: [] }, { limits: pageLimits });
  const found: string[] = [];
  for await (const batch of run.batches) {
    const [column] = batch.columns;
    for (let row = 0; row < batch.length; row += 1) if (column) found.push(textOf(column, row));
  }
  return found.sort();
}

test('is on once every attack was refused', async () => {
  expect(workbench.stateFor(analyst)).toMatchObject({ isOn: false, isChecking: true });
  await workbench.check();
  expect(workbench.workbenchHealth()).toMatchObject({ state: 'on', reason: null, probes: { unexpected: [] } });
  expect(workbench.stateFor(analyst)).toMatchObject({
    isOn: true,
    reason: null,
    limits: { rows: 100_000, seconds: 30, perPerson: 2, inAll: 8 },
  });
});

test('a query that waited for its place says when it begins', async () => {
  const others = await Promise.all(
    ['a', 'a', 'b', 'b', 'c', 'c', 'd', 'd'].map((name) => workbench.places.take(name, () => undefined, never)),
  );
  const answer = new Runs(pool, workbench).start({ asker: analyst, address: null }, { text: 'select 1', parameters: [] });
  const kinds: string[] = [];
  for await (const line of createInterface(answer)) {
    const { kind } = JSON.parse(line) as QueryRunMessage;
    kinds.push(kind);
    if (kind === 'waiting') others.pop()?.();
  }
  for (const leave of others) leave();
  expect(kinds).toEqual(['started', 'waiting', 'started', 'columns', 'rows', 'end']);
});

describe('what a login of a scope sees', () => {
  const seen = (scope: Principal['scope'], text: string) => texts({ ...analyst, scope }, text);

  beforeAll(async () => {
    await pool.query(`update facts.item set service = 'Repair' where item_id = $1`, [ids.open]);
    await pool.query(`update core.customer set group_name = 'Gold'`);
  });

  test.each([
    [null, [ids.first, ids.second, ids.open]],
    [{ team: ['Desk'] }, [ids.first, ids.open]],
    [{ team: ['+Field'] }, [ids.second]],
    [{ team: ['+Field', 'Desk'], service: ['Repair'] }, [ids.open]],
    [{ service: [''] }, [ids.first, ids.second]],
    [{ group: ['Gold'] }, [ids.first, ids.second, ids.open]],
    [{ group: ['Silver'] }, []],
    [{ team: ['Nowhere'] }, []],
    [{ team: [] }, []],
  ] as const)('%j: items, and what happened to them, alone', async (scope, items) => {
    expect(await seen(scope, 'select item_id::text from analytics.item')).toEqual([...items]);
    expect(await seen(scope, 'select distinct item_id::text from analytics.event')).toEqual([...items]);
    expect(await seen(scope, 'select distinct item_id::text from analytics.interval')).toEqual([...items]);
  });

  test('names of teams and customers that occur in it alone', async () => {
    expect(await seen({ team: ['+Field'] }, 'select team from analytics.team')).toEqual(['+Field']);
    expect(await seen({ service: ['Repair'] }, 'select team from analytics.team')).toEqual(['Desk']);
    expect(await seen({ team: ['Nowhere'] }, 'select customer from analytics.customer')).toEqual([]);
    expect(await seen({ team: ['Nowhere'] }, 'select connection from analytics.connection')).toEqual([]);
  });

  test('nothing more by a condition that looks at the rows before the scope does', async () => {
    expect(await seen({ team: ['Desk'] }, `select item_id::text from analytics.item where 1 / (team_handoffs - 1) <> 7 or true`)).toEqual([
      ids.first,
      ids.open,
    ]);
  });

  test('no texts of messages, and nobody by name', async () => {
    expect(await seen(null, 'select body from analytics.message where body is not null')).toEqual([]);
    const { rows } = await pool.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'analytics'::regnamespace and relkind = 'v'`,
    );
    for (const { name } of rows) {
      expect(await seen(null, `select v::text from analytics.${name} v where v::text like '%Lovelace%'`)).toEqual([]);
    }
  });

  test('no view that does not keep to the scope', async () => {
    await pool.query('create view analytics.loose as select item_id::text from facts.item');
    await workbench.check();
    expect(await seen(null, 'select item_id from analytics.loose')).toHaveLength(3);
    await expect(seen({ team: ['Desk'] }, 'select item_id from analytics.loose')).rejects.toThrow('permission denied for view loose');
    await pool.query('drop view analytics.loose');
  });

  test('whoever is not listed sees nothing', async () => {
    await pool.query(`create table app.taken as select * from app.analyst_role`);
    await pool.query('delete from app.analyst_role');
    expect(await seen(null, 'select item_id::text from analytics.item')).toEqual([]);
    expect(await seen({ team: ['Desk'] }, 'select item_id::text from analytics.item')).toEqual([]);
    await pool.query('insert into app.analyst_role select * from app.taken');
    await pool.query('drop table app.taken');
  });
});

test('asks the right role of whoever asks, and a repaired PostgreSQL of all but administrators', () => {
  expect(workbench.stateFor({ ...analyst, role: 'lead' })).toMatchObject({ isOn: false });
  expect(floorAbove(180_004)).toBe('18.7');
  expect(floorAbove(180_007)).toBeNull();
  expect(floorAbove(150_018)).toBe('15.20');
  expect(floorAbove(170_013)).toBeNull();
  expect(floorAbove(190_000)).toBeNull();
});

test('is off for analysts below the floor unless it is allowed', async () => {
  const strict = new Workbench(settings);
  await strict.check();
  const { server, floor } = strict.workbenchHealth();
  // The embedded server is 18.4.
  expect([server, floor]).toEqual(['18.4', '18.7']);
  expect(strict.stateFor(analyst)).toMatchObject({ isOn: false, reason: expect.stringContaining('18.4 is older than 18.7') as string });
  expect(strict.stateFor({ ...analyst, role: 'admin' })).toMatchObject({ isOn: true, reason: null });
  await expect(strict.loginFor(analyst, '1')).rejects.toMatchObject({ told: { reason: 'off' } });
});

describe('sabotage', () => {
  const role = new URL(url).pathname;

  test.each([
    ['grant execute on function pg_sleep(float8) to public', 'revoke execute on function pg_sleep(float8) from public'],
    ['create function public.leak() returns int language sql as $$ select 1 $$', 'drop function public.leak()'],
    ['grant usage on schema public to public', 'revoke usage on schema public from public'],
    ['grant temporary on database current to public', 'revoke temporary on database current from public'],
    ['grant usage on language plpgsql to public', 'revoke usage on language plpgsql from public'],
  ])('given back to everybody, it is taken again within a minute: %s', async (grant, revoke) => {
    const name = role.slice(1);
    await pool.query(grant.replace('current', name));
    await workbench.look();
    expect(workbench.workbenchHealth()).toMatchObject({ state: 'on', probes: { unexpected: [] } });
    const { rows } = await pool.query(`select has_function_privilege('pg_monitor', 'pg_sleep(float8)', 'execute') as open`);
    expect(rows).toEqual([{ open: false }]);
    await pool.query(revoke.replace('current', name));
  });

  test.each([
    [
      'grant usage on schema core to {role}; grant select on core.item to {role}',
      'it may use the schema core',
      'revoke all on schema core from {role}; revoke all on core.item from {role}',
    ],
    ['grant pg_read_all_data to {role}', 'it is a member of pg_read_all_data', 'revoke pg_read_all_data from {role}'],
    ['grant execute on function pg_read_file(text) to {role}', 'pg_read_file', 'revoke execute on function pg_read_file(text) from {role}'],
    ['grant insert on analytics.team to {role}', 'it may change analytics.team', 'revoke insert on analytics.team from {role}'],
    [
      'grant execute on function set_config(text, text, boolean) to {role}',
      'set_config',
      'revoke execute on function set_config(text, text, boolean) from {role}',
    ],
  ])('given to the login, it is found and the workbench is off: %s', async (grant, found, revoke) => {
    const { rows } = await pool.query<{ role: string }>('select role_name as role from app.analyst_role where scope is null');
    const own = rows[0]?.role ?? '';
    await pool.query(grant.replaceAll('{role}', `"${own}"`));
    await workbench.check();
    expect(workbench.workbenchHealth()).toMatchObject({ state: 'off', reason: expect.stringContaining(found) as string });
    await expect(workbench.loginFor(analyst, '1')).rejects.toThrow(found);
    await pool.query(revoke.replaceAll('{role}', `"${own}"`));
    await workbench.look();
    expect(workbench.workbenchHealth().state).toBe('on');
  });
});
