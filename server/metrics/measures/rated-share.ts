import type { Measure } from '../metric.js';
import { joinNotes, number } from './notes.js';
import { percent } from './rate.js';

/** Percent `good` of the units that are ratings, and `response`: percent answered of the others, finished items. */
export function ratedShare(): Measure {
  return {
    sql: () => `figure as (
  select bucket, segment,
    count(*) filter (where not is_excluded and is_rating = 1)::int as n,
    count(*) filter (where is_excluded)::int as excluded,
    count(*) filter (where not is_excluded and is_good = 1)::int as good,
    count(*) filter (where not is_excluded and is_rating = 0)::int as finished,
    count(*) filter (where not is_excluded and is_answered = 1)::int as answered
  from placed
  group by bucket, segment
)
select bucket, segment, n, excluded, good, finished, answered
from figure`,
    row(figures, { minimumN }) {
      const n = number(figures, 'n');
      const finished = number(figures, 'finished');
      const numerator = number(figures, 'good');
      const good = percent(numerator, n, n < minimumN);
      const response = percent(number(figures, 'answered'), finished, finished < minimumN);
      return {
        values: { good: good.value, response: response.value },
        numerator,
        denominator: n,
        lo: good.lo,
        hi: good.hi,
        note: joinNotes([good.note, response.value === null && 'too-few:response']),
      };
    },
    contribution: 'is_good',
    numerator: 'is_good = 1',
    unitCondition: 'is_rating = 1',
    splits: { good: { kind: 'ratio', of: 'is_good', per: 'is_rating', scale: 100 } },
  };
}
