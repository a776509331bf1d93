import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { folderDelivery } from '#server/mail/folder.js';
import { enqueueMail } from '#server/mail/outbox.js';
import { testDatabase } from '../../support/database.js';
import { enqueueMany, stateOf, TrialClock, trialMessage, trialSender } from './outbox-trial.js';
import { answer, SmtpCatcher } from './smtp-catcher.js';

const { pool } = await testDatabase();
const server = new SmtpCatcher();

beforeAll(() => server.start());
afterAll(() => server.stop());
beforeEach(async () => {
  server.behaviour = {};
  server.caught.length = 0;
  await pool.query('delete from app.mail');
});

test('a message arrives as it was written, with its attachment, once', async () => {
  const clock = new TrialClock();
  const pdf = new Uint8Array([37, 80, 68, 70, 0, 255]);
  const message = trialMessage({
    to: { name: 'Արամ', address: 'ada@company.test' },
    subject: 'خلاصهٔ هفته',
    text: 'Haftanın özeti',
    attachments: [{ fileName: 'summary.pdf', contentType: 'application/pdf', bytes: pdf }],
  });
  await enqueueMail(pool, 'whole', message);
  const sender = trialSender(pool, server.delivery(), clock);
  expect([await sender.sendDue(), await sender.sendDue()]).toEqual([1, 0]);
  expect(server.caught).toHaveLength(1);
  expect(server.caught[0]).toMatchObject({ from: 'reports@company.test', to: ['ada@company.test'] });
  const read = await PostalMime.parse(server.caught[0]?.raw ?? '');
  expect(read.from).toEqual({ name: 'Reports', address: 'reports@company.test' });
  expect(read.to).toEqual([{ name: 'Արամ', address: 'ada@company.test' }]);
  expect(read.subject).toBe('خلاصهٔ هفته');
  expect(read.text?.trim()).toBe('Haftanın özeti');
  expect(read.date).toBe('2026-03-02T08:00:00.000Z');
  expect(new Uint8Array(read.attachments[0]?.content as ArrayBuffer)).toEqual(pdf);
  expect(await stateOf(pool, 'whole')).toEqual([{ state: 'sent', reason: null, answer: null, attempts: 1, handovers: 0 }]);
  expect((await pool.query('select from app.mail_attachment')).rowCount).toBe(0);
});

test.each([
  ['a name', { to: { name: 'Ada\r\nRCPT TO:<evil@x.test>', address: 'ada@company.test' } }],
  ['a subject', { subject: 'Summary\r\nBcc: evil@x.test\r\n\r\nevil' }],
  ['an unsubscribe address', { listUnsubscribe: 'https://company.test/u/1>\r\nBcc: evil@x.test' }],
  ['a file name', { attachments: [{ fileName: 'a.pdf"\r\nBcc: evil@x.test', contentType: 'application/pdf', bytes: new Uint8Array(1) }] }],
  ['a text', { text: 'x\r\n.\r\nMAIL FROM:<evil@x.test>\r\nRCPT TO:<evil@x.test>\r\nDATA\r\nevil' }],
])('line ends in %s reach nobody else and make no header', async (_what, told) => {
  await enqueueMail(pool, 'attack', trialMessage(told));
  await trialSender(pool, server.delivery(), new TrialClock()).sendDue();
  expect(server.caught.map(({ to }) => to)).toEqual([['ada@company.test']]);
  const read = await PostalMime.parse(server.caught[0]?.raw ?? '');
  expect(read.bcc ?? []).toEqual([]);
  expect(read.headers.map(({ key }) => key)).not.toContain('bcc');
});

test('one click unsubscribes where the address is HTTPS, and only there', async () => {
  await enqueueMail(pool, 'https', trialMessage({ listUnsubscribe: 'https://company.test/unsubscribe/abc' }));
  await enqueueMail(pool, 'http', trialMessage({ listUnsubscribe: 'http://127.0.0.1:3000/unsubscribe/abc' }));
  await trialSender(pool, server.delivery(), new TrialClock()).sendDue();
  const headers = server.caught
    .map(({ raw }) => raw.match(/^List-Unsubscribe.*$/gim))
    .sort((one, other) => (one?.length ?? 0) - (other?.length ?? 0));
  expect(headers).toEqual([
    ['List-Unsubscribe: <http://127.0.0.1:3000/unsubscribe/abc>'],
    ['List-Unsubscribe: <https://company.test/unsubscribe/abc>', 'List-Unsubscribe-Post: List-Unsubscribe=One-Click'],
  ]);
});

test('an address outside the allowed domains is never told to the server', async () => {
  await enqueueMail(pool, 'foreign', trialMessage({ to: { name: '', address: 'ada@evil-company.test' } }));
  const settings = { from: { name: '', address: 'reports@company.test' }, domains: ['company.test'] };
  await trialSender(pool, server.delivery(), new TrialClock(), { settings }).sendDue();
  expect(server.caught).toHaveLength(0);
  expect(await stateOf(pool, 'foreign')).toMatchObject([{ state: 'failed', reason: 'address', attempts: 1 }]);
});

test('who is refused for good is not asked again', async () => {
  const clock = new TrialClock();
  server.behaviour.onRecipient = () => {
    throw answer(550, 'No such person here');
  };
  await enqueueMail(pool, 'refused', trialMessage());
  const sender = trialSender(pool, server.delivery(), clock);
  await sender.sendDue();
  clock.passMinutes(2 * 24 * 60);
  expect(await sender.sendDue()).toBe(0);
  const [mail] = await stateOf(pool, 'refused');
  expect(mail).toMatchObject({ state: 'failed', reason: 'recipient', attempts: 1 });
  expect(mail?.answer).toContain('550 No such person here');
});

test('a greylisted message is tried again with growing delay until it is taken', async () => {
  const clock = new TrialClock();
  const begin = clock.at.getTime();
  const asked: number[] = [];
  server.behaviour.onRecipient = () => {
    asked.push((clock.at.getTime() - begin) / 60_000);
    if (asked.length < 5) throw answer(450, 'Greylisted, come back');
  };
  await enqueueMail(pool, 'grey', trialMessage());
  const sender = trialSender(pool, server.delivery(), clock);
  for (let minute = 0; minute < 40; minute++) {
    await sender.sendDue();
    clock.passMinutes(1);
  }
  expect(asked).toEqual([0, 1, 3, 7, 15]);
  expect(server.caught).toHaveLength(1);
  expect(await stateOf(pool, 'grey')).toMatchObject([{ state: 'sent', attempts: 5 }]);
});

test('after a day of being put off it is given up, and says so', async () => {
  const clock = new TrialClock();
  server.behaviour.onRecipient = () => {
    throw answer(451, 'Later');
  };
  await enqueueMail(pool, 'put off', trialMessage());
  const sender = trialSender(pool, server.delivery(), clock);
  await sender.sendDue();
  clock.passMinutes(24 * 60);
  await sender.sendDue();
  clock.passMinutes(24 * 60);
  expect(await sender.sendDue()).toBe(0);
  expect(await stateOf(pool, 'put off')).toMatchObject([{ state: 'failed', reason: 'given-up', attempts: 2 }]);
});

test('a server that stalls is left, and the message waits', async () => {
  await enqueueMail(pool, 'stalled', trialMessage());
  const stalling = new SmtpCatcher({ onMailFrom: () => undefined });
  await stalling.start();
  // Time enough for a busy machine to come as far as the envelope.
  await trialSender(pool, stalling.delivery({}, { deliveryMs: 3_000 }), new TrialClock()).sendDue();
  await stalling.stop();
  expect(await stateOf(pool, 'stalled')).toMatchObject([{ state: 'queued', reason: 'message', answer: '127.0.0.1 took longer than 3 s' }]);
});

test.each([
  ['whose certificate nobody signed', ['AUTH'], 'starttls'],
  ['that offers no TLS', ['AUTH', 'STARTTLS'], 'starttls'],
  ['that speaks no TLS where TLS is spoken from the start', ['AUTH'], 'implicit'],
] as const)('a server %s is told nothing, and the message waits', async (_what, disabledCommands, tls) => {
  const broken = new SmtpCatcher({ disabledCommands: [...disabledCommands] });
  await broken.start();
  await enqueueMail(pool, 'tls', trialMessage());
  await trialSender(pool, broken.delivery({ tls }), new TrialClock()).sendDue();
  await broken.stop();
  expect(broken.caught).toHaveLength(0);
  expect(await stateOf(pool, 'tls')).toMatchObject([{ state: 'queued', reason: 'tls', attempts: 1, handovers: 0 }]);
});

test('a password that is refused stops the sending, and is no fault of a message', async () => {
  const strict = new SmtpCatcher({
    disabledCommands: ['STARTTLS'],
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(Object.assign(new Error('Wrong password'), { responseCode: 535 })),
  });
  await strict.start();
  await enqueueMany(pool, 'login', 3);
  await trialSender(pool, strict.delivery({ login: { user: 'ada', password: 'wrong' } }), new TrialClock()).sendDue();
  await strict.stop();
  const states = await stateOf(pool, 'login');
  expect(states.every(({ state }) => state === 'queued')).toBe(true);
  expect(states.find(({ reason }) => reason === 'login')?.answer).toContain('535');
  expect(JSON.stringify(states)).not.toContain('wrong');
});

test('a connection that breaks after the message leaves it unknown, and it is sent once more with the same Message-ID', async () => {
  const clock = new TrialClock();
  server.behaviour.onMessage = () => (server.caught.length === 0 ? 'drop' : undefined);
  await enqueueMail(pool, 'dropped', trialMessage());
  const sender = trialSender(pool, server.delivery(), clock);
  await sender.sendDue();
  expect(await stateOf(pool, 'dropped')).toMatchObject([{ state: 'unknown', reason: 'answer', handovers: 1 }]);
  clock.passMinutes(14);
  expect(await sender.sendDue()).toBe(0);
  clock.passMinutes(1);
  expect(await sender.sendDue()).toBe(1);
  expect(server.caught).toHaveLength(2);
  expect(new Set(server.caught.map(({ messageId }) => messageId)).size).toBe(1);
  expect(server.caught[0]?.messageId).toMatch(/^<[0-9a-f]{64}@company\.test>$/);
  expect(await stateOf(pool, 'dropped')).toMatchObject([{ state: 'sent', attempts: 2 }]);
});

test('a connection that breaks every time is left unknown after the second time', async () => {
  const clock = new TrialClock();
  server.behaviour.onMessage = () => 'drop';
  await enqueueMail(pool, 'always', trialMessage());
  const sender = trialSender(pool, server.delivery(), clock);
  for (let quarter = 0; quarter < 8; quarter++) {
    await sender.sendDue();
    clock.passMinutes(15);
  }
  expect(server.caught).toHaveLength(2);
  expect(await stateOf(pool, 'always')).toMatchObject([{ state: 'unknown', reason: 'answer', handovers: 2 }]);
});

test('a process that ends before the handover leaves the message to the next one', async () => {
  const clock = new TrialClock();
  await enqueueMail(pool, 'killed', trialMessage());
  const never = { by: 'smtp' as const, deliver: () => new Promise<void>(() => undefined) };
  void trialSender(pool, never, clock).sendDue();
  await expect.poll(async () => (await stateOf(pool, 'killed'))[0]?.state).toBe('sending');
  const next = trialSender(pool, server.delivery(), clock);
  expect(await next.sendDue()).toBe(0);
  clock.passMinutes(3.1);
  expect(await next.sendDue()).toBe(1);
  expect(server.caught).toHaveLength(1);
});

test('a process that ends after the handover leaves it unknown, and it is tried once more after a quarter of an hour', async () => {
  const clock = new TrialClock();
  await enqueueMail(pool, 'killed late', trialMessage());
  const killed = {
    by: 'smtp' as const,
    deliver: async (_letter: unknown, onHandover: () => Promise<void>) => {
      await onHandover();
      await new Promise<void>(() => undefined);
    },
  };
  void trialSender(pool, killed, clock).sendDue();
  await expect.poll(async () => (await pool.query('select from app.mail where is_handed_over')).rowCount).toBe(1);
  const next = trialSender(pool, server.delivery(), clock);
  clock.passMinutes(3.1);
  expect(await next.sendDue()).toBe(0);
  expect(await stateOf(pool, 'killed late')).toMatchObject([{ state: 'unknown', reason: 'abandoned', handovers: 1 }]);
  clock.passMinutes(15);
  expect(await next.sendDue()).toBe(1);
  expect(await stateOf(pool, 'killed late')).toMatchObject([{ state: 'sent' }]);
});

test('who was stopped past his lease hands nothing over', async () => {
  const clock = new TrialClock();
  await enqueueMail(pool, 'stopped', trialMessage());
  const held = Promise.withResolvers<void>();
  const real = server.delivery();
  const stopped = {
    by: 'smtp' as const,
    deliver: async (...told: Parameters<typeof real.deliver>) => {
      await held.promise;
      await real.deliver(...told);
    },
  };
  const sleeping = trialSender(pool, stopped, clock).sendDue();
  await expect.poll(async () => (await stateOf(pool, 'stopped'))[0]?.state).toBe('sending');
  clock.passMinutes(3.1);
  await trialSender(pool, real, clock).sendDue();
  held.resolve();
  await sleeping;
  expect(server.caught).toHaveLength(1);
  expect(await stateOf(pool, 'stopped')).toMatchObject([{ state: 'sent', attempts: 2 }]);
});

test('without a mail server a message is a file, once, and can be read', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'throughline-mail-'));
  await enqueueMail(pool, 'file', trialMessage());
  await trialSender(pool, folderDelivery(join(directory, 'mail')), new TrialClock()).sendDue();
  const [file, ...others] = await readdir(join(directory, 'mail'));
  expect(file).toMatch(/^[0-9a-f]{64}\.eml$/);
  expect(others).toEqual([]);
  expect((await PostalMime.parse(await readFile(join(directory, 'mail', file ?? '')))).subject).toBe('Summary of the week');
  expect((await pool.query('select sent_by from app.mail')).rows).toEqual([{ sent_by: 'file' }]);
  await rm(directory, { recursive: true });
});
