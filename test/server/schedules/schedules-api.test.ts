import { beforeEach, expect, test } from 'vitest';
import type { DueResponse, ErrorResponse, MailboxResponse, Schedule, ScheduleRun } from '#server/api.js';
import { keyOf } from '#etl/vault/key.js';
import { unsubscribeToken } from '#server/schedules/unsubscribe.js';
import { testDatabase } from '../../support/database.js';
import { testServer } from '../dashboards/test-server.js';
import { recipient, scheduleBody } from './schedule-trial.js';

const database = await testDatabase();
const keyText = '00112233445566778899aabbccddeeff0123456789abcdef0123456789abcdef';
const server = await testServer(database, { THROUGHLINE_MAIL_DOMAINS: 'company.test', THROUGHLINE_SECRET_KEY: keyText });
const base = await server.listen();

beforeEach(() => database.pool.query('delete from app.schedule'));

const post = (body: unknown) => server.post<Schedule & ErrorResponse>('/api/schedules', body);

test('keeps a schedule, lists it, pauses it and removes it', async () => {
  const { status, body } = await post(scheduleBody());
  expect(status).toBe(201);
  expect(body).toMatchObject({
    name: 'Daily',
    isPaused: false,
    recipients: [{ address: 'ada@company.test', zone: 'Europe/Berlin', unsubscribedAt: null }],
    lastRun: null,
  });
  expect(await server.json<Schedule[]>('/api/schedules')).toHaveLength(1);
  expect(await server.json<ScheduleRun[]>(`/api/schedules/${body.id}/runs`)).toEqual([]);
  expect(await server.delete(`/api/schedules/${body.id}`)).toBe(204);
  expect((await server.get(`/api/schedules/${body.id}`)).status).toBe(404);
});

test.each([
  ['an address with a second one in it', { recipients: [recipient('a@company.test, b@company.test')] }, 'is no address'],
  ['a domain that is not allowed', { recipients: [recipient('a@other.test')] }, 'THROUGHLINE_MAIL_DOMAINS'],
  ['an owner who may not be written to', { ownerAddress: 'a@other.test' }, 'THROUGHLINE_MAIL_DOMAINS'],
  ['nobody', { recipients: [] }, 'say who gets it'],
  ['a person twice', { recipients: [recipient('a@company.test'), recipient('a@COMPANY.test')] }, 'names an address twice'],
  ['a zone that is none', { recipients: [recipient('a@company.test', { zone: 'Europe/Atlantis' })] }, 'no time zone such as Europe/Berlin'],
  ['a rhythm of twice a day', { rhythm: { kind: 'cron', expression: '0 8,16 * * *' } }, 'more than once a day'],
  ['an hour that is none', { rhythm: { kind: 'weekly', weekday: 1, at: '25:00' } }, 'is not a time of day'],
  ['a board nobody knows', { spec: { boards: ['gone'] } }, 'There is no board "gone"'],
  ['a field nobody knows', { everybody: true }, 'everybody'],
  ['an object for a name', { name: { select: 1 } }, 'string'],
])('refuses %s, and keeps nothing', async (_what, told, reason) => {
  const { status, body } = await post({ ...scheduleBody(), ...told });
  expect(status).toBe(400);
  expect(body.message).toContain(reason);
  expect(await server.json<Schedule[]>('/api/schedules')).toEqual([]);
});

test('a second schedule of the name is a conflict', async () => {
  await post(scheduleBody());
  expect((await post(scheduleBody())).status).toBe(409);
});

test('says the next five times it would be due', async () => {
  const { status, body } = await server.post<DueResponse>('/api/schedules/due', {
    rhythm: { kind: 'monthly', day: 31, at: '06:30' },
    zone: 'Asia/Tehran',
  });
  expect(status).toBe(200);
  expect(body.due).toHaveLength(5);
  for (const { localDue } of body.due) expect(localDue).toMatch(/^\d{4}-\d\d-(28|29|30|31)T06:30$/);
});

test('says where messages go', async () => {
  const mailbox = await server.json<MailboxResponse>('/api/mail');
  expect(mailbox).toMatchObject({ server: null, from: 'throughline@localhost', domains: ['company.test'], messages: [] });
  expect(mailbox.folder).toMatch(/mail$/);
});

async function unsubscribeLink(): Promise<string> {
  const { body } = await post(scheduleBody({ recipients: [recipient('ada@company.test', { locale: 'tr' })] }));
  const { rows } = await database.pool.query<{ id: string }>('select id from app.schedule_recipient where schedule_id = $1', [body.id]);
  return `/unsubscribe/${unsubscribeToken(keyOf(keyText, 'the key of this test'), rows[0]?.id ?? '')}`;
}

const unsubscribed = async (): Promise<boolean> =>
  (await server.json<Schedule[]>('/api/schedules'))[0]?.recipients[0]?.unsubscribedAt !== null;

test('reading the link of a message asks in the language of its reader, and ends nothing', async () => {
  const { status, text, headers } = await server.get(await unsubscribeLink());
  expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect(text).toContain('<html lang="tr" dir="ltr">');
  expect(text).toContain('Artık gönderme');
  expect(await unsubscribed()).toBe(false);
});

test.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
  'one click of a mail program ends it (%s), again changes nothing, and a link that was tampered with is nobody’s',
  async (type) => {
    const link = await unsubscribeLink();
    const body = type.startsWith('multipart')
      ? '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
      : 'List-Unsubscribe=One-Click';
    const click = (path: string): Promise<Response> => fetch(`${base}${path}`, { method: 'POST', headers: { 'content-type': type }, body });
    const tampered = link.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect(await (await click(tampered)).text()).toContain('This link is for nobody');
    expect(await unsubscribed()).toBe(false);
    for (let again = 0; again < 2; again++) expect(await (await click(link)).text()).toContain('gönderilmeyecek');
    expect(await unsubscribed()).toBe(true);
  },
);
