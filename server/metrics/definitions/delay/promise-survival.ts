import { ageLabel, ageStep, curveByAge, unseenBefore } from '../../measures/curve-by-age.js';
import { itemKeys, secondsBetween, type Metric } from '../../metric.js';
import { derivedOfWindow } from '../../prepared.js';
import type { Within } from '../../within.js';

/** Where the watch over a date ends: it is replaced or taken back, its item ends, it passes, or the data does. */
const seconds = `greatest(0, ${secondsBetween('u.said_at', 'least(u.until_at, u.due_at, s.as_of_at)')})`;

/** The dates given in the window, with how their watch ended. */
const datesGiven = (within: Within) => `  select p.*, ${ageStep('p.exit_seconds')} as step, ${unseenBefore} as unseen
  from (
    select u.item_id, u.connection_id, u.team_id, u.customer_id, u.type, u.service, u.channel, u.priority, u.language,
      u.said_at as at, u.excluded is not null or i.outcome = 'unknown' as is_excluded, ${seconds} as exit_seconds,
      case
        when u.until_at <= least(u.due_at, s.as_of_at) then
          case when i.ended_at <= u.until_at or coalesce(m.asked_by_customer, false) then 2 else 1 end
        when u.due_at < s.as_of_at then 1
        else 0
      end as ended
    from measured.item i
    join measured.promise u on u.item_id = i.item_id
    join source s on s.connection_id = u.connection_id
    left join (
      select d.item_id, d.n, d.asked_by_customer
      from measured.promise d
      where d.n > 1 and d.said_at >= (select min(from_at) from bucket) ${within.item('d')}
    ) m on m.item_id = u.item_id and m.n = u.n + 1
    where u.said_at <= s.as_of_at and u.said_at >= (select min(from_at) from bucket) and u.said_at < (select max(to_at) from bucket)
      ${within.item('u')} ${within.item('i')}
  ) p`;

export const promiseSurvival: Metric = {
  id: 'promise-survival',
  family: 'delay',
  definition:
    'How long a date given to a customer stands, by the period it was given in: the percentage of dates not yet moved, taken back or missed so long after they were said. A date that was kept, one the customer asked to move and one whose item was cancelled before it end otherwise; open items count with the time their date has stood so far (Kaplan-Meier with competing ends). Each date of an item counts, first ones and later ones alike; a reopened item counts with its final finish. A row is a step of age: its n are the dates that ended in it, the numerator those that fell; withheld where fewer than five are left to watch.',
  unit: '%',
  treatment: 'KM',
  direction: 'higher',
  counts: 'promises',
  values: ['standing', 'fell', 'otherEnds', 'stillStanding'],
  units: { fell: 'n', otherEnds: 'n', stillStanding: 'n' },
  minimumN: 5,
  needs: ['finish', 'due', 'first-due'],
  source: 'Kaplan & Meier 1958; Aalen & Johansen 1978; interval: Wilson 1927 with the effective number of Peto et al. 1977',
  compute: {
    kind: 'counted',
    prepare: derivedOfWindow({ name: 'dates-given', select: datesGiven }),
    units: () => ({
      per: 'row',
      columns: ['step', 'unseen', 'ended'],
      segment: { column: ageLabel('u.step'), join: '' },
      sql: `  select ${itemKeys}, u.at, u.is_excluded, u.ended, u.step, u.unseen
  from prepared u
  join source s on s.connection_id = u.connection_id`,
    }),
    measure: curveByAge(),
  },
};
