import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isPasswordOf } from '#server/access/passwords.js';
import { openSession } from '#server/access/sessions.js';
import { registerUserCommand } from '#server/access/user.cli.js';
import { testDatabase } from '../../support/database.js';
import { runCommand } from '../dashboards/command-line.js';

const { pool } = await testDatabase();
const user = (...words: string[]) => runCommand(pool, registerUserCommand, ['user', ...words]);
const printed = async (...words: string[]) => String((await user(...words)).printed[0]);

test('makes a link for the first administrator until there is one', async () => {
  expect(await printed('list')).toBe('There is no account yet: throughline user link');
  expect(await printed('link')).toMatch(/^http:\/\/127\.0\.0\.1:3000\/welcome#key=[A-Za-z0-9_-]{43}$/);
  expect(await printed('add', 'Ada@company.test', '--name', 'Ada', '--role', 'admin')).toMatch(/\/welcome#key=/);
  expect((await user('link')).error).toContain('There is an administrator already; name the account');
  expect(await printed('link', 'ada@company.test')).toMatch(/\/welcome#key=/);
});

test('adds, changes and lists accounts', async () => {
  await user('add', 'lea@company.test', '--name', 'Lea', '--role', 'lead', '--only', 'team=Billing', '--only', 'team=Field');
  expect(await printed('list')).toContain('lea@company.test  Lea   lead   team=Billing|Field  by name  no password yet');
  expect((await user('add', 'lea@company.test', '--name', 'Lea')).error).toContain('There is an account of lea@company.test already.');
  expect((await user('add', 'lea at company', '--name', 'Lea')).error).toContain('is no address; write it plainly');
  expect(await printed('change', 'lea@company.test', '--role', 'viewer', '--everything', '--no-names')).toContain(
    'lea@company.test  Lea   viewer  everything  by pseudonym  no password yet',
  );
  expect((await user('change', 'lea@company.test')).error).toContain('Nothing to change; give --name');
  expect((await user('change', 'bob@company.test', '--role', 'lead')).error).toContain('There is no account "bob@company.test".');
});

test('sets a password from a file, refuses one that is guessed, and ends the sessions of the account', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'throughline-user-'));
  const file = join(directory, 'password.txt');
  const { rows } = await pool.query<{ id: string }>(`select id from app.account where email = 'lea@company.test'`);
  const id = rows[0]?.id ?? '';
  await openSession(pool, id, { address: '127.0.0.1', agent: 'test' }, new Date());
  await writeFile(file, 'Password1234!\n');
  expect((await user('password', 'lea@company.test', '--password-file', file)).error).toBe(
    'The password is among those that are tried first; take several words.',
  );
  expect((await pool.query('select from app.session')).rowCount).toBe(1);
  await writeFile(file, 'fresh paint on tuesday\n');
  expect((await user('password', 'lea@company.test', '--password-file', file)).exitCode).toBe(0);
  expect(await isPasswordOf(pool, id, 'fresh paint on tuesday')).toBe(true);
  expect((await pool.query('select from app.session')).rowCount).toBe(0);
  await rm(directory, { recursive: true });
});

test('switches an account off and on, and never the last administrator', async () => {
  expect(await printed('disable', 'lea@company.test')).toBe('lea@company.test is disabled');
  expect(await printed('list')).toMatch(/lea@company\.test.*disabled$/m);
  expect(await printed('enable', 'lea@company.test')).toBe('lea@company.test is enabled');
  for (const words of [
    ['disable', 'ada@company.test'],
    ['remove', 'ada@company.test'],
    ['change', 'ada@company.test', '--role', 'lead'],
  ])
    expect((await user(...words)).error).toContain('This is the last administrator; make another one first');
  expect(await printed('remove', 'lea@company.test')).toBe('removed lea@company.test');
});

test('whoever does it at the machine is in the audit log', async () => {
  const { rows } = await pool.query(`select distinct by, action from app.audit order by action`);
  expect(rows).toEqual([
    { by: 'command', action: 'account.add' },
    { by: 'command', action: 'account.change' },
    { by: 'command', action: 'account.remove' },
    { by: 'command', action: 'password.change' },
  ]);
});
