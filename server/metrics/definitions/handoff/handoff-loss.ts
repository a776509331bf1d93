import { itemRate } from '../../measures/item-rate.js';
import { itemKeys, secondsBetween, type Metric, type Units } from '../../metric.js';
import { derivedOnce } from '../../prepared.js';
import { anywhere, type Within } from '../../within.js';

const weekSeconds = 604_800;
const noteSeconds = 300;
/** Below this the 85th percentile is hardly more than the longest wait. */
const fewestWaits = 20;

/**
 * The 85th percentile of each team's waits in its first whole quarter with enough of them, from what was begun by its end: no later
 * event changes it. Quarters are those of UTC.
 */
const baseline = `  with quarter_handoff as (
    select u.to_id, u.acted_at, s.as_of_at, s.since_at, ${secondsBetween('u.at', 'u.acted_at')} as wait_seconds,
      timezone('UTC', date_trunc('quarter', timezone('UTC', u.at))) as quarter_from,
      timezone('UTC', date_trunc('quarter', timezone('UTC', u.at)) + interval '3 months') as quarter_to
    from measured.handoff u
    join source s on s.connection_id = u.connection_id
    where u.level = 'team' and u.excluded is null and u.acted_at <= u.until_at
  ),
  quarter_wait as (
    select to_id, quarter_from,
      percentile_cont(0.85) within group (order by wait_seconds) as p85,
      row_number() over (partition by to_id order by quarter_from) as place
    from quarter_handoff
    where acted_at < quarter_to and quarter_to <= as_of_at and quarter_from >= since_at
    group by to_id, quarter_from
    having count(*) >= ${fewestWaits}
  )
  select to_id, p85
  from quarter_wait
  where place = 1`;

/** Handoffs whose receiver resolved the item, which was then reopened. */
const reopened = (within: Within) => `reopened as materialized (
    select distinct u.item_id, u.n
    from measured.cycle c
    join measured.handoff u on u.item_id = c.item_id and u.to_id = c.team_id
    join source s on s.connection_id = u.connection_id
    where u.level = 'team'
      and c.resolved_at >= u.at
      and c.resolved_at <= u.until_at
      and c.reopened_at <= s.as_of_at
      and ${secondsBetween('c.resolved_at', 'c.reopened_at')} <= ${weekSeconds} ${within.item('u')} ${within.item('c')}
  )`;

const judgedHandoffs = (within: Within): Units => ({
  per: 'row',
  columns: ['long_wait', 'cold', 'back', 'again', 'reopened'],
  sql: `  with ${reopened(within)}
  select ${itemKeys}, u.at, u.excluded is not null as is_excluded,
    case when ${secondsBetween('u.at', 'least(u.acted_at, u.until_at, s.as_of_at)')} > b.p85 then 1 else 0 end as long_wait,
    case when not u.has_note and ${secondsBetween('u.at', 's.as_of_at')} > ${noteSeconds} then 1 else 0 end as cold,
    case when u.returns is null then 0 else 1 end as back,
    case when w.is_reask or w.is_repeat then 1 else 0 end as again,
    case when r.item_id is null then 0 else 1 end as reopened
  from measured.handoff u
  join source s on s.connection_id = u.connection_id
  left join prepared b on b.to_id = u.to_id
  left join reopened r on r.item_id = u.item_id and r.n = u.n
  left join (
    select h.item_id, h.level, h.n, h.is_reask, h.is_repeat
    from measured.handoff_word h
    where h.level = 'team' and (h.is_reask or h.is_repeat) ${within.item('h')}
  ) w on w.item_id = u.item_id and w.level = u.level and w.n = u.n
  where u.at <= s.as_of_at and u.level = 'team'`,
});

export const handoffLoss: Metric = {
  id: 'handoff-loss',
  family: 'handoff',
  definition:
    "Of the handoffs of the period, the percentage with a loss, and with each kind of it: a wait for the receiver beyond that team's own 85th percentile in its baseline (the first whole UTC quarter with at least 20 waits, as known at its end; a team without one is not judged by its waits), no internal note, back to a team that had it before, asked or said again what was known (read from the text: an estimate), resolved by the receiver and reopened within 7 days. Handoffs of open and reopened items count with what is known so far.",
  unit: '%',
  treatment: 'EVT',
  direction: 'lower',
  counts: 'handoffs',
  values: ['lost', 'longWait', 'cold', 'returns', 'again', 'reopened'],
  minimumN: 5,
  needs: ['team', 'visibility', 'messages', 'reopen'],
  source: 'Own definition; interval: Wilson 1927',
  compute: {
    kind: 'counted',
    prepare: derivedOnce({ name: 'usual-waits', select: () => baseline, isOfCustomers: false }),
    units: ({ within = anywhere }) => judgedHandoffs(within),
    measure: itemRate({
      lost: 'greatest(long_wait, cold, back, again, reopened)',
      longWait: 'long_wait',
      cold: 'cold',
      returns: 'back',
      again: 'again',
      reopened: 'reopened',
    }),
  },
};
