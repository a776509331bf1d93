import { expect, test } from 'vitest';
import { beginAttempt, forgiveAttempt } from '#server/access/attempts.js';
import { findSession, openSession, readSessions } from '#server/access/sessions.js';
import { testDatabase } from '../../support/database.js';

const { pool } = await testDatabase();
const place = { address: '203.0.113.9', agent: 'Browser' };
const start = Date.parse('2026-03-02T08:00:00Z');
const after = (hours: number, seconds = 0) => new Date(start + hours * 3_600_000 + seconds * 1_000);

const { rows } = await pool.query<{ id: string }>(
  `insert into app.account (email, name, role) values ('ann@company.test', 'Ann', 'viewer') returning id`,
);
const account = rows[0]?.id ?? '';

test('a session that nobody uses ends after eight hours', async () => {
  const token = await openSession(pool, account, place, after(0));
  expect((await findSession(pool, token, after(7, 3_599)))?.principal.name).toBe('Ann');
  // Used after 7 h 59 min 59 s, so it lives until 15 h 59 min 59 s.
  expect(await findSession(pool, token, after(15, 3_598))).not.toBeNull();
  expect(await findSession(pool, token, after(23, 3_598))).toBeNull();
});

test('a session ends after seven days however it is used', async () => {
  const token = await openSession(pool, account, place, after(0));
  for (let hours = 7; hours < 168; hours += 7) expect(await findSession(pool, token, after(hours)), `${hours} h`).not.toBeNull();
  expect(await findSession(pool, token, after(167, 3_599))).not.toBeNull();
  expect(await findSession(pool, token, after(168))).toBeNull();
});

test('the session of an account that is disabled opens nothing', async () => {
  const token = await openSession(pool, account, place, after(0));
  await pool.query('update app.account set disabled_at = $2 where id = $1', [account, after(1)]);
  expect(await findSession(pool, token, after(1))).toBeNull();
  await pool.query('update app.account set disabled_at = null where id = $1', [account]);
  expect(await findSession(pool, token, after(1))).not.toBeNull();
});

test('an account that was switched off while it signed in has no session, nor once it is on again', async () => {
  await pool.query('update app.account set disabled_at = $2 where id = $1', [account, after(0)]);
  const token = await openSession(pool, account, place, after(0));
  await pool.query('update app.account set disabled_at = null where id = $1', [account]);
  expect(await findSession(pool, token, after(0))).toBeNull();
});

test('what ran out is not listed, and goes when somebody signs in', async () => {
  await pool.query('delete from app.session');
  await openSession(pool, account, place, after(0));
  expect(await readSessions(pool, account, after(8))).toEqual([]);
  await openSession(pool, account, { address: 'x'.repeat(400), agent: 'y'.repeat(400) }, after(9));
  const lines = await readSessions(pool, account, after(9));
  expect(lines.map(({ address, agent }) => [address.length, agent.length])).toEqual([[60, 300]]);
  expect((await pool.query('select from app.session')).rowCount).toBe(1);
});

test('the token itself is kept nowhere', async () => {
  const token = await openSession(pool, account, place, after(0));
  const { rows: kept } = await pool.query<{ row: string }>('select s::text as row from app.session s');
  expect(kept.map(({ row }) => row).join()).not.toContain(token);
});

test('five failures are free; then one waits 1, 2, 4, 8 and 15 minutes', async () => {
  const subjects = ['account:a', 'address:a'];
  let now = start;
  const begin = () => beginAttempt(pool, subjects, new Date(now));
  for (let attempt = 0; attempt < 5; attempt += 1) expect(await begin()).toBeNull();
  const waits: (number | null)[] = [];
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const wait = await begin();
    waits.push(wait);
    now += (wait ?? 0) * 1_000;
    expect(await begin()).toBeNull();
  }
  expect(waits).toEqual([60, 120, 240, 480, 900, 900]);
});

test('who waits is not made to wait longer by asking again', async () => {
  for (let attempt = 0; attempt < 5; attempt += 1) await beginAttempt(pool, ['account:b'], after(0));
  expect(await beginAttempt(pool, ['account:b'], after(0, 10))).toBe(50);
  expect(await beginAttempt(pool, ['account:b'], after(0, 59))).toBe(1);
  expect(await beginAttempt(pool, ['account:b'], after(0, 60))).toBeNull();
});

test('an hour of quiet forgets all', async () => {
  for (let attempt = 0; attempt < 5; attempt += 1) await beginAttempt(pool, ['account:c'], after(0));
  for (let attempt = 0; attempt < 5; attempt += 1) expect(await beginAttempt(pool, ['account:c'], after(1, 1))).toBeNull();
});

test('who waits leaves no trace of what is typed meanwhile, and what is forgotten is not kept', async () => {
  const kept = async () =>
    (await pool.query(`select subject from app.sign_in_attempt where subject like 'account:e%' order by subject`)).rows.length;
  for (let attempt = 0; attempt < 5; attempt += 1) await beginAttempt(pool, [`account:e${attempt}`, 'address:e'], after(2));
  for (let attempt = 5; attempt < 30; attempt += 1)
    expect(await beginAttempt(pool, [`account:e${attempt}`, 'address:e'], after(2, 1))).toBe(59);
  expect(await kept()).toBe(5);
  await beginAttempt(pool, ['account:f', 'address:f'], after(3, 1));
  expect(await kept()).toBe(0);
});

test('success clears the account, and takes its own attempt alone from the address', async () => {
  for (let attempt = 0; attempt < 3; attempt += 1) await beginAttempt(pool, ['account:other', 'address:d'], after(0));
  await beginAttempt(pool, ['account:d', 'address:d'], after(0));
  await forgiveAttempt(pool, 'account:d', 'address:d');
  const { rows: left } = await pool.query(
    `select subject, failures from app.sign_in_attempt where subject in ('account:d', 'address:d', 'account:other') order by subject`,
  );
  expect(left).toEqual([
    { subject: 'account:other', failures: 3 },
    { subject: 'address:d', failures: 3 },
  ]);
});
