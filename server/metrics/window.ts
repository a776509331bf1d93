import { Temporal } from 'temporal-polyfill';
import { firstDayOf, shiftDay } from './calendar.js';
import { MetricError, type MetricRequest } from './request.js';

/** A period of the window as instants, half-open. */
export interface Bucket {
  /** First local day, or `all`. */
  label: string;
  fromAt: Temporal.Instant;
  toAt: Temporal.Instant;
  /** The window cuts the period. */
  isPartial: boolean;
}

/** More marks than this on one axis are no chart; a finer look is a shorter window. */
const mostBuckets = 1_000;

/** The buckets of a window, oldest first: local days, weeks, months, quarters or years of the calendar asked, or the whole. */
export function windowBuckets(request: Pick<MetricRequest, 'from' | 'to' | 'zone' | 'grain' | 'calendar'>): Bucket[] {
  const { from, to, zone, grain, calendar = 'gregorian' } = request;
  if (grain === 'all') return [{ label: 'all', fromAt: startOfDay(from, zone), toAt: startOfDay(to, zone), isPartial: false }];
  const buckets: Bucket[] = [];
  // Dates of this form compare as texts.
  for (let start = from; start < to;) {
    const first = firstDayOf(start, grain, calendar);
    const next = shiftDay(first, 1, grain, calendar);
    const end = next < to ? next : to;
    if (buckets.length === mostBuckets) {
      throw new MetricError(
        `From ${from} to ${to} there are more than ${mostBuckets} buckets of one ${grain}; ask for a shorter window or a coarser grain.`,
      );
    }
    buckets.push({
      label: start,
      fromAt: startOfDay(start, zone),
      toAt: startOfDay(end, zone),
      isPartial: !(first === start && next === end),
    });
    start = end;
  }
  return buckets;
}

function startOfDay(localDate: string, zone: string): Temporal.Instant {
  return Temporal.PlainDate.from(localDate).toZonedDateTime(zone).toInstant();
}
