import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test, vi } from 'vitest';
import { Refusal } from '#server/refusal.js';
import type { MadeReport } from '#server/reports/made-report.js';
import type { ReportSpec } from '#server/api.js';
import { runNow, sendTest } from '#server/schedules/by-hand.js';
import { reportLedger, retryDue } from '#server/schedules/ledger.js';
import { changeSchedule, pauseSchedule, readRuns, readSchedule, readSchedules } from '#server/schedules/schedules.js';
import { tellOwners } from '#server/schedules/tell-owner.js';
import { testDatabase } from '../../support/database.js';
import { stateOf, TrialClock, trialSender } from '../mail/outbox-trial.js';
import { DeliveryError } from '#server/mail/delivery.js';
import { ledger, madeReport, outbox, recipient, scheduleContent, trialRunner, trialSchedule } from './schedule-trial.js';

const { pool } = await testDatabase();
let clock: TrialClock;

beforeEach(async () => {
  await pool.query('delete from app.schedule');
  await pool.query('delete from app.mail');
  // Monday, eight in the morning in Berlin an hour from now.
  clock = new TrialClock(new Date('2026-03-02T06:00:00Z'));
});

test('what is due goes to its recipients once, and what comes is planned two days ahead', async () => {
  const { id } = await trialSchedule(pool, clock);
  const runner = trialRunner(pool, clock);
  expect(await runner.runDue()).toBe(0);
  expect((await readSchedule(pool, clock.now(), { id })).next).toEqual([
    { zone: 'Europe/Berlin', localDue: '2026-03-02T08:00', dueAt: '2026-03-02T07:00:00.000Z' },
  ]);
  clock.passMinutes(60);
  expect([await runner.runDue(), await runner.runDue()]).toEqual([1, 0]);
  expect(await ledger(pool)).toEqual([{ zone: 'Europe/Berlin', local: '2026-03-02 08:00', status: 'made', reason: null, is_late: false }]);
  expect((await outbox(pool)).map(({ recipient: to, key }) => [to, key])).toEqual([['ada@company.test', `schedule:${id}:2026-03-02`]]);
});

test('each recipient gets it in his zone and language, with a link of his own to unsubscribe', async () => {
  const asked: ReportSpec[] = [];
  await trialSchedule(pool, clock, {
    recipients: [recipient('ada@company.test'), recipient('reza@company.test', { zone: 'Asia/Tehran', locale: 'fa' })],
  });
  const runner = trialRunner(pool, clock, {
    make: async (spec) => {
      asked.push(spec);
      return madeReport({ subject: `Summary in ${spec.locale}` });
    },
  });
  // Eight in Tehran is 04:30 UTC of the next day; eight in Berlin is at 07:00 UTC.
  for (let hour = 0; hour < 24; hour++) {
    await runner.runDue();
    clock.passMinutes(60);
  }
  expect((await outbox(pool)).map(({ recipient: to, subject }) => [to, subject])).toEqual([
    ['ada@company.test', 'Summary in en'],
    ['reza@company.test', 'Summary in fa'],
  ]);
  expect(asked.map(({ locale }) => locale)).toEqual(['en', 'fa']);
  const links = (await outbox(pool)).map(({ text_body: text }) => /https:\S+unsubscribe\/\S+/.exec(text)?.[0]);
  expect(new Set(links).size).toBe(2);
  expect((await outbox(pool))[1]?.html_body).toContain('لغو اشتراک');
});

test('R24: down for two minutes or six hours, it is sent once with a note that it is late', async () => {
  for (const [name, minutes] of [
    ['two minutes', 2],
    ['six hours', 360],
  ] as const) {
    await pool.query('delete from app.schedule');
    await pool.query('delete from app.mail');
    clock = new TrialClock(new Date('2026-03-02T06:00:00Z'));
    await trialSchedule(pool, clock);
    await trialRunner(pool, clock).runDue();
    clock.passMinutes(60 + minutes);
    for (let again = 0; again < 3; again++) await trialRunner(pool, clock).runDue();
    const sent = await outbox(pool);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.text_body).toContain('Late: this summary was due on 2 Mar 2026, 08:00 (Europe/Berlin).');
    expect(sent[0]?.html_body).toContain('<body><p dir="ltr"');
    expect(await ledger(pool)).toMatchObject([{ status: 'made', is_late: true }]);
    process.stdout.write(`R24 down=${name} sends=1 late_note=1 ok\n`);
  }
});

test('R24: down for three days, the latest of a daily schedule is sent, late, and the two before it are skipped in sight', async () => {
  await trialSchedule(pool, clock);
  await trialRunner(pool, clock).runDue();
  // Down from Monday 07:00 in Berlin to Wednesday 12:00: Monday, Tuesday and Wednesday at eight were missed.
  clock.at = new Date('2026-03-04T11:00:00Z');
  for (let again = 0; again < 3; again++) await trialRunner(pool, clock).runDue();
  expect(await ledger(pool)).toEqual([
    { zone: 'Europe/Berlin', local: '2026-03-02 08:00', status: 'skipped', reason: 'missed', is_late: false },
    { zone: 'Europe/Berlin', local: '2026-03-03 08:00', status: 'skipped', reason: 'missed', is_late: false },
    { zone: 'Europe/Berlin', local: '2026-03-04 08:00', status: 'made', reason: null, is_late: true },
  ]);
  expect(await outbox(pool)).toHaveLength(1);
  process.stdout.write('R24 down=3d sends=1 skipped=2 ok\n');
});

test('what was missed by more than half a day is not sent any more', async () => {
  await trialSchedule(pool, clock, { rhythm: { kind: 'weekly', weekday: 1, at: '08:00' } });
  await trialRunner(pool, clock).runDue();
  clock.passMinutes(14 * 60);
  await trialRunner(pool, clock).runDue();
  expect(await ledger(pool)).toMatchObject([{ local: '2026-03-02 08:00', status: 'skipped', reason: 'missed' }]);
  expect(await outbox(pool)).toHaveLength(0);
});

test('a change plans the future anew and leaves what was, and moving the hour sends nothing twice on a day', async () => {
  const { id } = await trialSchedule(pool, clock);
  clock.passMinutes(61);
  await trialRunner(pool, clock).runDue();
  await changeSchedule(pool, id, scheduleContent({ rhythm: { kind: 'cron', expression: '0 9 * * *' } }), clock.now());
  for (let hour = 0; hour < 26; hour++) {
    clock.passMinutes(60);
    await trialRunner(pool, clock).runDue();
  }
  expect((await ledger(pool)).map(({ local, status }) => [local, status])).toEqual([
    ['2026-03-02 08:00', 'made'],
    ['2026-03-03 09:00', 'made'],
  ]);
  expect(await outbox(pool)).toHaveLength(2);
});

test('who is moved to a zone further west on the same day does not get it twice', async () => {
  const { id } = await trialSchedule(pool, clock);
  clock.passMinutes(60);
  await trialRunner(pool, clock).runDue();
  await changeSchedule(
    pool,
    id,
    scheduleContent({ recipients: [recipient('ada@company.test', { zone: 'America/New_York' })] }),
    clock.now(),
  );
  clock.passMinutes(12 * 60);
  await trialRunner(pool, clock).runDue();
  expect(await ledger(pool)).toHaveLength(2);
  expect(await outbox(pool)).toHaveLength(1);
});

test('nothing is due while it is paused, and nothing is made up for afterwards', async () => {
  const { id } = await trialSchedule(pool, clock);
  await trialRunner(pool, clock).runDue();
  await pauseSchedule(pool, id, true, clock.now());
  clock.passMinutes(3 * 60);
  await trialRunner(pool, clock).runDue();
  expect(await pauseSchedule(pool, id, false, clock.now())).toMatchObject({
    isPaused: false,
    next: [{ localDue: '2026-03-03T08:00' }],
    lastRun: null,
  });
  await trialRunner(pool, clock).runDue();
  expect(await ledger(pool)).toEqual([]);
  expect((await readSchedule(pool, clock.now(), { id })).next.map(({ localDue }) => localDue)).toEqual(['2026-03-03T08:00']);
});

test('where nothing changed since what was sent last, nothing is sent, and the ledger says so', async () => {
  await trialSchedule(pool, clock, { skipsUnchanged: true });
  const [same, other] = [madeReport({ id: randomUUID() }), madeReport({ id: randomUUID() })];
  const days = [same, same, other];
  for (const made of days) {
    clock.passMinutes(60);
    await trialRunner(pool, clock, { make: async () => made }).runDue();
    clock.passMinutes(23 * 60);
  }
  expect((await ledger(pool)).map(({ status, reason }) => [status, reason])).toEqual([
    ['made', null],
    ['skipped', 'unchanged'],
    ['made', null],
  ]);
});

test('who unsubscribed gets nothing, and where nobody is left it is skipped', async () => {
  await trialSchedule(pool, clock);
  await trialRunner(pool, clock).runDue();
  await pool.query('update app.schedule_recipient set unsubscribed_at = now()');
  clock.passMinutes(60);
  await trialRunner(pool, clock).runDue();
  expect(await ledger(pool)).toMatchObject([{ status: 'skipped', reason: 'nobody' }]);
});

test.each([
  ['is missing', { pdf: new Uint8Array() }],
  ['is blank', { pdf: new Uint8Array(5_000) }],
  ['is cut off', { pdf: Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(5_000)]) }],
  ['is no PDF', { pdf: Buffer.from(`<html>${'x'.repeat(5_000)}%%EOF`) }],
])('R36: no mail goes out whose PDF %s; the making is tried three times', async (what, told) => {
  await trialSchedule(pool, clock);
  clock.passMinutes(60);
  const make = vi.fn(async () => madeReport(told));
  const runner = trialRunner(pool, clock, { make });
  for (let minute = 0; minute < 15; minute++) {
    await runner.runDue();
    clock.passMinutes(1);
  }
  expect(make).toHaveBeenCalledTimes(3);
  expect(await ledger(pool)).toMatchObject([{ status: 'failed', reason: 'making' }]);
  expect(await outbox(pool)).toHaveLength(0);
  process.stdout.write(`R36 pdf ${what}: tries=3 mails=0 ok\n`);
});

test('R36: a making that hangs or breaks is left and tried again, and then sent whole', async () => {
  await trialSchedule(pool, clock);
  clock.passMinutes(60);
  const ways = [() => new Promise<never>(() => undefined), () => Promise.reject(new Error('The compiler ended')), async () => madeReport()];
  let tries = 0;
  const runner = trialRunner(pool, clock, { make: async (): Promise<MadeReport> => (ways[tries++] ?? madeReport)(), makeWithinMs: 50 });
  const seen: string[] = [];
  for (let minute = 0; minute < 8; minute++) {
    await runner.runDue();
    const { rows } = await pool.query<{ told: string }>(
      `select concat_ws(' ', status, detail) as told from app.report_due where attempts > 0`,
    );
    if (seen.at(-1) !== rows[0]?.told) seen.push(rows[0]?.told ?? '');
    clock.passMinutes(1);
  }
  expect(seen).toEqual(['planned The summary was not made within 0.05 s.', 'planned The compiler ended', 'made']);
  expect(await outbox(pool)).toHaveLength(1);
  process.stdout.write('R36 hang=1 crash=1 tries=3 sends=1 ok\n');
});

test('what is asked wrongly is not tried again, and the owner is told once, by mail and in sight', async () => {
  const { id } = await trialSchedule(pool, clock);
  clock.passMinutes(60);
  await trialRunner(pool, clock, { make: () => Promise.reject(new Refusal('There is no board "gone".')) }).runDue();
  expect([await tellOwners(pool, 'https://company.test'), await tellOwners(pool, 'https://company.test')]).toEqual([1, 0]);
  const [told, ...others] = await outbox(pool);
  expect(others).toEqual([]);
  expect([told?.recipient, told?.subject]).toEqual(['olga@company.test', 'Not sent: Daily']);
  expect(told?.text_body).toContain('could not be made: There is no board "gone".');
  expect(told?.text_body).toContain(`https://company.test/reports/schedules#${id}`);
  const [run] = await readRuns(pool, id, 5);
  expect(run).toMatchObject({ status: 'failed', reason: 'refused', detail: 'There is no board "gone".', attempts: 1 });
  await retryDue(pool, reportLedger, run?.id ?? '', clock.now());
  await trialRunner(pool, clock).runDue();
  expect(await ledger(pool)).toMatchObject([{ status: 'made' }]);
  await expect(retryDue(pool, reportLedger, run?.id ?? '', clock.now())).rejects.toThrow(
    'is made; only one that failed can be tried again',
  );
});

test('the owner is told of a message that was refused, and not of his own', async () => {
  await trialSchedule(pool, clock);
  clock.passMinutes(60);
  await trialRunner(pool, clock).runDue();
  const refusing = { by: 'smtp' as const, deliver: () => Promise.reject(new DeliveryError('recipient', 'never', '550 Nobody here')) };
  await trialSender(pool, refusing, clock).sendDue();
  expect(await tellOwners(pool, 'https://company.test')).toBe(1);
  await trialSender(pool, refusing, clock).sendDue();
  expect(await tellOwners(pool, 'https://company.test')).toBe(0);
  const told = (await outbox(pool)).find(({ recipient: to }) => to === 'olga@company.test');
  expect(told?.text_body).toContain('did not reach ada@company.test: 550 Nobody here');
});

test('a test goes to whoever asked, says that it is one, and nobody else gets anything', async () => {
  const schedule = await trialSchedule(pool, clock);
  const to = { name: 'Olga', address: 'olga@company.test' };
  expect(await sendTest(pool, schedule, to, async () => madeReport())).toMatchObject({ recipient: 'olga@company.test', state: 'queued' });
  expect(await sendTest(pool, schedule, to, async () => madeReport())).toMatchObject({ state: 'queued' });
  const sent = await outbox(pool);
  expect(sent.map(({ recipient: one, subject }) => [one, subject])).toEqual([
    ['olga@company.test', 'Test: Service summary'],
    ['olga@company.test', 'Test: Service summary'],
  ]);
  expect(sent[0]?.text_body).toContain('This is a test of the schedule “Daily”. Nobody else got it.');
  expect(await ledger(pool)).toEqual([]);
});

test('run by hand, the report of today goes now, and not again at its time', async () => {
  const schedule = await trialSchedule(pool, clock);
  await trialRunner(pool, clock).runDue();
  expect(await runNow(pool, schedule, clock.now())).toBe(1);
  await trialRunner(pool, clock).runDue();
  clock.passMinutes(3 * 60);
  await trialRunner(pool, clock).runDue();
  expect(await ledger(pool)).toEqual([{ zone: 'Europe/Berlin', local: '2026-03-02 07:00', status: 'made', reason: null, is_late: false }]);
  expect(await outbox(pool)).toHaveLength(1);
  await expect(runNow(pool, schedule, clock.now())).rejects.toThrow('"Daily" was sent today');
});

test('a process that ends while it makes a summary leaves it to the next one, and writes nothing when it wakes', async () => {
  await trialSchedule(pool, clock);
  clock.passMinutes(60);
  const held = Promise.withResolvers<void>();
  const sleeping = trialRunner(pool, clock, {
    make: async () => {
      await held.promise;
      return madeReport({ subject: 'From the one who slept' });
    },
  }).runDue();
  await expect.poll(async () => (await ledger(pool))[0]?.status).toBe('making');
  clock.passMinutes(3);
  await trialRunner(pool, clock).runDue();
  held.resolve();
  await sleeping;
  expect((await outbox(pool)).map(({ subject }) => subject)).toEqual(['Service summary']);
});

test('two schedules of one name are refused, and a message of one says how far it got', async () => {
  const { id } = await trialSchedule(pool, clock);
  await expect(trialSchedule(pool, clock)).rejects.toThrow('There is a schedule "Daily" already');
  clock.passMinutes(60);
  await trialRunner(pool, clock).runDue();
  const [schedule] = await readSchedules(pool, clock.now());
  expect(schedule?.lastRun).toMatchObject({ status: 'made', messages: [{ recipient: 'ada@company.test', state: 'queued' }] });
  expect(await stateOf(pool, `schedule:${id}:2026-03-02`)).toHaveLength(1);
});
