import type { Measure } from '../metric.js';
import { joinNotes, number, numberOrNull } from './notes.js';
import { percent } from './rate.js';

/**
 * Warnings against what came: of the units with `is_missed`, percent `warned` (with Wilson's interval); of those with `is_flagged`,
 * percent missed (`precision`); `flips` per unit; and the median `lead` of the warnings that came true.
 */
export function warningScore(): Measure {
  const counted = (condition: string) => `count(*) filter (where not is_excluded and ${condition})::int`;
  return {
    sql: () => `figure as (
  select bucket, segment,
    ${counted('is_missed = 1')} as n,
    count(*) filter (where is_excluded)::int as excluded,
    ${counted('is_missed = 1 and is_flagged = 1')} as warned,
    ${counted('is_flagged = 1')} as flagged,
    ${counted('true')} as watched,
    coalesce(sum(flips) filter (where not is_excluded), 0)::float8 as flips,
    (percentile_cont(0.5) within group (
      order by case when not is_excluded and is_missed = 1 and is_flagged = 1 then lead_seconds end
    ))::float8 as lead_seconds
  from placed
  group by bucket, segment
)
select bucket, segment, n, excluded, warned, flagged, watched, flips, lead_seconds
from figure`,
    row(figures, { minimumN }) {
      const [n, warnings, flagged, watched] = ['n', 'warned', 'flagged', 'watched'].map((name) => number(figures, name)) as [
        number,
        number,
        number,
        number,
      ];
      const warned = percent(warnings, n, n < minimumN);
      const precision = percent(warnings, flagged, flagged < minimumN).value;
      const lead = warnings < minimumN ? null : numberOrNull(figures, 'lead_seconds');
      const flips = watched < minimumN ? null : number(figures, 'flips') / watched;
      return {
        values: { warned: warned.value, precision, warningLead: lead, flips },
        numerator: warnings,
        denominator: n,
        lo: warned.lo,
        hi: warned.hi,
        note: joinNotes([
          warned.note,
          precision === null && 'too-few:precision',
          lead === null && 'too-few:warningLead',
          flips === null && 'too-few:flips',
        ]),
      };
    },
    contribution: 'is_flagged',
    unitCondition: 'is_missed = 1',
    numerator: 'is_flagged = 1',
  };
}
