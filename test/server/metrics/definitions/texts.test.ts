import { describe, expect, test } from 'vitest';
import { metricInfo } from '#server/metrics/metric.js';
import { findMetric } from '#server/metrics/definitions/index.js';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, only, writeFacts, type ConnectionFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, refresh } = await bothEngines(pool);

const at = (hour: number) => new Date(Date.parse('2026-01-05T00:00:00Z') + hour * 3_600_000).toISOString();
type Facts = Omit<ItemFacts, 'name'>;

async function given(items: Facts[], asOf = 200, connection: Partial<ConnectionFacts> = {}): Promise<void> {
  await writeFacts(
    pool,
    [{ name: 'desk', asOf: at(asOf), ...connection }],
    items.map((facts, index) => ({ name: `i${index}`, ...facts })),
  );
  await refresh();
}

describe.each(['reply-time', 'unexplained-delay', 'proactive-notice', 'notice-lead', 'chased-first', 're-ask', 'customer-repeats'])(
  '%s',
  (metric) => {
    test('is empty where there is nothing to count', async () => {
      await given([{ created: at(0), ended: at(3) }]);
      expect(only(await ask({ metric }))).toMatchObject({ n: 0, note: 'empty' });
    });

    test('is absent where the source tells no messages, with the reason', async () => {
      await given([{ created: at(0), ended: at(3) }], 200, { lacks: ['messages'] });
      const { rows, absent } = await ask({ metric });
      expect(rows).toEqual([]);
      expect(absent).toEqual([{ connection: 'desk', signal: 'messages', reason: 'No messages in the file.' }]);
    });
  },
);

describe('reply-time', () => {
  const turn = (asked: number, answered: number | null, until?: number): Facts => ({
    created: at(0),
    ended: until === undefined ? null : at(until),
    turns: [{ asked: at(asked), answered: answered === null ? null : at(answered), until: until === undefined ? null : at(until) }],
  });

  test('is the time to the answer, what still waits with its time so far', async () => {
    // 1, 2 and 3 h; two wait for 10 h: the third of five.
    await given([turn(0, 1), turn(0, 2), turn(0, 3), turn(0, null), turn(0, null)], 10);
    expect(only(await ask({ metric: 'reply-time' }))).toMatchObject({
      n: 5,
      values: { p50: 10_800, p85: null, tail: null },
      note: 'too-few:p85',
    });
  });

  test('shows how many times the slow ones are the usual ones', async () => {
    // 1 to 20 h: the median is 10.5 h, P85 is 17.15 h.
    await given(Array.from({ length: 20 }, (_, n) => turn(0, n + 1)));
    const { values } = only(await ask({ metric: 'reply-time' }));
    expect(values?.p50).toBe(37_800);
    expect(values?.p85).toBeCloseTo(61_740, 5);
    expect(values?.tail).toBeCloseTo(1.633333, 5);
  });

  test('takes an end without an answer as another end, and no message after the end that nobody answers', async () => {
    // One of five answered; the sixth wrote at the end and waits for nothing.
    const unanswered = turn(0, null, 9);
    await given([turn(0, 1), unanswered, unanswered, unanswered, unanswered, turn(9, null, 9)]);
    expect(only(await ask({ metric: 'reply-time' }))).toMatchObject({ n: 5, values: { p50: null }, note: 'not-reached;too-few:p85' });
  });

  test('belongs to the local day of the message', async () => {
    await given([turn(-1, 1), turn(0, 1), turn(0, 1), turn(0, 1), turn(0, 1), turn(24, 25)]);
    const { rows } = await ask({ metric: 'reply-time', grain: 'day', from: '2026-01-04', to: '2026-01-07' });
    expect(rows.map((row) => row.n)).toEqual([1, 4, 1]);
    const local = await ask({ metric: 'reply-time', grain: 'day', from: '2026-01-04', to: '2026-01-07', zone: 'Asia/Tehran' });
    expect(local.rows.map((row) => row.n)).toEqual([0, 5, 1]);
  });
});

describe('unexplained-delay', () => {
  const delay = (from: number, to: number | null, explained: boolean) => ({ from: at(from), to: to === null ? null : at(to), explained });

  test('is the share of late or silent time nobody explained, open items with the time so far', async () => {
    // Four items: 10 h of which 4 explained. One open since hour 60, at hour 80 20 h unexplained: 24 + 20 of 60 hours.
    const late: Facts = { created: at(0), ended: at(50), delays: [delay(40, 44, true), delay(44, 50, false)] };
    await given([late, late, late, late, { created: at(0), delays: [delay(60, null, false)] }], 80);
    const row = only(await ask({ metric: 'unexplained-delay' }));
    expect(row).toMatchObject({ n: 5, numerator: 158_400, denominator: 216_000 });
    expect(row.value).toBeCloseTo(73.333333, 5);
  });

  test('is 100 where all is unexplained, and cut at the edge of the period', async () => {
    const late: Facts = { created: at(0), ended: at(30), delays: [delay(20, 30, false)] };
    await given([late, late, late, late, late]);
    const { rows } = await ask({ metric: 'unexplained-delay', grain: 'day', from: '2026-01-05', to: '2026-01-07' });
    expect(rows.map((row) => [row.n, row.value, row.denominator])).toEqual([
      [5, 100, 72_000],
      [5, 100, 108_000],
    ]);
  });

  test('withholds the share of four', async () => {
    const late: Facts = { created: at(0), ended: at(30), delays: [delay(20, 30, false)] };
    await given([late, late, late, late]);
    expect(only(await ask({ metric: 'unexplained-delay' }))).toMatchObject({ n: 4, value: null, note: 'too-few' });
  });
});

/** Promised at 0 for hour 40, finished at `ended` or still open. */
const promised = (ended: number | null, words: Facts['words'], more: Facts['promises'] = []): Facts => ({
  created: at(0),
  ended: ended === null ? null : at(ended),
  promises: [{ said: at(0), due: at(40), until: more[0]?.said ?? (ended === null ? null : at(ended)) }, ...more],
  words: [{ at: at(0), due: at(40) }, ...(words ?? [])],
});
const reason = (hour: number) => ({ at: at(hour), reason: true });
const chase = (hour: number) => ({ at: at(hour), side: 'customer' as const, chase: true });
const early = promised(50, [reason(30)]);
const silent = promised(50, []);

describe('proactive-notice and notice-lead', () => {
  test('count what was said before the date and before the customer asked', async () => {
    // Announced 10 h, 10 h and 20 h before; asked before, said at the date itself, said after it, and not at all; one kept.
    const moved = promised(
      60,
      [{ at: at(20), due: at(55) }],
      [{ said: at(20), due: at(55), until: at(60), movedSeconds: 54_000, isAfterDue: false }],
    );
    const asked = promised(50, [chase(25), reason(30)]);
    await given([early, early, moved, asked, promised(50, [reason(40)]), promised(50, [reason(41)]), silent, promised(40, [])]);
    const share = only(await ask({ metric: 'proactive-notice' }));
    expect(share).toMatchObject({ n: 7, numerator: 3, denominator: 7 });
    expect(share.value).toBeCloseTo(42.857143, 5);
    const lead = only(await ask({ metric: 'notice-lead' }));
    expect(lead).toMatchObject({ n: 7, numerator: 4, note: 'too-few' });
    expect(lead.values?.lead).toBeNull();
    expect(lead.values?.none).toBeCloseTo(57.142857, 5);
  });

  test('the lead is the median of those announced, and never 0 for the others', async () => {
    await given([10, 15, 20, 25, 30].map((hour) => promised(50, [reason(hour)])).concat([silent]));
    // 30, 25, 20, 15 and 10 hours before.
    expect(only(await ask({ metric: 'notice-lead' }))).toMatchObject({ n: 6, values: { lead: 72_000 }, note: null });
  });

  test('count an open item once its date has passed, all of it late', async () => {
    const open = promised(null, []);
    await given([open, open, open, open, open], 40);
    expect(only(await ask({ metric: 'proactive-notice' }))).toMatchObject({ n: 0, note: 'empty' });
    await given([open, open, open, open, open], 41);
    expect(only(await ask({ metric: 'proactive-notice' }))).toMatchObject({ n: 5, value: 0 });
  });

  test('leave out dates the customer asked to move in time', async () => {
    const wished = promised(60, [], [{ said: at(20), due: at(55), until: at(60), asked: true, movedSeconds: 54_000, isAfterDue: false }]);
    await given([early, early, early, early, silent, wished]);
    expect(only(await ask({ metric: 'proactive-notice' }))).toMatchObject({ n: 5, value: 80, note: 'excluded:1' });
  });
});

describe('chased-first', () => {
  test('counts the late where the customer spoke first', async () => {
    await given([
      promised(50, [chase(45)]),
      promised(50, [chase(30), reason(35)]),
      promised(50, [reason(35), chase(45)]),
      silent,
      silent,
      promised(39, [chase(20)]),
    ]);
    expect(only(await ask({ metric: 'chased-first' }))).toMatchObject({ n: 5, value: 40, numerator: 2 });
  });

  test('waits with an open item until somebody speaks, and dates it by that', async () => {
    await given([promised(null, []), promised(null, [chase(50)]), promised(null, [reason(45)]), promised(null, [chase(10)])], 100);
    const { rows } = await ask({ metric: 'chased-first', grain: 'day', from: '2026-01-06', to: '2026-01-08' });
    // Hour 40, the date, for the one who asked before it, hour 45 for ours; hour 50 is the 7th.
    expect(rows.map((row) => [row.bucket, row.n, row.numerator])).toEqual([
      ['2026-01-06', 2, 1],
      ['2026-01-07', 1, 1],
    ]);
  });
});

describe('re-ask and customer-repeats', () => {
  const item = (more: Partial<NonNullable<Facts['handoffs']>[number]>, ended: number | null = 48): Facts => ({
    created: at(0),
    ended: ended === null ? null : at(ended),
    team: 'B',
    handoffs: [{ at: at(1), from: 'A', to: 'B', until: ended === null ? null : at(ended), ...more }],
  });

  test('count handoffs after which somebody spoke, of open items too', async () => {
    await given([
      item({ reask: true, repeat: true }),
      item({ reask: false, repeat: true }, null),
      item({ reask: false, repeat: false }),
      item({ reask: false, repeat: true }),
      item({ reask: false }),
      item({ repeat: false }),
      item({}),
    ]);
    expect(only(await ask({ metric: 're-ask' }))).toMatchObject({ n: 5, value: 20 });
    expect(only(await ask({ metric: 'customer-repeats' }))).toMatchObject({ n: 5, value: 60 });
    expect(only(await ask({ metric: 're-ask', level: 'person' }))).toMatchObject({ n: 0 });
  });

  test('belong to the moment of the handoff', async () => {
    await given([item({ reask: true }), item({ at: at(24), reask: true })]);
    const { rows } = await ask({ metric: 're-ask', grain: 'day', from: '2026-01-05', to: '2026-01-07' });
    expect(rows.map((row) => row.n)).toEqual([1, 1]);
  });
});

test('what is read from texts says how well', () => {
  expect(metricInfo(findMetric('chased-first')).estimate).toMatchObject({ recall: 1, n: 317, unseen: { recall: 21 / 72, n: 200 } });
  expect(metricInfo(findMetric('reply-time')).estimate).toBeUndefined();
});
