import { createHmac } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { addChannel, readChannels } from '#server/channels/channels.js';
import type { ChannelReach } from '#server/channels/deliver.js';
import type { ChannelMessage } from '#server/channels/message.js';
import { NewChannel } from '#server/channels/new-channel.js';
import { enqueueNotice } from '#server/channels/outbox.js';
import { channelTransport } from '#server/channels/post-once.js';
import { sendDue } from '#server/channels/send-due.js';
import { testDatabase } from '../../support/database.js';
import { receiver, status } from './receiver.js';

const { pool } = await testDatabase();
const hook = await receiver();
const key = { id: 'test-key', bytes: Buffer.from('0123456789abcdef0123456789abcdef') };
const vault = async () => key;
const send = channelTransport([hook.host], { headersMs: 60_000, bodyIdleMs: 60_000 });
const hasty = channelTransport([hook.host], { headersMs: 300 });
const reach: ChannelReach = { pool, vault, send, signal: new AbortController().signal };
const noon = new Date('2026-11-22T12:00:00Z');
const later = (seconds: number) => new Date(noon.getTime() + seconds * 1_000);

afterAll(() => {
  send.close();
  hasty.close();
});

beforeEach(async () => {
  await pool.query('truncate app.channel cascade; truncate app.mail cascade');
  hook.received.length = 0;
  hook.answer = status(200);
});

const message = (title: string, event: Partial<ChannelMessage['event']> = {}): ChannelMessage => ({
  locale: 'en',
  title,
  lines: ['Lead time is 3.2 d.'],
  facts: [{ label: 'n', value: '43' }],
  itemsTitle: 'Items',
  items: [{ name: 'T-1 <b>late</b>', detail: '5 d', href: 'http://127.0.0.1:3000/items/1' }],
  links: [],
  event: { type: 'alert.fired', value: 276_480.125, ...event },
});

const webhook = (path = '/hook?token=abc', name = 'Ops') =>
  addChannel(
    pool,
    vault,
    NewChannel.parse({ name, kind: 'webhook', url: `${hook.origin}${path}`, secret: 'a secret of some length', addedBy: 'Ann' }),
  );
const mail = (name = 'Ann by mail') =>
  addChannel(pool, vault, NewChannel.parse({ name, kind: 'mail', address: 'ann@company.test', addedBy: 'Ann' }));

const put = (channel: string, title: string, at = noon, key = title) =>
  enqueueNotice(pool, { channel, key, notice: title, dueAt: at, message: message(title) });
const states = async () =>
  (await pool.query<{ state: string }>('select state from app.channel_dispatch order by created_at, key')).rows.map(({ state }) => state);

describe('a signed webhook', () => {
  test('gets the message once, with a signature that the secret proves, and the whole address', async () => {
    const { id } = await webhook();
    await put(id, 'Lead time');
    await put(id, 'Lead time');
    expect(await sendDue(reach, () => noon)).toBe(1);
    expect(await sendDue(reach, () => later(3_600))).toBe(0);
    const [{ path, headers, body } = { path: '', headers: {}, body: '' }] = hook.received;
    expect(hook.received).toHaveLength(1);
    expect(path).toBe('/hook?token=abc');
    const [, seconds, given] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['throughline-signature'])) ?? [];
    expect(seconds).toBe('1795348800');
    expect(given).toBe(createHmac('sha256', 'a secret of some length').update(`1795348800.${body}`, 'utf8').digest('hex'));
    const told = JSON.parse(body) as { delivery: string; messages: { title: string; event: { value: number } }[] };
    expect(told.delivery).toBe(headers['throughline-delivery']);
    expect(told.messages).toMatchObject([{ title: 'Lead time', event: { type: 'alert.fired', value: 276_480.125 } }]);
  });

  test('is tried again after 5xx and after a stall, later each time, with the same delivery', async () => {
    const { id } = await webhook();
    await put(id, 'Lead time');
    hook.answer = status(503);
    await sendDue(reach, () => noon);
    expect(await sendDue(reach, () => later(29))).toBe(0);
    hook.answer = () => undefined;
    expect(await sendDue({ ...reach, send: hasty }, () => later(30))).toBe(1);
    expect(await sendDue(reach, () => later(89))).toBe(0);
    hook.answer = status(204);
    expect(await sendDue(reach, () => later(90))).toBe(1);
    expect(await states()).toEqual(['sent']);
    expect(new Set(hook.received.map(({ headers }) => headers['throughline-delivery'])).size).toBe(1);
  });

  test('is waited for as long as a 429 asks', async () => {
    const { id } = await webhook();
    await put(id, 'Lead time');
    hook.answer = status(429, { 'retry-after': '600' });
    await sendDue(reach, () => noon);
    expect(await sendDue(reach, () => later(599))).toBe(0);
    hook.answer = status(200);
    expect(await sendDue(reach, () => later(600))).toBe(1);
  });

  test.each([
    [status(410), /answered 410$/],
    [status(302, { location: 'http://169.254.169.254/' }), /answered 302, a redirect, which is not followed/],
  ])('that refuses is not tried again, is shown, and another channel tells what it missed', async (answer, error) => {
    const { id } = await webhook();
    const other = await mail();
    await put(id, 'Lead time');
    hook.answer = answer;
    await sendDue(reach, () => noon);
    await sendDue(reach, () => later(3_600));
    expect(hook.received).toHaveLength(1);
    const channels = await readChannels(pool);
    expect(channels.find((one) => one.id === id)?.failing).toEqual({
      since: '2026-11-22T12:00:00.000Z',
      error: expect.stringMatching(error),
    });
    expect(channels.find((one) => one.id === other.id)?.failing).toBeNull();
    const { rows } = await pool.query<{ subject: string; text_body: string }>('select subject, text_body from app.mail');
    expect(rows).toHaveLength(1);
    expect(rows[0]?.subject).toBe('The channel “Ops” does not get through');
    expect(rows[0]?.text_body).toContain('Lead time is 3.2 d.');
    expect(rows[0]?.text_body).not.toContain('abc');
  });

  test('gives up after eight tries, and arrives again when it works', async () => {
    const { id } = await webhook();
    await put(id, 'Lead time');
    hook.answer = status(500);
    let now = noon;
    for (let day = 0; day < 12; day++) {
      now = later(day * 86_400);
      await sendDue(reach, () => now);
    }
    expect(hook.received).toHaveLength(8);
    expect(await states()).toEqual(['failed']);
    hook.answer = status(200);
    await put(id, 'Again', now);
    await sendDue(reach, () => now);
    expect((await readChannels(pool))[0]).toMatchObject({ failing: null, lastSentAt: now.toISOString() });
  });
});

test('two broken channels do not tell each other for ever', async () => {
  const first = await webhook('/one', 'One');
  await webhook('/two', 'Two');
  await put(first.id, 'Lead time');
  hook.answer = status(404);
  for (let hour = 0; hour < 5; hour++) await sendDue(reach, () => later(hour * 3_600));
  expect(hook.received.map(({ path }) => path)).toEqual(['/one', '/two']);
});

test('a mail that its outbox gave up counts as failed, and is told elsewhere', async () => {
  const { id } = await mail();
  await webhook();
  await put(id, 'Lead time');
  await sendDue(reach, () => noon);
  await pool.query(`update app.mail set state = 'failed', reason = 'No such mailbox.', due_at = null`);
  await sendDue(reach, () => later(60));
  expect((await readChannels(pool)).find((one) => one.id === id)?.failing?.error).toBe('No such mailbox.');
  expect(hook.received).toHaveLength(1);
  expect(hook.received[0]?.body).toContain('The channel “Ann by mail” does not get through');
});

test('of twenty who send at once one sends each message', async () => {
  const { id } = await webhook();
  for (const title of ['one', 'two', 'three']) await put(id, title);
  await Promise.all(Array.from({ length: 20 }, () => sendDue(reach, () => noon)));
  expect(hook.received.map(({ body }) => (JSON.parse(body) as { messages: { title: string }[] }).messages[0]?.title).sort()).toEqual([
    'one',
    'three',
    'two',
  ]);
});

test('what a killed server had begun is taken over when its claim ends', async () => {
  const { id } = await webhook();
  await put(id, 'Lead time');
  await pool.query(`update app.channel_dispatch set state = 'sending', attempts = 1, claimed_until = $1`, [later(120).toISOString()]);
  expect(await sendDue(reach, () => later(119))).toBe(0);
  expect(await sendDue(reach, () => later(120))).toBe(1);
  expect(hook.received).toHaveLength(1);
});

test('notices of one key come in one message, and one that comes too late by itself', async () => {
  const { id } = await webhook();
  await put(id, 'one', later(60), 'digest');
  await put(id, 'two', later(60), 'digest');
  expect(await sendDue(reach, () => noon)).toBe(0);
  await sendDue(reach, () => later(60));
  await put(id, 'three', later(60), 'digest');
  await put(id, 'three', later(60), 'digest');
  await sendDue(reach, () => later(61));
  expect(
    hook.received.map(({ body }) => (JSON.parse(body) as { messages: { title: string }[] }).messages.map(({ title }) => title)),
  ).toEqual([['one', 'two'], ['three']]);
});

test('no secret is kept in the open', async () => {
  await webhook();
  const { rows } = await pool.query<{ row: string }>(
    `select to_jsonb(channel)::text as row from app.channel channel union all select to_jsonb(secret)::text from app.channel_secret secret`,
  );
  expect(rows).toHaveLength(3);
  for (const { row } of rows) {
    expect(row).not.toContain('token=abc');
    expect(row).not.toContain('a secret of some length');
  }
});
