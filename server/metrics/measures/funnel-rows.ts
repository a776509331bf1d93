import type { MetricRow } from '#dashboards/metric-result.js';
import { funnelLimits } from '../statistics/funnel.js';
import { joinNotes } from './notes.js';

/**
 * The rows of a rate as a funnel: each segment of a bucket with the rate of all of them and the limits of chance at its size. Beyond
 * them it is noted `outside:95` or `outside:998`. Withheld segments count in the whole.
 */
export function funnelRows(rows: readonly MetricRow[]): MetricRow[] {
  return rows.map((row) => {
    const peers = rows.filter((peer) => peer.bucket === row.bucket);
    const happened = peers.reduce((sum, peer) => sum + (peer.numerator ?? 0), 0);
    const trials = peers.reduce((sum, peer) => sum + (peer.denominator ?? 0), 0);
    const value = row.value ?? null;
    const limits = value === null || trials === 0 || !row.denominator ? null : funnelLimits(row.denominator, happened / trials);
    const { value: _value, ...kept } = row;
    return {
      ...kept,
      values: {
        value,
        whole: trials === 0 || limits === null ? null : (100 * happened) / trials,
        lower95: limits && 100 * limits.lower95,
        upper95: limits && 100 * limits.upper95,
        lower998: limits && 100 * limits.lower998,
        upper998: limits && 100 * limits.upper998,
      },
      note: joinNotes([row.note, value !== null && limits !== null && outside(value / 100, limits)]),
    };
  });
}

function outside(rate: number, limits: ReturnType<typeof funnelLimits>): string | false {
  if (rate < limits.lower998 - rounding || rate > limits.upper998 + rounding) return 'outside:998';
  return (rate < limits.lower95 - rounding || rate > limits.upper95 + rounding) && 'outside:95';
}

/** A rate at its limit is within it. */
const rounding = 1e-9;
