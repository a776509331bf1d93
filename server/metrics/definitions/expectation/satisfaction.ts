import { ratedShare } from '../../measures/rated-share.js';
import { itemKeys, type Metric } from '../../metric.js';

/** Most ratings come within days; a longer wait would leave the last periods without a response rate. */
const week = "interval '168 hours'";

export const satisfaction: Metric = {
  id: 'satisfaction',
  family: 'expectation',
  definition:
    'Of the ratings given in the period, the percentage that are good, in the upper half of the scale; each rating of an item counts. Beside it the response rate: of the items finished in the period and at least 7 days old, the percentage rated by 7 days after the finish; reopened ones count with their final finish, open ones not yet.',
  unit: '%',
  treatment: 'EVT',
  direction: 'higher',
  counts: 'ratings',
  values: ['good', 'response'],
  minimumN: 5,
  needs: ['finish', 'rating'],
  source: 'Own definition; interval: Wilson 1927',
  compute: {
    kind: 'counted',
    units: () => ({
      per: 'row',
      columns: ['is_rating', 'is_good', 'is_answered'],
      sql: `  select ${itemKeys}, u.at, u.excluded is not null as is_excluded,
    1 as is_rating, case when u.is_good then 1 else 0 end as is_good, 0 as is_answered
  from measured.rating u
  join source s on s.connection_id = u.connection_id
  where u.at <= s.as_of_at
  union all
  select ${itemKeys}, u.ended_at as at, u.excluded is not null as is_excluded,
    0 as is_rating, 0 as is_good, case when r.rated_at - ${week} <= u.ended_at then 1 else 0 end as is_answered
  from measured.item u
  join source s on s.connection_id = u.connection_id
  left join (
    select q.item_id, min(q.at) as rated_at
    from measured.rating q
    group by q.item_id
  ) r on r.item_id = u.item_id
  where u.outcome = 'done' and u.ended_at <= s.as_of_at - ${week}`,
    }),
    measure: ratedShare(),
  },
};
