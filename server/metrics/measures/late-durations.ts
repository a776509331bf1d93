import type { Measure } from '../metric.js';
import { meanInterval } from '../statistics/interval.js';
import { durationFigures } from './duration-figures.js';
import { fewestFor, joinNotes, number, numberOrNull } from './notes.js';

/**
 * `mean` of `tardy_seconds` over all units, with its interval, and named quantiles over the late ones alone, the open among them
 * censored and other ends competing. Numerator: the late.
 */
export function lateDurations(quantiles: Record<string, number>): Measure {
  const late = `whole as (
  select bucket, segment, type, is_excluded, tardy_seconds as exit_seconds, ended, -1 as entry_seconds
  from placed
  where tardy_seconds > 0
)`;
  const asked = Object.entries(quantiles).map(([name, p]) => ({ name, p, interval: null }));
  return {
    sql: (parameters) => `${late},
${durationFigures(asked, parameters, 'whole')},
overall as (
  select bucket, segment,
    count(*) filter (where not is_excluded)::int as n,
    count(*) filter (where is_excluded)::int as excluded,
    count(*) filter (where not is_excluded and tardy_seconds > 0)::int as late,
    coalesce(sum(tardy_seconds) filter (where not is_excluded), 0)::float8 as seconds,
    coalesce(sum(tardy_seconds * tardy_seconds) filter (where not is_excluded), 0)::float8 as squares
  from placed
  group by bucket, segment
)
select o.bucket as bucket, o.segment as segment, o.n, o.excluded, o.late, o.seconds, o.squares,
  coalesce(f.is_mixed, 0) as is_mixed, ${asked.map((_, q) => `f.q${q}`).join(', ')}
from overall o
left join figure f on f.bucket = o.bucket and f.segment = o.segment`,
    row(figures, { minimumN }) {
      const n = number(figures, 'n');
      const lateUnits = number(figures, 'late');
      const isWithheld = n < minimumN;
      const notes: string[] = isWithheld ? ['too-few'] : [];
      const values: Record<string, number | null> = { mean: isWithheld ? null : number(figures, 'seconds') / n };
      let isShown = false;
      asked.forEach(({ name, p }, q) => {
        const value = numberOrNull(figures, `q${q}`);
        const isTooFew = lateUnits < fewestFor(p, minimumN);
        values[name] = isTooFew ? null : value;
        isShown ||= values[name] !== null;
        if (!isWithheld && values[name] === null) notes.push(`${isTooFew ? 'too-few' : 'not-reached'}:${name}`);
      });
      if (isShown && number(figures, 'is_mixed') === 1) notes.push('mixed-types');
      const { lo, hi } = isWithheld ? { lo: null, hi: null } : meanInterval(n, number(figures, 'seconds'), number(figures, 'squares'));
      return {
        values,
        numerator: lateUnits,
        denominator: n,
        lo: lo === null ? null : Math.max(0, lo),
        hi,
        note: joinNotes(notes),
      };
    },
    contribution: 'tardy_seconds',
    splits: {
      mean: { kind: 'ratio', of: 'tardy_seconds', per: '1', scale: 1 },
      ...Object.fromEntries(asked.map(({ name }, q) => [name, { kind: 'quantile' as const, figure: `q${q}`, whole: late }])),
    },
    numerator: 'tardy_seconds > 0',
  };
}
