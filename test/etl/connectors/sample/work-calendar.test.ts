import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { companyCalendars } from '#etl/connectors/sample/calendars.js';
import { WorkCalendar } from '#etl/connectors/sample/work-calendar.js';

const rows = companyCalendars([2026]);
const berlin = calendar('berlin-office');
const tehran = calendar('tehran-office');

describe('a work calendar', () => {
  it('counts two hours over the change to summer time', () => {
    // Friday 16:00 to 17:00 and Monday 9:00 to 10:00 in Berlin.
    expect(berlin.between(at('2026-03-27T15:00:00Z'), at('2026-03-30T08:00:00Z'))).toBe(7_200);
  });

  it('steps over nights and weekends', () => {
    expect(berlin.add(at('2026-03-27T15:00:00Z'), 7_200)).toBe(at('2026-03-30T08:00:00Z'));
  });

  it('ends at the close of a day when the time runs out exactly there', () => {
    expect(berlin.add(at('2026-03-27T15:00:00Z'), 3_600)).toBe(at('2026-03-27T16:00:00Z'));
  });

  it('closes for lunch in Tehran and opens on Saturday', () => {
    // Saturday 2026-06-06, 11:45 to 13:00 local, half an hour more than UTC+3; lunch from 12:00 to 12:45.
    expect(tehran.between(at('2026-06-06T08:15:00Z'), at('2026-06-06T09:30:00Z'))).toBe(1_800);
  });

  it('says that business closes after lunch, not before it', () => {
    expect(tehran.closeOfBusiness(at('2026-06-06T05:00:00Z'))).toBe(at('2026-06-06T13:00:00Z'));
  });

  it('knows the movable feasts of Berlin', () => {
    const feasts = rows.find(({ id }) => id === 'berlin-office')?.holidays.map(({ on, name }) => `${on} ${name}`);
    expect(feasts).toEqual(
      expect.arrayContaining(['2026-04-03 Good Friday', '2026-04-06 Easter Monday', '2026-05-14 Ascension Day', '2026-05-25 Whit Monday']),
    );
  });

  it('works until one on Christmas Eve', () => {
    expect(berlin.between(at('2026-12-24T00:00:00Z'), at('2026-12-25T00:00:00Z'))).toBe(14_400);
  });
});

function calendar(id: string): WorkCalendar {
  const row = rows.find((candidate) => candidate.id === id);
  if (!row) throw new Error(`No calendar "${id}".`);
  return new WorkCalendar(row, Temporal.PlainDate.from('2026-01-01'), Temporal.PlainDate.from('2027-01-01'));
}

function at(instant: string): number {
  return Date.parse(instant) / 1_000;
}
