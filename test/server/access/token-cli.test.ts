import { expect, test } from 'vitest';
import { registerTokenCommand } from '#server/access/token.cli.js';
import { principalOfToken } from '#server/access/token.js';
import { testDatabase } from '../../support/database.js';
import { runCommand } from '../dashboards/command-line.js';

const { pool } = await testDatabase();
const token = (...words: string[]) => runCommand(pool, registerTokenCommand, ['token', ...words]);
await pool.query(`insert into app.account (email, name, role) values ('ann@company.test', 'Ann', 'analyst')`);
const ofAnn = ['--account', 'Ann@company.test'];

test('makes a token that opens, lists it without its key and revokes it', async () => {
  const made = await token('make', 'nightly', ...ofAnn, '--may', 'read,export', '--only', 'team=Field', '--days', '7');
  expect(made.exitCode).toBe(0);
  const [key] = made.printed as string[];
  expect(key).toMatch(/^tl_[A-Za-z0-9_-]{43}$/);
  expect(await principalOfToken(pool, key ?? '', new Date())).toMatchObject({
    name: 'Ann',
    only: ['read', 'export'],
    scope: { team: ['Field'] },
  });
  const [list] = (await token('list', ...ofAnn)).printed as string[];
  expect(list).toContain('nightly');
  expect(list).toContain('team=Field');
  expect(list).not.toContain(key);
  expect((await token('revoke', 'nightly', ...ofAnn)).printed).toEqual(['"nightly" opens nothing any more.']);
  expect(await principalOfToken(pool, key ?? '', new Date())).toBeNull();
  expect((await token('list', ...ofAnn)).printed).toEqual(['There is no token.']);
  const { rows } = await pool.query('select by, action from app.audit order by id');
  expect(rows).toEqual([
    { by: 'command', action: 'token.make' },
    { by: 'command', action: 'token.revoke' },
  ]);
});

test('names what is wrong and what would do', async () => {
  const failed = async (...words: string[]) => String((await token(...words)).error);
  expect(await failed('make', 'x', ...ofAnn, '--may', 'manage')).toContain('manage is beyond the role "analyst"');
  expect(await failed('make', 'x', '--account', 'bob@company.test', '--may', 'read')).toContain('There is no account "bob@company.test"');
  expect(await failed('make', 'x', ...ofAnn, '--may', 'read', '--only', 'customer=Acme')).toContain('write it as in team=Support');
  expect(await failed('revoke', 'x', ...ofAnn)).toContain('There is no token "x"');
  await pool.query('update app.account set disabled_at = now()');
  expect(await failed('make', 'x', ...ofAnn, '--may', 'read')).toContain('is disabled');
});
