import { Temporal } from 'temporal-polyfill/full';
import type { Calendar, Grain } from '#dashboards/metric-result.js';

/** Periods of the calendar as local dates, `YYYY-MM-DD`. Jalali weeks begin on Saturday, Gregorian ones on Monday. */

const firstWeekday: Record<Calendar, number> = { gregorian: 1, jalali: 6 };

/** The first day of the period a day lies in; of `all`, the day itself. */
export function firstDayOf(localDate: string, grain: Grain, calendar: Calendar): string {
  const day = read(localDate, calendar);
  if (grain === 'week') return write(day.subtract({ days: (day.dayOfWeek - firstWeekday[calendar] + 7) % 7 }));
  if (grain === 'month') return write(day.with({ day: 1 }));
  if (grain === 'quarter') return write(day.with({ month: day.month - ((day.month - 1) % 3), day: 1 }));
  if (grain === 'year') return write(day.with({ month: 1, day: 1 }));
  return localDate;
}

/** A day so many periods later, or earlier where `count` is negative; the last of a shorter month where it has no such day. */
export function shiftDay(localDate: string, count: number, grain: Exclude<Grain, 'all'>, calendar: Calendar): string {
  const day = read(localDate, calendar);
  if (grain === 'quarter') return write(day.add({ months: 3 * count }));
  return write(day.add({ [`${grain}s`]: count }));
}

function read(localDate: string, calendar: Calendar): Temporal.PlainDate {
  const day = Temporal.PlainDate.from(localDate);
  return calendar === 'jalali' ? day.withCalendar('persian') : day;
}

function write(day: Temporal.PlainDate): string {
  return day.withCalendar('iso8601').toString();
}

/** A day of the calendar, not only of that form. */
export function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  try {
    return Temporal.PlainDate.from(value, { overflow: 'reject' }).toString() === value;
  } catch {
    return false;
  }
}
