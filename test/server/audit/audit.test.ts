import { expect, test } from 'vitest';
import { ownerOfTheMachine } from '#server/access/principal.js';
import { recordAudit } from '#server/audit/audit.js';
import { testDatabase } from '../../support/database.js';

const { pool } = await testDatabase();

const rows = async () =>
  (await pool.query('select name, role, by, action, object, outcome, detail, address from app.audit order by id')).rows;

test('keeps who did what, and what came of it', async () => {
  await recordAudit(pool, {
    asker: { ...ownerOfTheMachine, name: 'Deniz', role: 'lead', by: 'session' },
    action: 'note.add',
    object: 'n1',
    detail: { kind: 'release', days: 2 },
    address: '127.0.0.1',
  });
  await recordAudit(pool, { asker: null, action: 'retention', outcome: 'failed' });
  await recordAudit(pool, { asker: { command: 'root' }, action: 'backup' });
  expect(await rows()).toEqual([
    {
      name: 'Deniz',
      role: 'lead',
      by: 'session',
      action: 'note.add',
      object: 'n1',
      outcome: 'done',
      detail: { kind: 'release', days: 2 },
      address: '127.0.0.1',
    },
    { name: '', role: '', by: 'program', action: 'retention', object: null, outcome: 'failed', detail: {}, address: null },
    { name: 'root', role: 'admin', by: 'command', action: 'backup', object: null, outcome: 'done', detail: {}, address: null },
  ]);
});

test('cuts long words, and keeps no line breaks, zero bytes or halves of characters', async () => {
  await recordAudit(pool, { asker: null, action: 'export', object: `a\r\nb\u0000${'x'.repeat(300)}`, detail: { half: 'y\ud800' } });
  const { object, detail } = (await rows()).at(-1) as { object: string; detail: { half: string } };
  expect(object).toHaveLength(200);
  expect(object.startsWith('a  b xxx')).toBe(true);
  expect(detail.half).toBe('y\ufffd');
});

test('stands or falls with the transaction it is told in', async () => {
  const before = (await rows()).length;
  const client = await pool.connect();
  await client.query('begin');
  await recordAudit(client, { asker: null, action: 'rebuild' });
  await client.query('rollback');
  client.release();
  expect(await rows()).toHaveLength(before);
});

test('cannot be changed, emptied or taken away, but for rows older than they are to be kept', async () => {
  for (const attempt of [`update app.audit set name = 'Eve'`, 'delete from app.audit', 'truncate app.audit']) {
    await expect(pool.query(attempt), attempt).rejects.toMatchObject({ code: '42501' });
  }
  await pool.query(`insert into app.audit (at, by, action, outcome) values (now() - interval '401 days', 'program', 'backup', 'done')`);
  const before = (await rows()).length;
  await pool.query(`delete from app.audit where at < now() - interval '400 days'`);
  expect(await rows()).toHaveLength(before - 1);

  await pool.query(`insert into app.audit (at, by, action, outcome) values (now() - interval '20 days', 'program', 'backup', 'done')`);
  await pool.query(`insert into app.setting (name, value) values ('audit', '{"keepDays": 1}')`);
  await expect(pool.query(`delete from app.audit where at < now() - interval '10 days'`)).rejects.toMatchObject({ code: '42501' });
});
