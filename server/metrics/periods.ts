import { Temporal } from 'temporal-polyfill';
import type { Calendar } from '#dashboards/metric-result.js';
import type { PeriodWord } from '../api.js';
import { firstDayOf, shiftDay } from './calendar.js';

/** First and last local day of the data; both null where there is none. */
export interface DataSpan {
  first: string | null;
  last: string | null;
  /** IANA zone of the days. */
  zone: string;
}

/** Local dates, half-open, in a zone. */
export interface Window {
  from: string;
  to: string;
  zone: string;
}

/** Half a year of complete weeks: long enough for a trend, short enough that as much lies before it to compare with. */
const defaultWeeks = 26;

export const periodWords = [
  'default',
  'this-week',
  'last-week',
  'this-month',
  'last-month',
  'this-quarter',
  'last-quarter',
  'this-year',
  'last-year',
  '7-days',
  '30-days',
  '90-days',
  '365-days',
  '4-weeks',
  '13-weeks',
  '26-weeks',
  '52-weeks',
] as const satisfies PeriodWord[];

type Days = { from: string; to: string };

/** What each word means: local dates, half-open. Words count back from the last day of the data, which is "today", never from the clock. */
export function periodWindows(span: DataSpan, calendar: Calendar): Record<PeriodWord, Days> {
  return Object.fromEntries(periodWords.map((word) => [word, periodWindow(word, span, calendar)])) as Record<PeriodWord, Days>;
}

export function periodWindow(word: PeriodWord, { first, last }: DataSpan, calendar: Calendar): Days {
  if (last === null) return { from: '2000-01-01', to: '2000-01-02' };
  const end = shiftDay(last, 1, 'day', calendar);
  if (word === 'default') return defaultDays(first ?? last, end, calendar);
  const [which = '', unit = ''] = word.split('-');
  if (unit === 'days') return { from: shiftDay(end, -Number(which), 'day', calendar), to: end };
  if (unit === 'weeks') {
    const to = firstDayOf(end, 'week', calendar);
    return { from: shiftDay(to, -Number(which), 'week', calendar), to };
  }
  const grain = unit as 'week' | 'month' | 'quarter' | 'year';
  const begin = firstDayOf(last, grain, calendar);
  return which === 'this' ? { from: begin, to: end } : { from: shiftDay(begin, -1, grain, calendar), to: begin };
}

/** The last complete weeks; all of the data where it is shorter than one. */
function defaultDays(first: string, end: string, calendar: Calendar): Days {
  const to = firstDayOf(end, 'week', calendar);
  const from = shiftDay(to, -defaultWeeks, 'week', calendar);
  const begin = from < first ? firstDayOf(first, 'week', calendar) : from;
  return begin < to ? { from: begin, to } : { from: first, to: end };
}

/** The window just before: as many months of the calendar where it is made of such, otherwise equally long. */
export function previousDays({ from, to }: Days, calendar: Calendar): Days {
  const isMonths = [from, to].every((day) => firstDayOf(day, 'month', calendar) === day);
  if (!isMonths) return { from: shiftDay(from, -daysIn(from, to), 'day', calendar), to: from };
  let months = 1;
  while (shiftDay(from, months, 'month', calendar) < to) months++;
  return { from: shiftDay(from, -months, 'month', calendar), to: from };
}

/** The same days a year of the calendar earlier; whole weeks stay whole and go back by 52. */
export function sameDaysLastYear({ from, to }: Days, calendar: Calendar): Days {
  const isWeeks = [from, to].every((day) => firstDayOf(day, 'week', calendar) === day);
  if (isWeeks) return { from: shiftDay(from, -52, 'week', calendar), to: shiftDay(to, -52, 'week', calendar) };
  // By its last day, not by the first one left out: a leap day has no other day a year before it.
  const isMonthEnd = firstDayOf(to, 'month', calendar) === to;
  const last = shiftDay(shiftDay(to, -1, 'day', calendar), -1, 'year', calendar);
  return {
    from: shiftDay(from, -1, 'year', calendar),
    to: isMonthEnd ? shiftDay(to, -1, 'year', calendar) : shiftDay(last, 1, 'day', calendar),
  };
}

function daysIn(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(to).days;
}
