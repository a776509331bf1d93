import type { Measure } from '../metric.js';
import { durations } from './durations.js';
import { joinNotes } from './notes.js';

/** `p50` and `p85` of durations, and `tail`, the second over the first. */
export function durationsAndTail(): Measure {
  const quantiles = durations({ p50: 0.5, p85: 0.85 });
  return {
    ...quantiles,
    splits: { ...quantiles.splits, tail: { kind: 'quantile-ratio', lower: 'q0', upper: 'q1', valueOf: (ratio) => ratio } },
    row(figures, metric) {
      const row = quantiles.row(figures, metric);
      const { p50 = null, p85 = null } = row.values ?? {};
      const isUndefined = p50 === 0 && p85 !== null;
      const tail = p50 === null || p85 === null || isUndefined ? null : p85 / p50;
      return { ...row, values: { p50, p85, tail }, note: joinNotes([...(row.note?.split(';') ?? []), isUndefined && 'undefined:tail']) };
    },
  };
}
