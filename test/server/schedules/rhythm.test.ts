import { expect, test } from 'vitest';
import { dueTimes, isZone, nextDueTimes, Rhythm } from '#server/schedules/rhythm.js';

function dates(rhythm: Rhythm, zone: string, from: string, count: number): string[] {
  return nextDueTimes(rhythm, zone, new Date(from), count).map(({ local, at }) => `${local} ${at.toISOString().slice(0, 16)}Z`);
}

test('weekly is the same local time every week, whatever the clock does', () => {
  expect(dates({ kind: 'weekly', weekday: 1, at: '08:00' }, 'Europe/Berlin', '2026-03-20T00:00:00Z', 3)).toEqual([
    '2026-03-23T08:00 2026-03-23T07:00Z',
    '2026-03-30T08:00 2026-03-30T06:00Z',
    '2026-04-06T08:00 2026-04-06T06:00Z',
  ]);
});

test('a month without the day has its last one', () => {
  expect(dates({ kind: 'monthly', day: 31, at: '06:30' }, 'Asia/Tehran', '2026-01-15T00:00:00Z', 3)).toEqual([
    '2026-01-31T06:30 2026-01-31T03:00Z',
    '2026-02-28T06:30 2026-02-28T03:00Z',
    '2026-03-31T06:30 2026-03-31T03:00Z',
  ]);
});

test('quarterly is in the first month of the quarter', () => {
  expect(dates({ kind: 'quarterly', day: 5, at: '09:00' }, 'Asia/Yerevan', '2026-01-05T05:00:00Z', 2)).toEqual([
    '2026-04-05T09:00 2026-04-05T05:00Z',
    '2026-07-05T09:00 2026-07-05T05:00Z',
  ]);
});

test('cron speaks of local time', () => {
  expect(dates({ kind: 'cron', expression: '15 7 * * 1-5' }, 'America/New_York', '2026-10-30T12:00:00Z', 3)).toEqual([
    '2026-11-02T07:15 2026-11-02T12:15Z',
    '2026-11-03T07:15 2026-11-03T12:15Z',
    '2026-11-04T07:15 2026-11-04T12:15Z',
  ]);
  expect(dates({ kind: 'cron', expression: '0 8 29 2 *' }, 'UTC', '2026-03-01T00:00:00Z', 2)).toEqual([
    '2028-02-29T08:00 2028-02-29T08:00Z',
    '2032-02-29T08:00 2032-02-29T08:00Z',
  ]);
});

test('from is left out and to is not', () => {
  const daily: Rhythm = { kind: 'cron', expression: '0 8 * * *' };
  const found = dueTimes(daily, 'UTC', new Date('2026-03-02T08:00:00Z'), new Date('2026-03-04T08:00:00Z'));
  expect(found.map(({ local }) => local)).toEqual(['2026-03-03T08:00', '2026-03-04T08:00']);
});

/** Both changes of the clock of 2026, where a zone has any; Lord Howe's are of half an hour. */
const zones: [string, string, string][] = [
  ['Europe/Berlin', '2026-03-29', '2026-10-25'],
  ['America/New_York', '2026-03-08', '2026-11-01'],
  ['America/St_Johns', '2026-03-08', '2026-11-01'],
  ['Australia/Sydney', '2026-10-04', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04', '2026-04-05'],
  ['America/Santiago', '2026-09-06', '2026-04-05'],
  ['Europe/Lisbon', '2026-03-29', '2026-10-25'],
  ['Asia/Tehran', '2026-03-22', '2026-09-22'],
];

test.each(zones)('R25: half past two is once on every local date in %s, over both changes of the clock', (zone, spring, autumn) => {
  let checked = 0;
  for (const change of [spring, autumn]) {
    const around = [-3, 4].map((days) => new Date(Date.parse(`${change}T12:00:00Z`) + days * 86_400_000)) as [Date, Date];
    for (const rhythm of [
      { kind: 'cron', expression: '30 2 * * *' },
      { kind: 'cron', expression: '0 0 * * *' },
    ] satisfies Rhythm[]) {
      const found = dueTimes(rhythm, zone, ...around);
      const localDates = found.map(({ local }) => local.slice(0, 10));
      expect(localDates.length).toBeGreaterThanOrEqual(6);
      expect(new Set(localDates).size).toBe(localDates.length);
      expect(Date.parse(`${localDates.at(-1)}`) - Date.parse(`${localDates[0]}`)).toBe((localDates.length - 1) * 86_400_000);
      expect(new Set(found.map(({ at }) => at.getTime())).size).toBe(found.length);
      checked += found.length;
    }
  }
  process.stdout.write(`R25 zone=${zone} local_dates=${checked} missed=0 dup=0 ok\n`);
});

test('a time that the clock leaves out is the first one after it, and one that comes twice is the first', () => {
  const daily: Rhythm = { kind: 'cron', expression: '30 2 * * *' };
  expect(dates(daily, 'Europe/Berlin', '2026-03-29T00:00:00Z', 1)).toEqual(['2026-03-29T02:30 2026-03-29T01:30Z']);
  expect(dates(daily, 'Europe/Berlin', '2026-10-24T12:00:00Z', 2)).toEqual([
    '2026-10-25T02:30 2026-10-25T00:30Z',
    '2026-10-26T02:30 2026-10-26T01:30Z',
  ]);
});

test.each([
  ['* 8 * * *', 'is due more than once a day'],
  ['0 8,16 * * *', 'is due more than once a day'],
  ['0 8 * *', 'is not five fields'],
  ['0 8 30 2 *', 'is never due'],
  ['0 8 * * 9', 'is no cron expression'],
  ['0 25 * * *', 'is no cron expression'],
])('cron %s is refused', (expression, reason) => {
  expect(Rhythm.safeParse({ kind: 'cron', expression }).error?.issues[0]?.message).toContain(reason);
});

test('a zone is one that is known by its name', () => {
  expect(['Europe/Berlin', 'Asia/Tehran', 'UTC'].map(isZone)).toEqual([true, true, true]);
  expect(['Europe/Atlantis', '+03:00', '', 'Berlin'].map(isZone)).toEqual([false, false, false, false]);
});
