import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { beforeAll, describe, expect, test } from 'vitest';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { testDatabase } from '../../../support/database.js';
import { type ToldCalendar, factsOf, tell, tellCalendar, tellConnection, tellTeam } from '../../../support/story.js';

const { pool } = await testDatabase();

beforeAll(() => tellConnection(pool));

const weekdays = (opens: string, closes: string): ToldCalendar['hours'] => [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens, closes }));

async function businessSeconds(calendar: string | null, from: string, to: string): Promise<number | null> {
  const result = await pool.query<{ seconds: number | null }>('select facts.business_seconds($1, $2, $3)::int as seconds', [
    calendar,
    from,
    to,
  ]);
  return result.rows[0]?.seconds ?? null;
}

describe('business time', () => {
  let office: string;
  beforeAll(async () => {
    office = await tellCalendar(pool, {
      name: 'Berlin',
      timeZone: 'Europe/Berlin',
      hours: weekdays('09:00', '17:00'),
      holidays: [{ on: '2026-12-25' }, { on: '2026-12-24', opens: '09:00', closes: '12:00' }],
    });
    await deriveFacts(pool);
  });

  test('is exact over the change of the clock', async () => {
    // Friday 16:00 to 17:00 winter time, Monday 9:00 to 10:00 summer time.
    expect(await businessSeconds(office, '2026-03-27T15:00:00Z', '2026-03-30T08:00:00Z')).toBe(7_200);
  });

  test('without a calendar is the clock round the week', async () => {
    expect(await businessSeconds(null, '2026-03-27T15:00:00Z', '2026-03-30T08:00:00Z')).toBe(234_000);
  });

  test('knows short days and holidays', async () => {
    // 24 December 9 to 12; the 25th closed; Saturday, Sunday; Monday 28th 9 to 10.
    expect(await businessSeconds(office, '2026-12-24T05:00:00Z', '2026-12-28T09:00:00Z')).toBe(14_400);
  });

  test('is nothing at night, and of open ends and distant centuries nothing is said', async () => {
    expect(await businessSeconds(office, '2026-03-27T17:00:00Z', '2026-03-28T08:00:00Z')).toBe(0);
    expect(await businessSeconds(office, '2026-03-27T15:00:00Z', 'infinity')).toBeNull();
    expect(await businessSeconds(office, '1912-03-27T15:00:00Z', '2026-03-27T15:00:00Z')).toBeNull();
  });

  test('hours that overlap count once', async () => {
    const overlapping = await tellCalendar(pool, {
      name: 'overlapping',
      timeZone: 'UTC',
      hours: [
        { weekday: 1, opens: '09:00', closes: '13:00' },
        { weekday: 1, opens: '12:00', closes: '15:00' },
      ],
    });
    await deriveFacts(pool);
    expect(await businessSeconds(overlapping, '2026-01-05T00:00:00Z', '2026-01-06T00:00:00Z')).toBe(21_600);
  });

  test('is the same in the facts as by the function', async () => {
    await tellTeam(pool, { name: 'B', calendar: 'Berlin' });
    const hour = fc.integer({ min: 0, max: 8_760 * 3_600_000 });
    const spans = fc.sample(fc.tuple(hour, hour), { numRuns: 60, seed: 1 });
    const at = (ms: number): string => new Date(Date.UTC(2026, 0, 1) + ms).toISOString();
    const items = spans.map(([a, b], n) => ({
      name: `spanned ${n}`,
      events: [
        { at: at(Math.min(a, b)), kind: 'created' as const, team: 'B' },
        { at: at(Math.max(a, b)), status: 'done' },
      ],
    }));
    await tell(pool, ...items);
    await deriveFacts(pool);
    const differing = await pool.query(
      `select lead_business_seconds, facts.business_seconds($1, created_at, finished_at)
       from facts.item
       where lead_business_seconds is distinct from facts.business_seconds($1, created_at, finished_at)`,
      [office],
    );
    expect(differing.rows).toEqual([]);
    expect((await pool.query('select from facts.item where lead_business_seconds > 0')).rowCount).toBeGreaterThan(40);
  });

  test('a changed calendar changes the items it times', async () => {
    await tellTeam(pool, { name: 'B', calendar: 'Berlin' });
    const events = [
      { at: '2026-06-01T07:00:00Z', kind: 'created' as const, team: 'B' },
      { at: '2026-06-01T15:00:00Z', status: 'done' },
    ];
    await tell(pool, { name: 'timed', events });
    await deriveFacts(pool);
    // 9:00 to 17:00 local.
    expect((await factsOf(pool, 'item', 'timed'))[0]).toMatchObject({ lead_business_seconds: 28_800 });
    await tellCalendar(pool, { name: 'Berlin', timeZone: 'Europe/Berlin', hours: weekdays('10:00', '16:00') });
    await deriveFacts(pool);
    expect((await factsOf(pool, 'item', 'timed'))[0]).toMatchObject({ lead_business_seconds: 21_600 });
  });
});

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Tehran',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Sao_Paulo',
  'Asia/Yerevan',
];

const time = fc
  .integer({ min: 0, max: 24 * 12 })
  .map((n) => `${String(Math.floor(n / 12)).padStart(2, '0')}:${String((n % 12) * 5).padStart(2, '0')}`);

const hours = fc
  .tuple(fc.integer({ min: 1, max: 7 }), time, time, fc.constantFrom(undefined, '2021-03-15', '2021-09-20'), fc.boolean())
  .filter(([, opens, closes]) => opens < closes)
  .map(([weekday, opens, closes, changesOn, before]): ToldCalendar['hours'][number] => ({
    weekday,
    opens,
    closes,
    ...(changesOn === undefined ? {} : before ? { to: changesOn } : { from: changesOn }),
  }));

const drawnCalendar = fc.record({
  hours: fc.uniqueArray(hours, { minLength: 1, maxLength: 12, selector: (h) => `${h.weekday} ${h.opens} ${h.from ?? ''}` }),
  holidays: fc.uniqueArray(
    fc.record({ on: fc.integer({ min: 1, max: 28 }).map((d) => `2021-03-${String(d).padStart(2, '0')}`), isShort: fc.boolean() }),
    { maxLength: 3, selector: (h) => h.on },
  ),
});

/** Around the clock changes of the zones in 2021, to the second. */
const drawnWindow = fc.record({
  day: fc.constantFrom('2021-03-10', '2021-03-19', '2021-04-01', '2021-09-19', '2021-10-29'),
  startsAfter: fc.integer({ min: 0, max: 300_000 }),
  seconds: fc.integer({ min: 0, max: 600_000 }),
});

type DrawnCalendar = typeof drawnCalendar extends fc.Arbitrary<infer T> ? T : never;

function told(name: string, drawn: DrawnCalendar): Omit<ToldCalendar, 'timeZone'> {
  return {
    name,
    hours: drawn.hours,
    holidays: drawn.holidays.map(({ on, isShort }) => (isShort ? { on, opens: '10:00', closes: '12:30' } : { on })),
  };
}

/**
 * Looks at every second. A span of a local day is open from the moment the clock shows its opening time to the moment it
 * shows its closing time; a time shown twice is its second showing, one never shown is as long after the skip.
 */
function lookAtEverySecond(calendar: ToldCalendar, from: number, to: number): number {
  const open = new Uint8Array(Math.max(0, to - from));
  const zone = calendar.timeZone;
  let date = Temporal.Instant.fromEpochMilliseconds(from * 1000)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .subtract({ days: 1 });
  const last = Temporal.Instant.fromEpochMilliseconds(to * 1000)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .add({ days: 1 });
  const instant = (day: Temporal.PlainDate, clock: string): number => {
    const shown = clock === '24:00' ? day.add({ days: 1 }).toPlainDateTime('00:00') : day.toPlainDateTime(clock);
    return shown.toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds / 1000;
  };
  for (; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    const on = date.toString();
    const holiday = calendar.holidays?.find((day) => day.on === on);
    const spans = holiday
      ? holiday.opens && holiday.closes
        ? [{ opens: holiday.opens, closes: holiday.closes }]
        : []
      : calendar.hours.filter((h) => h.weekday === date.dayOfWeek && (h.from ?? '') <= on && (h.to === undefined || on < h.to));
    for (const span of spans) {
      const [opens, closes] = [instant(date, span.opens), instant(date, span.closes)];
      for (let second = Math.max(from, opens); second < Math.min(to, closes); second += 1) open[second - from] = 1;
    }
  }
  return open.reduce((sum, second) => sum + second, 0);
}

test('business seconds equal looking at every second, in 400 random cases over 8 zones', async () => {
  const calendars = fc
    .sample(drawnCalendar, { numRuns: 40, seed: 20_261_121 })
    .map((drawn, n) => ({ ...told(`drawn ${n}`, drawn), timeZone: zones[n % 8]! }));
  const ids: string[] = [];
  for (const calendar of calendars) ids.push(await tellCalendar(pool, calendar));
  await deriveFacts(pool);
  const differing: unknown[] = [];
  let working = 0;
  for (const [n, window] of fc.sample(drawnWindow, { numRuns: 400, seed: 20_261_122 }).entries()) {
    const calendar = calendars[n % 40]!;
    const from = Temporal.Instant.from(`${window.day}T00:00:00Z`).epochMilliseconds / 1000 + window.startsAfter;
    const to = from + window.seconds;
    const seen = lookAtEverySecond(calendar, from, to);
    const computed = await businessSeconds(ids[n % 40]!, new Date(from * 1000).toISOString(), new Date(to * 1000).toISOString());
    if (computed !== seen) differing.push({ calendar, window, seen, computed });
    if (seen > 0) working += 1;
  }
  expect(differing).toEqual([]);
  expect(working).toBeGreaterThan(250);
});

test('an item that moves between teams is timed by the calendar of each, second by second, in 400 random stories over 8 zones', async () => {
  const calendars = fc
    .sample(drawnCalendar, { numRuns: 40, seed: 20_261_123 })
    .map((drawn, n) => ({ ...told(`of team ${n}`, drawn), timeZone: zones[n % 8]! }));
  for (const [n, calendar] of calendars.entries()) {
    await tellCalendar(pool, calendar);
    await tellTeam(pool, { name: `team ${n}`, calendar: calendar.name });
  }
  // Some of them with a break at noon.
  const isSplit = (calendar: ToldCalendar) =>
    calendar.hours.some((one) => calendar.hours.some((other) => other.weekday === one.weekday && other.opens > one.closes));
  expect(calendars.filter(isSplit).length).toBeGreaterThan(5);
  const drawn = fc.sample(
    fc.record({
      window: drawnWindow,
      teams: fc.uniqueArray(fc.nat({ max: 39 }), { minLength: 3, maxLength: 3 }),
      lengths: fc.array(fc.integer({ min: 3_600, max: 200_000 }), { minLength: 4, maxLength: 4 }),
    }),
    { numRuns: 400, seed: 20_261_124 },
  );
  const stories = drawn.map(({ window, teams, lengths }, n) => {
    const created = Temporal.Instant.from(`${window.day}T00:00:00Z`).epochMilliseconds / 1000 + window.startsAfter;
    const [handed, acted, passed, done] = lengths.map(
      (_, place) => created + lengths.slice(0, place + 1).reduce((sum, length) => sum + length, 0),
    );
    const [first, second, third] = teams.map((team) => calendars[team]!);
    return {
      name: `moved ${n}`,
      teams,
      at: { created, handed: handed!, acted: acted!, passed: passed!, done: done! },
      first: first!,
      second: second!,
      third: third!,
    };
  });
  const iso = (second: number) => new Date(second * 1000).toISOString();
  await tell(
    pool,
    ...stories.map(({ name, teams, at }) => ({
      name,
      events: [
        { at: iso(at.created), kind: 'created' as const, team: `team ${teams[0]}`, actor: 'ann' },
        { at: iso(at.handed), team: `team ${teams[1]}`, actor: 'ann' },
        { at: iso(at.acted), status: 'working', actor: 'bob' },
        { at: iso(at.passed), team: `team ${teams[2]}`, actor: 'bob' },
        { at: iso(at.done), status: 'done', actor: 'cem' },
      ],
    })),
  );
  await deriveFacts(pool);
  const differing: unknown[] = [];
  let working = 0;
  for (const { name, at, first, second, third } of stories) {
    const expected = {
      lead:
        lookAtEverySecond(first, at.created, at.handed) +
        lookAtEverySecond(second, at.handed, at.passed) +
        lookAtEverySecond(third, at.passed, at.done),
      waits: [lookAtEverySecond(second, at.handed, at.acted), lookAtEverySecond(third, at.passed, at.done)],
    };
    const [item] = await factsOf(pool, 'item', name);
    const handoffs = await factsOf(pool, 'handoff', name, 'team');
    const computed = { lead: item?.lead_business_seconds, waits: handoffs.map((handoff) => handoff.wait_business_seconds) };
    if (JSON.stringify(computed) !== JSON.stringify(expected)) differing.push({ name, expected, computed });
    if (expected.lead > 0 && expected.waits[0] !== expected.waits[1]) working += 1;
  }
  expect(differing).toEqual([]);
  expect(working).toBeGreaterThan(250);
});

test('an opening time the clock skips opens when the skip is over', async () => {
  const early = await tellCalendar(pool, {
    name: 'early',
    timeZone: 'America/New_York',
    hours: [{ weekday: 7, opens: '02:30', closes: '06:00' }],
  });
  await deriveFacts(pool);
  const compatible = Temporal.PlainDateTime.from('2026-03-08T02:30').toZonedDateTime('America/New_York', { disambiguation: 'compatible' });
  expect(compatible.toInstant().toString()).toBe('2026-03-08T07:30:00Z');
  // 3:30 to 6:00 summer time.
  expect(await businessSeconds(early, '2026-03-08T00:00:00Z', '2026-03-09T00:00:00Z')).toBe(9_000);
});
