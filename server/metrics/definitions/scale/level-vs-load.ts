import { Temporal } from 'temporal-polyfill';
import type { MetricResult, MetricRow } from '#dashboards/metric-result.js';
import { firstDayOf } from '../../calendar.js';
import { joinNotes } from '../../measures/notes.js';
import type { Metric } from '../../metric.js';
import type { MetricRequest } from '../../request.js';
import { leastSquaresSlope } from '../../statistics/slope.js';
import { windowBuckets, type Bucket } from '../../window.js';

/** Fewer points make a line that the next week turns round. */
const fewestWeeks = 8;

export const levelVsLoad: Metric = {
  id: 'level-vs-load',
  family: 'scale',
  definition:
    'Does the level hold when the load grows? The slope of a line through the complete weeks of the period (least squares; eight weeks at least): by how many percentage points on time by the first date, and by how much P85 of lead time, is higher in weeks with one open item more per active owner. Promises by the week of their date, items by the week of their creation, open ones with the time so far (Kaplan-Meier), reopened ones with their final finish. Weeks in which a value is withheld are left out. An association, not a cause; the interval is of the first, n counts its promises.',
  unit: 'pp',
  treatment: 'EVT',
  direction: 'neither',
  counts: 'promises',
  values: ['onTimeSlope', 'leadTimeSlope'],
  units: { leadTimeSlope: 's' },
  minimumN: 5,
  needs: ['finish', 'due', 'first-due', 'person'],
  source: 'Draper & Smith 1998',
  compute: {
    kind: 'combined',
    questions: (request) => ['on-time-first', 'lead-time', 'load'].map((metric) => ({ ...request, metric, grain: 'week' as const })),
    rows([onTime, leadTime, load], request) {
      const segments = request.by == null ? [null] : [...new Set(onTime?.rows.map((row) => row.by))];
      return windowBuckets(request).flatMap((bucket) =>
        segments.map((segment) => slopeRow(bucket, segment, { onTime, leadTime, load }, request)),
      );
    },
    items(request, asOf) {
      const bucket = windowBuckets(request).find(({ label }) => label === request.bucket);
      const weeks = bucket && wholeWeeks(bucket, request, asOf);
      return weeks ? { ...request, ...weeks, metric: 'on-time-first', grain: 'all', bucket: 'all' } : null;
    },
  },
};

interface Answers {
  onTime: MetricResult | undefined;
  leadTime: MetricResult | undefined;
  load: MetricResult | undefined;
}

function slopeRow(bucket: Bucket, segment: string | null, { onTime, leadTime, load }: Answers, request: MetricRequest): MetricRow {
  const weeks = onTime?.asOf ? wholeWeeks(bucket, request, onTime.asOf) : null;
  const weekly = (answer: MetricResult | undefined) =>
    (answer?.rows ?? []).filter((row) => weeks !== null && row.by === segment && row.bucket >= weeks.from && row.bucket < weeks.to);
  const loads = new Map(weekly(load).map((row) => [row.bucket, row.value ?? null]));
  const slope = (rows: MetricRow[], valueOf: (row: MetricRow) => number | null | undefined) => {
    const points = rows.flatMap((row) => {
      const x = loads.get(row.bucket) ?? null;
      const y = valueOf(row) ?? null;
      return x === null || y === null ? [] : [{ x, y }];
    });
    return points.length < fewestWeeks ? { value: null, lo: null, hi: null } : leastSquaresSlope(points);
  };
  const promises = weekly(onTime);
  const first = slope(promises, (row) => row.value);
  const second = slope(weekly(leadTime), (row) => row.values?.p85);
  const n = promises.reduce((sum, row) => sum + row.n, 0);
  return {
    bucket: bucket.label,
    by: segment,
    values: { onTimeSlope: first.value, leadTimeSlope: second.value },
    n,
    lo: first.lo,
    hi: first.hi,
    note: joinNotes([n === 0 ? 'empty' : first.value === null && 'too-few', second.value === null && 'too-few:leadTimeSlope']),
  };
}

/** First days of the first complete week in the bucket and of the one after the last; null where there is none. */
function wholeWeeks(bucket: Bucket, { zone, calendar = 'gregorian' }: MetricRequest, asOf: string): { from: string; to: string } | null {
  const weekOf = (date: Temporal.PlainDate) => firstDayOf(date.toString(), 'week', calendar);
  const day = (instant: Temporal.Instant) => instant.toZonedDateTimeISO(zone).toPlainDate();
  const known = Temporal.Instant.from(asOf);
  const to = weekOf(day(Temporal.Instant.compare(known, bucket.toAt) < 0 ? known : bucket.toAt));
  const from = weekOf(day(bucket.fromAt).add({ days: 6 }));
  return from < to ? { from, to } : null;
}
