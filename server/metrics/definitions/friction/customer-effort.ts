import { durations } from '../../measures/durations.js';
import { itemKeys, type Metric } from '../../metric.js';
import { derivedOnce } from '../../prepared.js';
import type { Within } from '../../within.js';

/** A customer who comes back later than this comes with something else. */
const week = "interval '168 hours'";

/**
 * New items of the same customer and type within a week after the finish, and those of them through another
 * channel: what was opened by the end of the week less what was opened by the finish, counted along the
 * time of each customer, so that a customer of a million items costs no more than a million customers.
 */
const cameBack = (within: Within) => `select q.item_id,
      sum(q.mark * q.opened) as new_items,
      sum(case when q.channel is null then 0 else q.mark * (q.opened_through_any - q.opened_through_same) end) as switches
    from (
      select p.item_id, p.mark, p.channel,
        sum(p.opened) over (partition by p.connection_id, p.customer_id, p.type order by p.at) as opened,
        sum(case when p.channel is null then 0 else p.opened end) over (partition by p.connection_id, p.customer_id, p.type order by p.at) as opened_through_any,
        sum(p.opened) over (partition by p.connection_id, p.customer_id, p.type, p.channel order by p.at) as opened_through_same
      from (
        select null::uuid as item_id, i.connection_id, i.customer_id, i.type, i.channel, i.created_at as at, 1 as opened, 0 as mark
        from measured.item i
        where i.excluded is null and i.customer_id is not null ${within.customer('i')}
        union all
        select i.item_id, i.connection_id, i.customer_id, i.type, i.channel, i.ended_at, 0, -1
        from measured.item i
        where i.outcome = 'done' and i.customer_id is not null ${within.customer('i')}
        union all
        select i.item_id, i.connection_id, i.customer_id, i.type, i.channel, i.ended_at + ${week}, 0, 1
        from measured.item i
        where i.outcome = 'done' and i.customer_id is not null ${within.customer('i')}
      ) p
    ) q
    where q.item_id is not null
    group by q.item_id`;

/** How often the customer of each finished item got in touch. */
const contacts = (
  within: Within,
) => `  select i.item_id, (greatest(1, coalesce(t.turns, 0)) + coalesce(r.new_items, 0) + coalesce(r.switches, 0))::int as contacts
  from measured.item i
  left join (
    select q.item_id, count(*) as turns
    from measured.turn q
    join measured.item f on f.item_id = q.item_id
    where q.asked_at - ${week} <= f.ended_at ${within.customer('q')}
    group by q.item_id
  ) t on t.item_id = i.item_id
  left join (
    ${cameBack(within)}
  ) r on r.item_id = i.item_id
  where i.outcome = 'done' ${within.customer('i')}`;

export const customerEffort: Metric = {
  id: 'customer-effort',
  family: 'friction',
  definition:
    'How often a customer had to get in touch for one finished item: the turns in which they wrote (at least the one that opened it) up to 7 days after the finish, plus each new item of the same customer and type opened within 7 days after it, which counts twice if it came through another channel. Median and 90 % of the items finished in the period and at least 7 days old; reopened ones count with their final finish, open ones not yet.',
  unit: 'n',
  treatment: 'COH',
  direction: 'lower',
  counts: 'items',
  values: ['p50', 'p90'],
  minimumN: 5,
  needs: ['finish', 'messages', 'customer'],
  source: 'Dixon, Freeman & Toman 2010; Hyndman & Fan 1996',
  compute: {
    kind: 'counted',
    prepare: derivedOnce({ name: 'contacts', select: contacts, isOfCustomers: true }),
    units: () => ({
      per: 'row',
      columns: ['contacts'],
      sql: `  select ${itemKeys}, u.ended_at as at, u.excluded is not null or u.customer_id is null as is_excluded,
    c.contacts::float8 as contacts
  from measured.item u
  join source s on s.connection_id = u.connection_id
  left join prepared c on c.item_id = u.item_id
  where u.outcome = 'done' and u.ended_at <= s.as_of_at - ${week}`,
    }),
    measure: durations({ p50: 0.5, p90: 0.9 }, 'contacts'),
  },
};
