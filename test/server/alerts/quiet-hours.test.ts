import { expect, test } from 'vitest';
import { tellAt } from '#server/alerts/quiet-hours.js';

const night = { from: '22:00', to: '07:00' };
const berlin = { zone: 'Europe/Berlin', quiet: night, digestHour: null };

test.each([
  ['by day at once', '2026-11-22T12:00:00Z', berlin, '2026-11-22T12:00:00.000Z'],
  ['in the evening after the night', '2026-11-22T21:30:00Z', berlin, '2026-11-23T06:00:00.000Z'],
  ['after midnight in the same morning', '2026-11-23T02:00:00Z', berlin, '2026-11-23T06:00:00.000Z'],
  ['as the quiet hours end at once', '2026-11-23T06:00:00Z', berlin, '2026-11-23T06:00:00.000Z'],
  ['as they begin after them', '2026-11-22T21:00:00Z', berlin, '2026-11-23T06:00:00.000Z'],
  // Clocks go from 02:00 to 03:00 on 29 March 2026, and from 03:00 back to 02:00 on 25 October 2026.
  ['in the night that loses an hour at the same local time', '2026-03-28T23:00:00Z', berlin, '2026-03-29T05:00:00.000Z'],
  ['in the night that wins an hour at the same local time', '2026-10-24T22:00:00Z', berlin, '2026-10-25T06:00:00.000Z'],
  [
    'where they end at a time that is left out an hour later',
    '2026-03-29T00:30:00Z',
    { ...berlin, quiet: { from: '00:00', to: '02:30' } },
    '2026-03-29T01:30:00.000Z',
  ],
  [
    'where they end at a time that comes twice the first time',
    '2026-10-24T23:00:00Z',
    { ...berlin, quiet: { from: '00:00', to: '02:30' } },
    '2026-10-25T00:30:00.000Z',
  ],
  [
    'in quiet hours of the day after them',
    '2026-11-22T11:30:00Z',
    { ...berlin, quiet: { from: '12:00', to: '14:00' } },
    '2026-11-22T13:00:00.000Z',
  ],
  ['in a digest at the next such hour', '2026-11-22T12:00:00Z', { ...berlin, quiet: null, digestHour: 8 }, '2026-11-23T07:00:00.000Z'],
  ['in a digest of the same day before it', '2026-11-22T06:59:59Z', { ...berlin, quiet: null, digestHour: 8 }, '2026-11-22T07:00:00.000Z'],
  [
    'in a digest of the next day at the very hour',
    '2026-11-22T07:00:00Z',
    { ...berlin, quiet: null, digestHour: 8 },
    '2026-11-23T07:00:00.000Z',
  ],
  [
    'in a digest whose hour is quiet after the quiet hours',
    '2026-11-22T12:00:00Z',
    { ...berlin, digestHour: 23 },
    '2026-11-23T06:00:00.000Z',
  ],
  [
    'in a zone of half hours',
    '2026-11-22T18:00:00Z',
    { zone: 'Asia/Tehran', quiet: { from: '21:00', to: '06:30' }, digestHour: null },
    '2026-11-23T03:00:00.000Z',
  ],
])('what happens %s', (_name, now, when, expected) => {
  expect(tellAt(new Date(now), when).toISOString()).toBe(expected);
});
