import { expect, test } from 'vitest';
import { calendarsIn, zoneNamed } from '#etl/connectors/zendesk/schedules.js';

test('minutes since Sunday midnight become hours of weekdays, cut at midnight', () => {
  const calendar = calendarsIn(
    {
      id: 1,
      name: 'Night shift',
      time_zone: 'Berlin',
      intervals: [
        { start_time: 1440 + 8 * 60, end_time: 1440 + 16 * 60 + 30 },
        { start_time: 6 * 1440 + 22 * 60, end_time: 7 * 1440 },
        { start_time: 2 * 1440 + 23 * 60, end_time: 3 * 1440 + 60 },
        { start_time: 0, end_time: 60 },
      ],
    },
    [{ name: 'New Year', start_date: '2025-12-31', end_date: '2026-01-01' }],
  );
  expect(calendar).toEqual({
    id: '1',
    name: 'Night shift',
    timeZone: 'Europe/Berlin',
    hours: [
      { weekday: 1, opens: '08:00', closes: '16:30' },
      { weekday: 6, opens: '22:00', closes: '24:00' },
      { weekday: 2, opens: '23:00', closes: '24:00' },
      { weekday: 3, opens: '00:00', closes: '01:00' },
      { weekday: 7, opens: '00:00', closes: '01:00' },
    ],
    holidays: [
      { on: '2025-12-31', name: 'New Year' },
      { on: '2026-01-01', name: 'New Year' },
    ],
  });
});

test.each([
  ['Pacific Time (US & Canada)', 'America/Los_Angeles'],
  ['Istanbul', 'Europe/Istanbul'],
  ['Hong Kong', 'Asia/Hong_Kong'],
  ['Europe/Madrid', 'Europe/Madrid'],
  ['Atlantis', 'UTC'],
])('the zone %s is %s', (name, zone) => {
  expect(zoneNamed(name)).toBe(zone);
});
