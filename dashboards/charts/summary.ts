import type { Answer } from '../dashboard.js';
import { keyOf } from '../i18n/messages.js';
import type { MetricRow } from '../metric-result.js';
import { countText, notesOf, numberOf, segmentName, unitOfValue, type Sketch } from './drawing.js';

/** One sentence a chart, written from its numbers by rule. Percentiles are never averaged, so a sentence quotes, it does not sum. */

interface Point {
  row: MetricRow;
  value: number;
}

export function trendSummary(answer: Answer, value: string | undefined, sketch: Sketch): string {
  const { say, format } = sketch;
  const { grain, by } = answer.result;
  const unit = unitOfValue(answer.info, value ?? answer.info.values[0]);
  const points = completePoints(answer.result.rows, value);
  const last = points.at(-1);
  if (!last) return untold(answer, value, sketch);
  const shared = {
    name: nameOf(answer, value, sketch),
    latest: latestText(last.row, answer, sketch),
    lastBucket: format.bucket(last.row.bucket, grain),
  };
  const told = (point: Point) => format.value(point.value, unit);
  if (by !== null) {
    const latest = points.filter((point) => point.row.bucket === last.row.bucket);
    const { low, high } = extremes(latest);
    if (latest.length === 1) return say('summary.segments.one', { ...shared, value: told(low), segment: segmentName(low.row.by, say) });
    if (low.value === high.value) return say('summary.segments.same', { ...shared, value: told(low), count: latest.length });
    return say('summary.segments', {
      ...shared,
      low: told(low),
      lowSegment: segmentName(low.row.by, say),
      high: told(high),
      highSegment: segmentName(high.row.by, say),
    });
  }
  if (points.length === 1) return say('summary.single', { ...shared, last: told(last) });
  const { low, high } = extremes(points);
  if (told(low) === told(high)) return say('summary.level', { ...shared, last: told(last), count: points.length });
  return say('summary.trend', {
    ...shared,
    last: told(last),
    low: told(low),
    lowBucket: format.bucket(low.row.bucket, grain),
    high: told(high),
    highBucket: format.bucket(high.row.bucket, grain),
    count: points.length,
  });
}

export function versusSummary(first: Answer, last: Answer, sketch: Sketch): string {
  const { say, format } = sketch;
  const byFirst = new Map(completePoints(first.result.rows).map((point) => [point.row.bucket, point.value]));
  const point = completePoints(last.result.rows).findLast((candidate) => byFirst.has(candidate.row.bucket));
  if (!point) return untold(first, undefined, sketch);
  return say('summary.versus', {
    bucket: format.bucket(point.row.bucket, first.result.grain),
    latest: latestText(point.row, last, sketch),
    first: format.value(byFirst.get(point.row.bucket), first.result.unit),
    last: format.value(point.value, last.result.unit),
  });
}

export function behaviourSummary(answer: Answer, sketch: Sketch): string {
  const { say, format } = sketch;
  const { unit, grain } = answer.result;
  const points = completePoints(answer.result.rows, 'value');
  const limits = points.findLast((point) => typeof point.row.values?.upper === 'number')?.row.values;
  if (!limits && points.length > 0) return say('summary.behaviour.short', { count: points.length });
  if (!limits) return untold(answer, 'value', sketch);
  const range = { lower: format.value(limits.lower, unit), upper: format.value(limits.upper, unit), count: points.length };
  const signals = points.filter((point) => notesOf(point.row).signal !== null);
  const latest = signals.at(-1);
  if (!latest) return say('summary.behaviour.none', range);
  return say('summary.behaviour.some', {
    ...range,
    signals: signals.length,
    bucket: format.bucket(latest.row.bucket, grain),
    value: format.value(latest.value, unit),
  });
}

/** `ranked`: longest first. */
export function rankingSummary(answer: Answer, ranked: MetricRow[], sketch: Sketch): string {
  const { say, format, definition } = sketch;
  const valued = ranked.filter((row) => numberOf(row, definition.value) !== null);
  const [slow, quick] = [valued[0], valued.at(-1)];
  if (!slow || !quick) return say('summary.ranking.withheld');
  const unit = unitOfValue(answer.info, definition.value);
  const slowest = {
    slowSegment: segmentName(slow.by, say),
    slow: `${format.value(numberOf(slow, definition.value), unit)}`,
    slowCount: countText(answer, slow.n, say),
  };
  if (slow === quick) return say('summary.ranking.one', slowest);
  return say(unit === 's' ? 'summary.ranking' : 'summary.ranking.amount', {
    ...slowest,
    quickSegment: segmentName(quick.by, say),
    quick: format.value(numberOf(quick, definition.value), unit),
    quickCount: countText(answer, quick.n, say),
  });
}

/** Why a drawing over time tells no value: nothing of it is over, or there is too little of everything. */
export function untold(answer: Answer, value: string | undefined, { say, format }: Sketch): string {
  const { grain, rows } = answer.result;
  const isPart = rows.some((row) => numberOf(row, value) !== null && notesOf(row).isIncomplete);
  if (isPart) return say('summary.incomplete', { grain: say(keyOf(`grain.${grain}`)) });
  return say('summary.withheld', { minimum: format.count(answer.info.minimumN) });
}

/** What the period told of is called: the latest complete one, unless later ones are complete and have too few cases. */
export function latestText({ bucket }: MetricRow, { result }: Answer, { say }: Sketch): string {
  const isLatest = !result.rows.some((row) => row.bucket > bucket && !notesOf(row).isIncomplete);
  return say(isLatest ? 'latest.complete' : 'latest.enough', { grain: say(keyOf(`grain.${result.grain}`)) });
}

export function completePoints(rows: MetricRow[], value?: string): Point[] {
  const points: Point[] = [];
  for (const row of rows) {
    const number = numberOf(row, value);
    if (number !== null && !notesOf(row).isIncomplete) points.push({ row, value: number });
  }
  return points.sort((a, b) => (a.row.bucket < b.row.bucket ? -1 : a.row.bucket > b.row.bucket ? 1 : 0));
}

/** Name of the metric, with the part where it has several. */
export function nameOf(answer: Answer, value: string | undefined, sketch: Sketch): string {
  const name = sketch.say(keyOf(`metric.${answer.result.metric}.name`));
  const part = value ?? answer.info.values[0];
  return part === undefined ? name : `${name} (${sketch.say(keyOf(`value.${part}`))})`;
}

function extremes(points: Point[]): { low: Point; high: Point } {
  let low = points[0]!;
  let high = points[0]!;
  for (const point of points) {
    if (point.value < low.value) low = point;
    if (point.value > high.value) high = point;
  }
  return { low, high };
}
