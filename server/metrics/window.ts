import { Temporal } from 'temporal-polyfill';
import type { Grain } from '#dashboards/metric-result.js';
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

/** The buckets of a window, oldest first: local days, ISO weeks from Monday, months, or the whole. */
export function windowBuckets(request: Pick<MetricRequest, 'from' | 'to' | 'zone' | 'grain'>): Bucket[] {
  const from = Temporal.PlainDate.from(request.from);
  const to = Temporal.PlainDate.from(request.to);
  const buckets: Bucket[] = [];
  for (let start = from; Temporal.PlainDate.compare(start, to) < 0;) {
    const first = firstDay(start, request.grain);
    const next = nextFirstDay(first, request.grain) ?? to;
    const end = Temporal.PlainDate.compare(next, to) < 0 ? next : to;
    if (buckets.length === mostBuckets) {
      throw new MetricError(
        `From ${request.from} to ${request.to} there are more than ${mostBuckets} buckets of one ${request.grain}; ask for a shorter window or a coarser grain.`,
      );
    }
    buckets.push({
      label: request.grain === 'all' ? 'all' : start.toString(),
      fromAt: startOfDay(start, request.zone),
      toAt: startOfDay(end, request.zone),
      isPartial: request.grain !== 'all' && !(first.equals(start) && next.equals(end)),
    });
    start = end;
  }
  return buckets;
}

function firstDay(day: Temporal.PlainDate, grain: Grain): Temporal.PlainDate {
  if (grain === 'week') return day.subtract({ days: day.dayOfWeek - 1 });
  if (grain === 'month') return day.with({ day: 1 });
  return day;
}

function nextFirstDay(first: Temporal.PlainDate, grain: Grain): Temporal.PlainDate | null {
  if (grain === 'day') return first.add({ days: 1 });
  if (grain === 'week') return first.add({ days: 7 });
  if (grain === 'month') return first.add({ months: 1 });
  return null;
}

function startOfDay(day: Temporal.PlainDate, zone: string): Temporal.Instant {
  return day.toZonedDateTime(zone).toInstant();
}
