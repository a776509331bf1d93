import { Temporal } from 'temporal-polyfill';
import type { CalendarRow } from '../../connector.js';

/** Working time of one calendar as spans of whole epoch seconds, for stepping through it quickly. */
export class WorkCalendar {
  private readonly opens: number[] = [];
  private readonly closes: number[] = [];
  /** Working seconds of all earlier spans. */
  private readonly before: number[] = [];
  readonly timeZone: string;

  /** Covers the local days from `from` to `to`, `to` excluded. */
  constructor(row: CalendarRow, from: Temporal.PlainDate, to: Temporal.PlainDate) {
    this.timeZone = row.timeZone;
    const holidays = new Map(row.holidays.map((holiday) => [holiday.on, holiday]));
    let total = 0;
    for (let day = from; Temporal.PlainDate.compare(day, to) < 0; day = day.add({ days: 1 })) {
      const holiday = holidays.get(day.toString());
      const hours = row.hours.filter(({ weekday }) => weekday === day.dayOfWeek);
      const spans = holiday ? (holiday.opens && holiday.closes ? [{ opens: holiday.opens, closes: holiday.closes }] : []) : hours;
      for (const span of spans) {
        const opens = secondsAt(day, span.opens, row.timeZone);
        const closes = secondsAt(day, span.closes, row.timeZone);
        this.opens.push(opens);
        this.closes.push(closes);
        this.before.push(total);
        total += closes - opens;
      }
    }
  }

  /** The first working instant at or after `at`. */
  next(at: number): number {
    return Math.max(at, this.opens[this.spanEndingAfter(at)] ?? at);
  }

  /** The instant when `seconds` of working time have passed since `at`; beyond the covered days, their end. */
  add(at: number, seconds: number): number {
    let index = this.spanEndingAfter(at);
    const target = (this.before[index] ?? Infinity) + Math.max(0, at - (this.opens[index] ?? at)) + Math.round(seconds);
    let low = index;
    let high = this.opens.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.before[middle] ?? Infinity) < target) low = middle;
      else high = middle - 1;
    }
    index = low;
    const opens = this.opens[index];
    const closes = this.closes[index];
    if (opens === undefined || closes === undefined) return at;
    return Math.min(closes, Math.max(opens, opens + target - (this.before[index] ?? 0)));
  }

  /** Working seconds in [from, to). */
  between(from: number, to: number): number {
    return Math.max(0, this.elapsed(to) - this.elapsed(from));
  }

  /** The end of working time on the day of the span at or after `at`. */
  closeOfBusiness(at: number): number {
    let index = this.spanEndingAfter(at);
    while ((this.opens[index + 1] ?? Infinity) - (this.closes[index] ?? 0) < 4 * 3_600) index += 1;
    return this.closes[index] ?? at;
  }

  private elapsed(at: number): number {
    const index = this.spanEndingAfter(at);
    const opens = this.opens[index];
    if (opens === undefined) return (this.before.at(-1) ?? 0) + (this.closes.at(-1) ?? 0) - (this.opens.at(-1) ?? 0);
    return (this.before[index] ?? 0) + Math.max(0, at - opens);
  }

  private spanEndingAfter(at: number): number {
    let low = 0;
    let high = this.closes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.closes[middle] ?? Infinity) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Epoch seconds of a wall-clock time in a zone. */
export function secondsAt(day: Temporal.PlainDate, time: string, timeZone: string): number {
  return day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds / 1_000;
}
