import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { addAlert, findAlert, muteAlert, type AlertContent } from '#server/alerts/alerts.js';
import { judgeDue, tellDue } from '#server/alerts/judge.js';
import type { AlertContext } from '#server/alerts/alert-context.js';
import { AlertRuleBody } from '#server/alerts/rule.js';
import { addChannel } from '#server/channels/channels.js';
import { NewChannel } from '#server/channels/new-channel.js';
import { openPostgresEngine } from '#server/metrics/postgres-engine.js';
import { testDatabase } from '../../support/database.js';
import { writeFacts } from '../metrics/support/measured.js';
import { endAfter, promisedWeeks, weekAt } from './promised-weeks.js';

const { pool, url } = await testDatabase();
const pools: pg.Pool[] = [];
const watch = { list: () => Promise.reject(new Error('Not asked here.')) };

/** A server of its own, which shares nothing but the database. */
function evaluator(): AlertContext {
  const own = new pg.Pool({ connectionString: url, max: 3 });
  own.on('connect', (client) => client.on('error', () => undefined));
  own.on('error', () => undefined);
  pools.push(own);
  return { pool: own, engine: openPostgresEngine(own), watch, publicUrl: 'http://127.0.0.1:3000' };
}

const context = evaluator();
const now = new Date('2026-11-22T12:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

afterAll(() => Promise.all(pools.map((one) => one.end())));

beforeEach(() => pool.query('truncate app.alert cascade; truncate app.channel cascade'));

const below80 = { kind: 'threshold', metric: 'on-time-first', direction: 'below', threshold: 80 };

async function alertOf(rule: object, more: Partial<AlertContent> = {}): Promise<string> {
  const channel = await addChannel(
    pool,
    async () => Promise.reject(new Error('A mail has no secret.')),
    NewChannel.parse({ kind: 'mail', name: `Ann ${Math.random()}`, address: 'ann@company.test', addedBy: 'Ann' }),
  );
  const delivery = { locale: 'en' as const, zone: 'Europe/Berlin', quiet: null, digestHour: null };
  return addAlert(pool, {
    name: 'On time',
    owner: 'Ann',
    ownerId: null,
    rule: AlertRuleBody.parse(rule),
    delivery,
    channels: [channel.id],
    ...more,
  });
}

/** Weeks as they become complete one after the other: how it stands after each. */
async function asTheyCome(id: string, weeks: { of: number; late: number }[], from = 0): Promise<string[]> {
  const phases: string[] = [];
  for (let end = from + 1; end <= weeks.length; end++) {
    await writeFacts(pool, [{ name: 'desk', asOf: endAfter(end) }], promisedWeeks(weeks.slice(0, end)));
    await judgeDue(context, () => now);
    const { phase, untold } = await findAlert(pool, id, now);
    phases.push(untold ?? phase);
  }
  return phases;
}

const titles = async () =>
  (
    await pool.query<{ title: string }>(
      `select message ->> 'title' as title from app.channel_notice order by created_at, message ->> 'title'`,
    )
  ).rows.map(({ title }) => title);

const good = { of: 10, late: 1 };
const bad = { of: 10, late: 4 };
const between = { of: 20, late: 3 };

describe('a threshold over weeks', () => {
  test('fires after so many complete weeks in a row, and is told once', async () => {
    const id = await alertOf({ ...below80, hold: 2 });
    expect(await asTheyCome(id, [good, bad, good, bad, bad, bad])).toEqual(['ok', 'pending', 'ok', 'pending', 'firing', 'firing']);
    expect(await titles()).toEqual(['Alert: On time']);
  });

  test('is over at the recovery value and not before, and that is told too', async () => {
    const id = await alertOf({ ...below80, recoverAt: 90, recover: 2 });
    // 60 %, 85 %, 90 %, 85 %, 90 %, 90 %.
    expect(await asTheyCome(id, [bad, between, good, between, good, good])).toEqual([
      'firing',
      'firing',
      'recovering',
      'firing',
      'recovering',
      'ok',
    ]);
    expect(await titles()).toEqual(['Alert: On time', 'Over: On time']);
  });

  test('says n, value, interval and period as they were when it fired', async () => {
    const id = await alertOf(below80);
    await asTheyCome(id, [good, bad]);
    const { rows } = await pool.query<{ fired: object }>('select fired from app.alert_episode');
    // Wilson for 6 of 10: 31.27 to 83.18 %.
    expect(rows[0]?.fired).toMatchObject({ key: weekAt(1), verdict: 'breach', value: 60, n: 10, limit: 80, unit: '%' });
    expect(rows[0]?.fired).toMatchObject({ lo: expect.closeTo(31.27, 1), hi: expect.closeTo(83.18, 1) });
  });

  test('links to the items that were late in its week', async () => {
    const id = await alertOf(below80);
    await writeFacts(pool, [{ name: 'desk', asOf: endAfter(1) }], promisedWeeks([bad]));
    await judgeDue(context, () => now);
    const { rows } = await pool.query<{ links: { href: string }[] }>(`select message -> 'links' as links from app.channel_notice`);
    const [all] = rows[0]?.links ?? [];
    const link = new URL(all?.href ?? '');
    expect(link.pathname).toBe('/boards/delay/items');
    expect(Object.fromEntries(link.searchParams)).toMatchObject({
      metric: 'on-time-first',
      'mark-grain': 'week',
      bucket: weekAt(0),
      part: 'remainder',
      to: weekAt(1),
      lang: 'en',
    });
    expect((await findAlert(pool, id, now)).phase).toBe('firing');
  });

  test('says nothing of too few items, keeps what it was, and says how many there are', async () => {
    const id = await alertOf({ ...below80, hold: 2 });
    expect(await asTheyCome(id, [bad, { of: 4, late: 4 }, bad])).toEqual(['pending', 'too-few', 'firing']);
    const { rows } = await pool.query(`select key, verdict, reading -> 'n' as n from app.alert_reading order by key desc limit 3`);
    expect(rows).toEqual([
      { key: weekAt(2), verdict: 'breach', n: 10 },
      { key: weekAt(1), verdict: 'untold', n: 4 },
      { key: weekAt(0), verdict: 'breach', n: 10 },
    ]);
  });

  test('does not judge the running week unless it is told to', async () => {
    const [calm, eager] = [await alertOf(below80), await alertOf({ ...below80, isRunningJudged: true }, { name: 'Running' })];
    // The data ends on the Friday of a bad week.
    await writeFacts(pool, [{ name: 'desk', asOf: `${weekAt(1).slice(0, 8)}18T09:00:00Z` }], promisedWeeks([good, bad]));
    await judgeDue(context, () => now);
    expect((await findAlert(pool, calm, now)).phase).toBe('ok');
    expect(await findAlert(pool, eager, now)).toMatchObject({ phase: 'firing', reading: { key: weekAt(1), isRunning: true, value: 60 } });
  });

  test('takes back what is told differently later, and says that it is over', async () => {
    const id = await alertOf(below80);
    await asTheyCome(id, [good, bad]);
    await asTheyCome(id, [good, good], 1);
    expect((await findAlert(pool, id, now)).phase).toBe('ok');
    expect(await titles()).toEqual(['Alert: On time', 'Over: On time']);
  });

  test('says of what cannot be measured why not', async () => {
    const id = await alertOf(below80);
    await writeFacts(pool, [{ name: 'desk', asOf: endAfter(2), lacks: ['first-due'] }], promisedWeeks([bad, bad]));
    await judgeDue(context, () => now);
    const alert = await findAlert(pool, id, now);
    expect(alert).toMatchObject({ phase: 'ok', untold: 'not-measurable' });
    expect(alert.reading?.causes[0]).toMatchObject({ name: 'desk' });
  });
});

describe('a signal', () => {
  const rule = { kind: 'signal', metric: 'on-time-first', from: weekAt(0) };
  const usual = [90, 80, 90, 80, 90, 80, 90, 80, 90, 80, 90, 80].map((share) => ({ of: 10, late: (100 - share) / 10 }));

  test('fires outside the limits of the first twelve weeks, for the worse alone', async () => {
    const id = await alertOf(rule);
    // Mean 85, mean moving range 10: limits 58.4 and 111.6, a jump of more than 32.68.
    const weeks = [...usual, { of: 10, late: 2 }, { of: 10, late: 5 }];
    expect((await asTheyCome(id, weeks, 10)).slice(0, 2)).toEqual(['baseline', 'baseline']);
    const alert = await findAlert(pool, id, now);
    expect(alert).toMatchObject({ phase: 'firing', reading: { value: 50, limit: expect.closeTo(58.4, 6), signals: ['outside'] } });
  });

  test('of a jump for the better is none, unless either side is asked for', async () => {
    const [worse, either] = [await alertOf(rule), await alertOf({ ...rule, side: 'either' }, { name: 'Either' })];
    const jump = [...usual, { of: 10, late: 5 }, { of: 10, late: 0 }];
    await asTheyCome(worse, jump, jump.length - 1);
    expect((await findAlert(pool, worse, now)).reading).toMatchObject({ value: 100, verdict: 'clear', signals: [] });
    expect((await findAlert(pool, either, now)).reading).toMatchObject({ value: 100, verdict: 'breach', signals: ['moving-range'] });
  });
});

test('stands after any weeks as a fold over all of them says, however late each look comes', async () => {
  // 60 % breaches, 85 % is between, 90 % is clear, and 4 are too few to say.
  const kinds = { b: bad, '-': between, c: good, '?': { of: 4, late: 4 } };
  const history = fc.array(fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[])), { minLength: 14, maxLength: 20 });
  const holding = fc.record({ hold: fc.integer({ min: 1, max: 3 }), recover: fc.integer({ min: 1, max: 3 }) });
  await fc.assert(
    fc.asyncProperty(history, holding, fc.integer({ min: 1, max: 5 }), async (letters, { hold, recover }, stride) => {
      await pool.query('truncate app.alert cascade');
      const id = await alertOf({ ...below80, recoverAt: 90, hold, recover });
      const weeks = letters.map((letter) => kinds[letter]);
      for (let end = stride; end < weeks.length + stride; end += stride)
        await asTheyCome(id, weeks.slice(0, end), Math.min(end, weeks.length) - 1);
      let [phase, streak] = ['ok', 0];
      for (const letter of letters.filter((one) => one !== '?')) {
        const isOn = phase === 'firing' || phase === 'recovering';
        streak = letter === (isOn ? 'c' : 'b') ? streak + 1 : 0;
        if (streak === 0) phase = isOn ? 'firing' : 'ok';
        else if (streak >= (isOn ? recover : hold)) [phase, streak] = [isOn ? 'ok' : 'firing', 0];
        else phase = isOn ? 'recovering' : 'pending';
      }
      expect((await findAlert(pool, id, now)).phase).toBe(phase);
    }),
    { numRuns: 8 },
  );
});

test('of twenty servers one fires', async () => {
  await alertOf(below80);
  await writeFacts(pool, [{ name: 'desk', asOf: endAfter(2) }], promisedWeeks([good, bad]));
  const judged = await Promise.all(Array.from({ length: 20 }, evaluator).map((one) => judgeDue(one, () => now)));
  expect(judged.reduce((sum, one) => sum + one, 0)).toBe(1);
  expect(await titles()).toEqual(['Alert: On time']);
  expect((await pool.query('select from app.alert_episode')).rowCount).toBe(1);
});

test('who is killed between deciding and telling has decided nothing: the next one does both, once', async () => {
  const id = await alertOf(below80);
  await writeFacts(pool, [{ name: 'desk', asOf: endAfter(2) }], promisedWeeks([good, bad]));
  await pool.query(`create function end_session() returns trigger language plpgsql as $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
    create trigger killed before insert on app.channel_notice for each row execute function end_session()`);
  const doomed = evaluator();
  await expect(judgeDue(doomed, () => now)).rejects.toThrow();
  await pool.query('drop trigger killed on app.channel_notice; drop function end_session()');
  expect(await findAlert(pool, id, now)).toMatchObject({ phase: 'ok', judgedVersion: null });
  expect((await pool.query('select from app.alert_episode')).rowCount).toBe(0);
  await judgeDue(context, () => now);
  await judgeDue(context, () => later(1));
  expect(await titles()).toEqual(['Alert: On time']);
});

describe('a muted alert', () => {
  const mute = { by: 'Ben', why: 'Stock-taking', until: later(60) };

  test('says nothing, and tells what still fires when the mute ends', async () => {
    const id = await alertOf(below80);
    await muteAlert(pool, id, mute, now);
    await asTheyCome(id, [good, bad]);
    await tellDue(context, () => later(59));
    expect(await titles()).toEqual([]);
    await tellDue(context, () => later(61));
    await tellDue(context, () => later(62));
    expect(await titles()).toEqual(['Alert: On time']);
  });

  test('never tells what came and went meanwhile, which its history keeps', async () => {
    const id = await alertOf(below80);
    await muteAlert(pool, id, mute, now);
    await asTheyCome(id, [bad, good]);
    await tellDue(context, () => later(61));
    expect(await titles()).toEqual([]);
    const { rows } = await pool.query(`select fired ->> 'key' as fired, recovered ->> 'key' as recovered from app.alert_episode`);
    expect(rows).toEqual([{ fired: weekAt(0), recovered: weekAt(1) }]);
  });
});

test('quiet hours hold a message back, and a digest brings several in one', async () => {
  const delivery = { locale: 'en' as const, zone: 'Europe/Berlin', quiet: { from: '10:00', to: '15:00' }, digestHour: null };
  const quiet = await alertOf(below80, { delivery });
  const { channels } = await findAlert(pool, quiet, now);
  const daily = { ...delivery, quiet: null, digestHour: 8 };
  await alertOf(below80, { name: 'One', delivery: daily, channels });
  await alertOf({ ...below80, threshold: 70 }, { name: 'Two', delivery: daily, channels });
  await asTheyCome(quiet, [bad]);
  const { rows } = await pool.query(
    `select to_char(due_at at time zone 'UTC', 'DD HH24:MI') as due, count(*)::int as notices
    from app.channel_dispatch d join app.channel_notice n on n.dispatch_id = d.id group by d.id order by due_at`,
  );
  // It is 13:00 in Berlin.
  expect(rows).toEqual([
    { due: '22 14:00', notices: 1 },
    { due: '23 07:00', notices: 2 },
  ]);
});
