import { describe, expect, test } from 'vitest';
import type { MetricRow } from '#dashboards/metric-result.js';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, id, only, writeFacts, type ConnectionFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, refresh } = await bothEngines(pool);

/** Hours since the midnight before Monday, the fifth. */
const at = (hour: number) => new Date(Date.parse('2026-01-05T00:00:00Z') + hour * 3_600_000).toISOString();
type Facts = Omit<ItemFacts, 'name'>;
const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);

/** Everyone works from 9 to 17 of that Monday and Tuesday (UTC), unless there is no calendar at all. */
async function given(
  items: Facts[],
  {
    hasCalendar = true,
    asOf = 100,
    ...connection
  }: Pick<Partial<ConnectionFacts>, 'lacks'> & { hasCalendar?: boolean; asOf?: number } = {},
) {
  await writeFacts(
    pool,
    [{ ...connection, name: 'desk', asOf: at(asOf) }],
    items.map((facts, index) => ({ name: `i${index}`, team: 'A', ...facts })),
  );
  const calendar = id('calendar', 'office');
  await pool.query('truncate facts.calendar_span, facts.basis');
  if (hasCalendar) {
    await pool.query(
      `insert into core.calendar (id, connection_id, external_id, name, time_zone) values ($1, $2, 'office', 'office', 'UTC')`,
      [calendar, id('connection', 'desk')],
    );
    await pool.query(`update ingest.connection set settings = '{"defaultCalendar": "office"}'`);
    await pool.query(`insert into facts.calendar_span values ($1, $2, $3, 0), ($1, $4, $5, 28800)`, [
      calendar,
      at(9),
      at(17),
      at(33),
      at(41),
    ]);
    await pool.query(`insert into facts.basis values ('calendar', $1, $1)`, [calendar]);
  }
  await refresh();
}

const interval = (from: number, to: number | null, court: string, more: { owned?: boolean; team?: string | null } = {}) => ({
  from: at(from),
  to: to === null ? null : at(to),
  court,
  team: 'A',
  ...more,
});

/** Open for 34 hours: unowned 8 to 10, queued to 12, worked on to 20, customer to 35, blocked to 37, supplier to 40, worked on to 42. */
const whole: Facts = {
  created: at(8),
  started: at(12),
  ended: at(42),
  intervals: [
    interval(8, 10, 'ours_waiting', { owned: false, team: null }),
    interval(10, 12, 'ours_waiting'),
    interval(12, 20, 'ours_active'),
    interval(20, 35, 'customer'),
    interval(35, 37, 'ours_waiting'),
    interval(37, 40, 'third_party'),
    interval(40, 42, 'ours_active'),
  ],
};

function hours(row: MetricRow | undefined): Record<string, number> {
  return Object.fromEntries(Object.entries(row?.values ?? {}).map(([name, seconds]) => [name, (seconds ?? Number.NaN) / 3_600]));
}
const none = { unowned: 0, queue: 0, offHours: 0, customer: 0, thirdParty: 0, blocked: 0, active: 0 };

describe('wait-causes-time', () => {
  test('gives each hour one cause, closed hours those of our own', async () => {
    await given(times(5, whole));
    const row = only(await ask({ metric: 'wait-causes-time' }));
    // Closed: 8 to 9, 17 to 20 and 41 to 42.
    expect(hours(row)).toEqual({ unowned: 1, queue: 2, offHours: 5, customer: 15, thirdParty: 3, blocked: 2, active: 6 });
    expect(row.n).toBe(5);
  });

  test('cuts at the days', async () => {
    await given(times(5, whole));
    const { rows } = await ask({ metric: 'wait-causes-time', grain: 'day', from: '2026-01-05', to: '2026-01-08' });
    expect(rows.slice(0, 2).map(hours)).toEqual([
      { ...none, unowned: 1, queue: 2, offHours: 4, customer: 4, active: 5 },
      { ...none, offHours: 1, customer: 11, blocked: 2, thirdParty: 3, active: 1 },
    ]);
    expect(rows[2]).toMatchObject({ n: 0, note: 'empty' });
  });

  test('cuts at the days of another zone', async () => {
    await given(times(5, whole));
    // Midnight in Tehran is 20:30 UTC.
    const { rows } = await ask({ metric: 'wait-causes-time', grain: 'day', from: '2026-01-05', to: '2026-01-06', zone: 'Asia/Tehran' });
    expect(hours(rows[0])).toEqual({ ...none, unowned: 1, queue: 2, offHours: 4, customer: 0.5, active: 5 });
  });

  test('ends the queue after a handoff with the first own act of the receiver', async () => {
    const handed: Facts = {
      created: at(9),
      started: at(9),
      ended: at(15),
      intervals: [interval(9, 11, 'ours_active'), interval(11, 15, 'ours_waiting', { team: 'B' })],
      handoffs: [{ at: at(11), from: 'A', to: 'B', acted: at(12), until: at(15) }],
    };
    await given(times(5, handed));
    expect(hours(only(await ask({ metric: 'wait-causes-time' })))).toEqual({ ...none, active: 2, queue: 1, blocked: 3 });
    const { rows } = await ask({ metric: 'wait-causes-time', by: 'team' });
    expect(rows.map((row) => [row.by, hours(row).queue])).toEqual([
      ['A', 0],
      ['B', 1],
    ]);
  });

  test('counts open items up to the end of the data, all of it queue where nobody has begun', async () => {
    await given(times(5, { created: at(10), intervals: [interval(10, null, 'ours_waiting')] }), { asOf: 35 });
    // Open 10 to 35: seven hours of Monday and two of Tuesday.
    expect(hours(only(await ask({ metric: 'wait-causes-time' })))).toEqual({ ...none, queue: 9, offHours: 16 });
  });

  test('takes waiting after a reopening for blocked', async () => {
    const reopened: Facts = {
      created: at(9),
      started: at(9),
      ended: at(16),
      intervals: [interval(9, 10, 'ours_active'), interval(14, 16, 'ours_waiting')],
    };
    await given(times(5, reopened));
    expect(hours(only(await ask({ metric: 'wait-causes-time' })))).toEqual({ ...none, active: 1, blocked: 2 });
  });

  test('knows no closed hours without a calendar', async () => {
    await given(times(5, whole), { hasCalendar: false });
    expect(hours(only(await ask({ metric: 'wait-causes-time' })))).toEqual({
      ...none,
      unowned: 2,
      queue: 2,
      customer: 15,
      thirdParty: 3,
      blocked: 2,
      active: 10,
    });
  });

  test('cuts fractions of a second, so that the parts add up', async () => {
    const half = (hour: number) => at(hour + 0.5 / 3_600);
    const facts: Facts = {
      created: at(9),
      started: half(10),
      ended: half(11),
      intervals: [
        { ...interval(9, null, 'ours_waiting'), from: at(9), to: half(10) },
        { ...interval(10, null, 'ours_active'), from: half(10), to: half(11) },
      ],
    };
    await given(times(5, facts));
    expect(only(await ask({ metric: 'wait-causes-time' })).values).toMatchObject({ queue: 3_600, active: 3_600, offHours: 0 });
  });
});

describe('wait-causes', () => {
  test('is the same in percent of the open time', async () => {
    await given(times(5, whole));
    const row = only(await ask({ metric: 'wait-causes' }));
    expect(row).toMatchObject({ n: 5, denominator: 5 * 34 * 3_600 });
    expect(row.values?.customer).toBeCloseTo(44.117647, 6);
    expect(row.values?.offHours).toBeCloseTo(14.705882, 6);
    expect(Object.values(row.values ?? {}).reduce<number>((sum, share) => sum + (share ?? 0), 0)).toBeCloseTo(100, 9);
  });

  test('is empty of nothing, withheld of four, and leaves out what is excluded', async () => {
    await given([]);
    expect(only(await ask({ metric: 'wait-causes' }))).toMatchObject({ n: 0, note: 'empty' });
    await given([...times(4, whole), { ...whole, excluded: 'spam' }]);
    expect(only(await ask({ metric: 'wait-causes' }))).toMatchObject({ n: 4, values: { queue: null }, note: 'too-few;excluded:1' });
  });

  test.each(['team', 'courts'] as const)('is absent where the source tells no %s', async (signal) => {
    await given(times(5, whole), { lacks: [signal] });
    expect(await ask({ metric: 'wait-causes' })).toMatchObject({ rows: [], absent: [{ connection: 'desk', signal }] });
  });
});
