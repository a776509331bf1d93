import type { Id } from '../copy/ids.js';
import type { Instant } from './story.js';

/** The working hours of a calendar as instants in their order; `secondsBefore` counts those of all earlier spans. */
export interface CalendarSpans {
  fromAt: Float64Array;
  toAt: Float64Array;
  secondsBefore: Float64Array;
}

const microseconds = 1_000_000;

/** The years calendars cover, kept off their edges by the widest time zone: 1990-01-02 and 2050-12-30. */
const earliest = (Date.UTC(1990, 0, 2) - Date.UTC(2000, 0, 1)) * 1_000;
const latest = (Date.UTC(2050, 11, 30) - Date.UTC(2000, 0, 1)) * 1_000;

/**
 * Whole seconds between two finite instants: both are cut to the second first, so that the seconds of parts add up to those of the whole.
 */
export function wholeSeconds(from: Instant, to: Instant): number {
  return Math.floor(to / microseconds) - Math.floor(from / microseconds);
}

/** Working time by the calendars of teams. */
export class BusinessTime {
  constructor(
    private readonly spansOf: ReadonlyMap<Id, CalendarSpans>,
    private readonly calendarOfTeam: ReadonlyMap<Id, Id>,
  ) {}

  /**
   * Working seconds between two instants on the calendar of the team, or on the default one where the team has none or is null;
   * round the clock without a calendar. Null for infinity and outside the years calendars cover.
   */
  seconds(team: Id | null, defaultCalendar: Id | null, from: Instant, to: Instant): number | null {
    if (!Number.isFinite(from) || !Number.isFinite(to)) return null;
    const calendar = (team === null ? undefined : this.calendarOfTeam.get(team)) ?? defaultCalendar;
    if (calendar === null) return wholeSeconds(from, to);
    if (Math.min(from, to) < earliest || Math.max(from, to) >= latest) return null;
    const spans = this.spansOf.get(calendar);
    return spans === undefined ? 0 : workedBefore(spans, to) - workedBefore(spans, from);
  }
}

function workedBefore({ fromAt, toAt, secondsBefore }: CalendarSpans, moment: Instant): number {
  const n = lastBegun(fromAt, moment);
  if (n < 0) return 0;
  return (secondsBefore[n] ?? 0) + Math.floor((Math.min(moment, toAt[n] ?? moment) - (fromAt[n] ?? 0)) / microseconds);
}

/** Spans lie about evenly over the years, so the search begins where the moment would be if they did; -1 where none has begun. */
function lastBegun(fromAt: Float64Array, moment: Instant): number {
  const first = fromAt[0] ?? Infinity;
  if (moment < first) return -1;
  const last = fromAt.length - 1;
  const guess = Math.min(last, Math.floor(((moment - first) / ((fromAt[last] ?? first) - first || 1)) * last));
  let low = guess;
  let high = guess;
  for (let step = 1; low > 0 && (fromAt[low] ?? 0) > moment; step *= 2) low = Math.max(0, low - step);
  for (let step = 1; high < last && (fromAt[high + 1] ?? 0) <= moment; step *= 2) high = Math.min(last, high + step);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((fromAt[middle] ?? Infinity) <= moment) low = middle;
    else high = middle - 1;
  }
  return low;
}
