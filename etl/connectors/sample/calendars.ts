import { Temporal } from 'temporal-polyfill';
import type { CalendarRow } from '../../connector.js';

const mondayToFriday = [1, 2, 3, 4, 5];
const saturdayToWednesday = [6, 7, 1, 2, 3];

/** The company's own calendars: an office in each of two zones, and a service desk with longer hours. */
export function companyCalendars(years: readonly number[]): CalendarRow[] {
  return [
    {
      id: 'berlin-office',
      name: 'Berlin office',
      timeZone: 'Europe/Berlin',
      hours: mondayToFriday.map((weekday) => ({ weekday, opens: '09:00', closes: '17:00' })),
      holidays: years.flatMap(berlinHolidays),
    },
    {
      id: 'berlin-desk',
      name: 'Berlin service desk',
      timeZone: 'Europe/Berlin',
      hours: [
        ...mondayToFriday.map((weekday) => ({ weekday, opens: '08:00', closes: '20:00' })),
        { weekday: 6, opens: '09:00', closes: '14:00' },
      ],
      holidays: years.flatMap(berlinHolidays),
    },
    {
      id: 'tehran-office',
      name: 'Tehran office',
      timeZone: 'Asia/Tehran',
      hours: saturdayToWednesday.flatMap((weekday) => [
        { weekday, opens: '08:00', closes: '12:00' },
        { weekday, opens: '12:45', closes: '16:30' },
      ]),
      holidays: years.flatMap(tehranHolidays),
    },
  ];
}

/** When customers of a zone write and answer: every day from eight to nine in the evening. */
export function customerHours(timeZone: string): CalendarRow {
  const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '08:00', closes: '21:00' }));
  return { id: timeZone, name: timeZone, timeZone, hours, holidays: [] };
}

function berlinHolidays(year: number): CalendarRow['holidays'] {
  const easter = easterSunday(year);
  const on = (days: number): string => easter.add({ days }).toString();
  return [
    { on: `${year}-01-01`, name: "New Year's Day" },
    { on: `${year}-03-08`, name: "International Women's Day" },
    { on: on(-2), name: 'Good Friday' },
    { on: on(1), name: 'Easter Monday' },
    { on: `${year}-05-01`, name: 'Labour Day' },
    { on: on(39), name: 'Ascension Day' },
    { on: on(50), name: 'Whit Monday' },
    { on: `${year}-10-03`, name: 'Day of German Unity' },
    ...christmas(year),
  ]
    .sort((one, other) => one.on.localeCompare(other.on))
    .filter((holiday, index, all) => holiday.on !== all[index - 1]?.on);
}

/** The short days exist only where the office works at all that day. */
function christmas(year: number): CalendarRow['holidays'] {
  const shortDays = [24, 31]
    .filter((day) => new Temporal.PlainDate(year, 12, day).dayOfWeek <= 5)
    .map((day) => ({ on: `${year}-12-${day}`, name: day === 24 ? 'Christmas Eve' : "New Year's Eve", opens: '09:00', closes: '13:00' }));
  return [...shortDays, { on: `${year}-12-25`, name: 'Christmas Day' }, { on: `${year}-12-26`, name: 'Second Day of Christmas' }];
}

/** Holidays of the solar calendar only: those of the lunar one are announced year by year. */
function tehranHolidays(year: number): CalendarRow['holidays'] {
  return [
    ['02-11', 'Revolution Day'],
    ['03-20', 'Oil Nationalisation Day'],
    ['03-21', 'Nowruz'],
    ['03-22', 'Nowruz'],
    ['03-23', 'Nowruz'],
    ['03-24', 'Nowruz'],
    ['04-01', 'Islamic Republic Day'],
    ['04-02', 'Nature Day'],
    ['06-04', 'National mourning'],
    ['06-05', 'National mourning'],
  ].map(([day, name]) => ({ on: `${year}-${day}`, name: name ?? '' }));
}

/** Gauss's rule in the form of Meeus, Jones and Butcher. */
function easterSunday(year: number): Temporal.PlainDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const ofCentury = year % 100;
  const correction =
    (century - Math.floor(century / 4) - Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) + 19 * golden + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - correction - (ofCentury % 4)) % 7;
  const shift = Math.floor((golden + 11 * correction + 22 * weekday) / 451);
  const monthDay = correction + weekday - 7 * shift + 114;
  return new Temporal.PlainDate(year, Math.floor(monthDay / 31), (monthDay % 31) + 1);
}
