import { Temporal } from 'temporal-polyfill';
import type { MetricResult, MetricRow } from '#dashboards/metric-result.js';
import { firstDayOf, shiftDay } from '../../calendar.js';
import { joinNotes } from '../../measures/notes.js';
import type { FindMetric, Metric } from '../../metric.js';
import { MetricError, type MetricRequest } from '../../request.js';

/** The best of five years: what was reached longer ago was reached by another company. */
const quartersBack = 20;
const defaultMetric = 'on-time-first';

export const targetRatchet: Metric = {
  id: 'target-ratchet',
  family: 'expectation',
  definition:
    'The bar rises and does not fall: for each quarter of the window the value of another metric (option "of", on time by the first date unless said otherwise; of several values the first) and the target, the best complete quarter before it, five years back at most. A quarter that is running is no target, nor is the one in which the data begins, nor one whose value is withheld. Open and reopened items are treated as by that metric. Quarters are those of the calendar asked, whatever the grain.',
  unit: '%',
  treatment: 'EVT',
  direction: 'neither',
  counts: 'promises',
  values: ['value', 'target'],
  minimumN: 5,
  needs: ['finish', 'due', 'first-due'],
  source: 'Own definition',
  options: ['of', 'clock', 'level'],
  compute: {
    kind: 'combined',
    questions(request, find) {
      const { of: named, ...rest } = request;
      const metric = find(named ?? defaultMetric);
      if (metric.compute.kind !== 'counted' || metric.direction === 'neither')
        throw new MetricError(`"${metric.id}" can be no target for "target-ratchet": it has no better and worse; name a metric that has.`);
      return quartersOf(request).map((from) => ({
        ...rest,
        metric: metric.id,
        from,
        to: shiftDay(from, 1, 'quarter', request.calendar ?? 'gregorian'),
        grain: 'all' as const,
      }));
    },
    rows(answers, request, find) {
      const segments = [...new Set(answers.flatMap(({ rows }) => rows.map((row) => row.by)))];
      const shown = answers.filter(({ to }) => to > request.from);
      return shown.flatMap((answer) => segments.flatMap((segment) => targetRow(answers, answer, segment, find)));
    },
    items({ of: named, bucket, ...request }) {
      const to = shiftDay(bucket, 1, 'quarter', request.calendar ?? 'gregorian');
      return { ...request, metric: named ?? defaultMetric, from: bucket, to, grain: 'all', bucket: 'all' };
    },
  },
};

/** First days of the quarters up to the end of the window, oldest first. */
function quartersOf({ from, to, calendar = 'gregorian' }: MetricRequest): string[] {
  const quarters: string[] = [];
  let start = shiftDay(firstDayOf(from, 'quarter', calendar), -quartersBack, 'quarter', calendar);
  for (; start < to; start = shiftDay(start, 1, 'quarter', calendar)) quarters.push(start);
  return quarters;
}

function targetRow(answers: readonly MetricResult[], answer: MetricResult, segment: string | null, find: FindMetric): MetricRow[] {
  const row = answer.rows.find((candidate) => candidate.by === segment);
  if (!row) return [];
  const metric = find(answer.metric);
  const valueOf = (of: MetricRow | undefined) => (metric.values[0] === undefined ? of?.value : of?.values?.[metric.values[0]]) ?? null;
  const place = answers.indexOf(answer);
  const begin = answers.findIndex(({ rows }) => rows.some(({ n }) => n > 0));
  const before = answers.slice(Math.max(0, begin + 1, place - quartersBack), place).flatMap((earlier) => {
    const value = isComplete(earlier) ? valueOf(earlier.rows.find((candidate) => candidate.by === segment)) : null;
    return value === null ? [] : [value];
  });
  const target = before.length === 0 ? null : metric.direction === 'lower' ? Math.min(...before) : Math.max(...before);
  const { value: _value, ...kept } = row;
  return [
    {
      ...kept,
      bucket: answer.from,
      values: { value: valueOf(row), target },
      note: joinNotes([row.note, target === null && 'too-few:target', !isComplete(answer) && 'running']),
    },
  ];
}

function isComplete({ to, zone, asOf }: MetricResult): boolean {
  return asOf !== null && Temporal.PlainDate.from(to).toZonedDateTime(zone).epochMilliseconds <= Date.parse(asOf);
}
