import type { MetricRow } from '#dashboards/metric-result.js';
import { xmrLimits, xmrSignals } from '../statistics/xmr.js';
import { joinNotes } from './notes.js';

/** Periods the limits are taken from. Fewer make limits that move with every point, more leave less to watch. */
const baselinePeriods = 12;
/** Below this a mean moving range says little (Wheeler). */
const fewestPeriods = 6;

/**
 * The rows of a metric as XmR charts, one per segment. Limits come from the first complete periods of each, noted `baseline`;
 * below six the chart has no limits and says `too-few:mean`.
 */
export function xmrRows(rows: readonly MetricRow[], valueName: string | null): MetricRow[] {
  const segments = [...new Set(rows.map((row) => row.by))];
  return segments.flatMap((segment) =>
    xmrSegment(
      rows.filter((row) => row.by === segment),
      valueName,
    ),
  );
}

function xmrSegment(rows: readonly MetricRow[], valueName: string | null): MetricRow[] {
  const valueOf = (row: MetricRow) => (valueName === null ? (row.value ?? null) : (row.values?.[valueName] ?? null));
  const points = rows.flatMap((row) => {
    const value = valueOf(row);
    return value === null || !isComplete(row) ? [] : [{ bucket: row.bucket, value }];
  });
  const baseline = points.slice(0, baselinePeriods);
  const limits = baseline.length < fewestPeriods ? null : xmrLimits(baseline.map((point) => point.value));
  const found =
    limits === null
      ? []
      : xmrSignals(
          points.map((point) => point.value),
          limits,
        );
  return rows.map((row) => {
    const place = points.findIndex((point) => point.bucket === row.bucket);
    const before = points[place - 1]?.value;
    const value = valueOf(row);
    return {
      bucket: row.bucket,
      by: row.by,
      values: {
        value,
        mean: limits?.mean ?? null,
        lower: limits?.lower ?? null,
        upper: limits?.upper ?? null,
        movingRange: place < 1 || value === null || before === undefined ? null : Math.abs(value - before),
        movingRangeLimit: limits?.movingRangeLimit ?? null,
      },
      n: row.n,
      lo: row.lo,
      hi: row.hi,
      note: joinNotes([
        row.note,
        limits === null && 'too-few:mean',
        place >= 0 && place < baseline.length && 'baseline',
        ...(found[place] ?? []).map((signal) => `signal:${signal}`),
      ]),
    };
  });
}

function isComplete(row: MetricRow): boolean {
  const notes = row.note?.split(';') ?? [];
  return !notes.includes('running') && !notes.includes('partial');
}
