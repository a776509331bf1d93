import { expect, test } from 'vitest';
import { enqueueMail } from '#server/mail/outbox.js';
import type { MailMessage } from '#server/mail/message.js';
import { testDatabase } from '../../support/database.js';

const { pool } = await testDatabase();

const message: MailMessage = {
  to: { name: 'Ada', address: 'ada@Company.test' },
  subject: 'Summary\r\nBcc: evil@x.test',
  text: 'All is well.',
  html: '<p>All is well.</p>',
  attachments: [{ fileName: 'summary.pdf', contentType: 'application/pdf', bytes: new Uint8Array([37, 80, 68, 70]) }],
};

test('the same sending is put in once, whatever is said the second time', async () => {
  const first = await enqueueMail(pool, 'once', message, { kind: 'trial', id: '7' });
  expect(first.isNew).toBe(true);
  expect(await enqueueMail(pool, 'once', { ...message, subject: 'Another' })).toEqual({ id: first.id, isNew: false });
  const { rows } = await pool.query(
    `select recipient, subject, about_kind, about_id, state, (select count(*)::int from app.mail_attachment where mail_id = mail.id) as attached
    from app.mail mail where key = 'once'`,
  );
  expect(rows).toEqual([
    {
      recipient: 'ada@company.test',
      subject: 'Summary Bcc: evil@x.test',
      about_kind: 'trial',
      about_id: '7',
      state: 'queued',
      attached: 1,
    },
  ]);
});

test('another recipient of the same sending is a message of its own, and what is attached to both is kept once', async () => {
  await enqueueMail(pool, 'two', message);
  expect(await enqueueMail(pool, 'two', { ...message, to: { name: '', address: 'bo@company.test' } })).toMatchObject({ isNew: true });
  const { rows } = await pool.query(`select count(distinct identity)::int as identities from app.mail where key = 'two'`);
  expect(rows).toEqual([{ identities: 2 }]);
  expect((await pool.query('select sha256 from app.mail_file')).rowCount).toBe(1);
});

test('two who put in the same sending at once put it in once', async () => {
  const put = await Promise.all([1, 2, 3, 4].map(() => enqueueMail(pool, 'race', message)));
  expect(put.filter(({ isNew }) => isNew)).toHaveLength(1);
  expect(new Set(put.map(({ id }) => id)).size).toBe(1);
});

test('who comes while another has not committed yet waits, and finds its message', async () => {
  const [one, other] = [await pool.connect(), await pool.connect()];
  await one.query('begin');
  const first = await enqueueMail(one, 'waited', message);
  const second = enqueueMail(other, 'waited', { ...message, attachments: [] });
  const locked = `select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like '%app.mail%'`;
  const waiting = () => pool.query(locked);
  await expect.poll(async () => (await waiting()).rowCount).toBe(1);
  await one.query('commit');
  expect(await second).toEqual({ id: first.id, isNew: false });
  one.release();
  other.release();
});

test('a transaction that is undone leaves no message', async () => {
  const client = await pool.connect();
  await client.query('begin');
  await enqueueMail(client, 'undone', message);
  await client.query('rollback');
  client.release();
  expect((await pool.query(`select from app.mail where key = 'undone'`)).rowCount).toBe(0);
});

test('an address that is none reaches no outbox', async () => {
  await expect(
    enqueueMail(pool, 'hostile', { ...message, to: { name: '', address: 'a@b.test\r\nRCPT TO:<evil@x.test>' } }),
  ).rejects.toThrow('is no address');
});
