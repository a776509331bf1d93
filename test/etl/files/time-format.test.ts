import { describe, expect, test } from 'vitest';
import { zoneProblem } from '#etl/files/local-time.js';
import { formatProblem, timeReader } from '#etl/files/time-format.js';

const read = (format: string, zone: string, value: string, dateOnlyAt = '00:00') => timeReader({ format, zone, dateOnlyAt })(value);

describe('a time', () => {
  test.each([
    ['d/M/yyyy HH:mm', 'UTC', '29/2/2016 01:16', '2016-02-29T01:16:00Z'],
    ['d/M/yyyy HH:mm', 'Europe/Berlin', '1/7/2026 09:00', '2026-07-01T07:00:00Z'],
    ['MM/dd/yyyy hh:mm:ss a', 'America/New_York', '04/18/2019 12:05:45 AM', '2019-04-18T04:05:45Z'],
    ['MM/dd/yyyy hh:mm:ss a', 'America/New_York', '04/18/2019 12:05:45 PM', '2019-04-18T16:05:45Z'],
    ['dd MMM yyyy', 'UTC', '05 Mar 2026', '2026-03-05T00:00:00Z'],
    ["yyyy-MM-dd'T'HH:mm:ss.SSSX", 'UTC', '2026-01-02T03:04:05.678+03:30', '2026-01-01T23:34:05.678Z'],
    ['iso', 'UTC', '2011-10-11 13:45:40.276000+02:00', '2011-10-11T11:45:40.276000Z'],
    ['iso', 'Asia/Tehran', '2026-03-21T08:00', '2026-03-21T04:30:00Z'],
    ['iso', 'Asia/Kolkata', '2026-03-21', '2026-03-20T18:30:00Z'],
    ['epoch-s', 'UTC', '1767571200', '2026-01-05T00:00:00.000Z'],
    ['epoch-ms', 'UTC', '1767571200123', '2026-01-05T00:00:00.123Z'],
  ])('%s in %s reads %s', (format, zone, value, at) => {
    expect(read(format, zone, value)).toEqual({ at });
  });

  test.each([
    ['d/M/yyyy HH:mm', '31/4/2026 10:00'],
    ['d/M/yyyy HH:mm', '2/29/2016 10:00'],
    ['d/M/yyyy HH:mm', '1/1/2026 24:00'],
    ['d/M/yyyy HH:mm', '1/1/2026 10:00 '],
    ['MM/dd/yyyy hh:mm a', '01/01/2026 13:00 PM'],
    ['iso', '2026-02-29T00:00:00Z'],
    ['iso', 'yesterday'],
    ['epoch-s', '99999999999999999'],
  ])('that does not fit %s is refused: %s', (format, value) => {
    expect(read(format, 'UTC', value)).toBeNull();
  });

  test('without a time of day stands for the time the rule gives', () => {
    expect(read('yyyy-MM-dd', 'Europe/Berlin', '2026-03-27', '17:00')).toEqual({ at: '2026-03-27T16:00:00Z' });
  });

  test('that a clock change repeats is the earlier one, and is said so', () => {
    // Berlin, 25 October 2026: 02:30 comes at 00:30Z and again at 01:30Z.
    expect(read('iso', 'Europe/Berlin', '2026-10-25T02:30')).toEqual({ at: '2026-10-25T00:30:00Z', warning: 'ambiguous_local_time' });
  });

  test('that a clock change skips is moved on, and is said so', () => {
    // Berlin, 29 March 2026: after 02:00 comes 03:00; 02:30 is read as 03:30 summer time.
    expect(read('iso', 'Europe/Berlin', '2026-03-29T02:30')).toEqual({ at: '2026-03-29T01:30:00Z', warning: 'skipped_local_time' });
  });

  test('on the day of a change of half an hour is exact', () => {
    // Lord Howe, 5 April 2026: 02:00 goes back to 01:30, from +11:00 to +10:30.
    expect(read('iso', 'Australia/Lord_Howe', '2026-04-05T01:00')).toEqual({ at: '2026-04-04T14:00:00Z' });
    expect(read('iso', 'Australia/Lord_Howe', '2026-04-05T03:00')).toEqual({ at: '2026-04-04T16:30:00Z' });
  });
});

test('a pattern with a letter nobody knows is refused', () => {
  expect(formatProblem('d/M/yyyy HH:mn')).toContain('has the letter "n"');
  expect(formatProblem('d/M HH:mm')).toContain('has no year (yyyy)');
  expect(formatProblem('d/M/yyyy hh:mm')).toContain('no AM/PM (a); use H');
  expect(formatProblem("d/M/yyyy 'at' HH:mm")).toBeNull();
});

test('a zone nobody knows is refused with the nearest one', () => {
  expect(zoneProblem('Europe/Berlinn')).toBe('"Europe/Berlinn" is not a zone of the IANA list; did you mean "Europe/Berlin"?');
  expect(zoneProblem('+02:00')).toContain('such as "Europe/Berlin"');
  expect(zoneProblem('Asia/Yerevan')).toBeNull();
});
