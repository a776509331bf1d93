import type { Measure } from '../metric.js';
import { z95 } from '../statistics/interval.js';
import { durationFigures } from './duration-figures.js';
import { fewestFor, joinNotes, number, numberOrNull } from './notes.js';

const interval95 = { confidence: 0.95, z: z95 };

/**
 * Named quantiles of durations, open units censored and other ends competing. The interval is of the first. `column`: the duration,
 * of units that all have it whole.
 */
export function durations(quantiles: Record<string, number>, column?: string): Measure {
  const asked = Object.entries(quantiles).map(([name, p], index) => ({ name, p, interval: index === 0 ? interval95 : null }));
  return {
    sql: (
      parameters,
    ) => `${column ? `${wholeDurations(column)},\n` : ''}${durationFigures(asked, parameters, column ? 'whole' : 'placed', column !== undefined)}
select bucket, segment, n, excluded, is_mixed, longest, ${asked.map((_, q) => `q${q}`).join(', ')}, q0_lo, q0_hi
from figure`,
    row(figures, { minimumN }) {
      const n = number(figures, 'n');
      const notes: string[] = [];
      const mixed = number(figures, 'is_mixed') === 1 && 'mixed-types';
      const values: Record<string, number | null> = {};
      asked.forEach(({ name, p }, q) => {
        const value = numberOrNull(figures, `q${q}`);
        const isWithheld = n < fewestFor(p, minimumN);
        if (isWithheld || value === null) notes.push(noteOf(isWithheld ? 'too-few' : 'not-reached', q === 0 ? null : name));
        values[name] = isWithheld ? null : value;
      });
      if (n < minimumN) return { values, lo: null, hi: null, note: 'too-few' };
      const isReached = figures.q0 !== null;
      return {
        values,
        lo: isReached ? numberOrNull(figures, 'q0_lo') : numberOrNull(figures, 'longest'),
        hi: isReached ? numberOrNull(figures, 'q0_hi') : null,
        note: joinNotes([...notes, mixed]),
      };
    },
    contribution: column ?? 'exit_seconds',
    splits: Object.fromEntries(
      asked.map(({ name }, q) => [name, { kind: 'quantile', figure: `q${q}`, ...(column && { whole: wholeDurations(column) }) }]),
    ),
  };
}

/** A note of the first value is the row's; of another it names the value. */
function noteOf(note: string, name: string | null): string {
  return name === null ? note : `${note}:${name}`;
}

function wholeDurations(column: string): string {
  return `whole as (
  select bucket, segment, type, is_excluded, ${column} as exit_seconds, 1 as ended, -1 as entry_seconds
  from placed
)`;
}

/** Bounds of a ratio hold at 95 % where each of its two quantiles holds at 97.5 % (Bonferroni): never too narrow, mostly wide. */
const interval975 = { confidence: 0.975, z: 2.241402727604947 };

/** One value of two quantiles that grows with their ratio, such as P85/P50. */
export function quantileRatio(lower: number, upper: number, valueOfRatio: (ratio: number) => number): Measure {
  const asked = [lower, upper].map((p) => ({ p, interval: interval975 }));
  return {
    sql: (parameters) => `${durationFigures(asked, parameters)}
select bucket, segment, n, excluded, is_mixed, q0, q0_lo, q0_hi, q1, q1_lo, q1_hi
from figure`,
    row(figures, { minimumN }) {
      if (number(figures, 'n') < fewestFor(upper, minimumN)) return { value: null, lo: null, hi: null, note: 'too-few' };
      const low = numberOrNull(figures, 'q0');
      const high = numberOrNull(figures, 'q1');
      if (low === null || high === null) return { value: null, lo: null, hi: null, note: 'not-reached' };
      const ratio = (above: number | null, below: number | null) => {
        const value = above === null || below === null ? NaN : valueOfRatio(above / below);
        return Number.isFinite(value) ? value : null;
      };
      if (ratio(high, low) === null) return { value: null, lo: null, hi: null, note: 'undefined' };
      return {
        value: ratio(high, low),
        lo: ratio(numberOrNull(figures, 'q1_lo'), numberOrNull(figures, 'q0_hi')),
        hi: ratio(numberOrNull(figures, 'q1_hi'), numberOrNull(figures, 'q0_lo')),
        note: number(figures, 'is_mixed') === 1 ? 'mixed-types' : null,
      };
    },
    contribution: 'exit_seconds',
    splits: { value: { kind: 'quantile-ratio', lower: 'q0', upper: 'q1', valueOf: valueOfRatio } },
  };
}
