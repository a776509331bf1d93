import { rate } from '../../measures/rate.js';
import { keysWithTeam, secondsBetween, type Metric } from '../../metric.js';
import { derivedOnce } from '../../prepared.js';
import { anywhere, type Within } from '../../within.js';

const weekSeconds = 604_800;

/**
 * Items whose first resolution was undone within seven days of it: passed on before, asked again, or followed by the next item of the
 * same customer and type. A creation sorts before a resolution of the same instant: it is not after it.
 */
const undone = (within: Within) => `  with first_resolution as (
    select c.item_id, c.customer_id, c.type, c.resolved_at, least(i.first_response_at, c.resolved_at) as answered_at
    from measured.cycle c
    join measured.item i on i.item_id = c.item_id
    where c.n = 1 and c.resolved_at is not null ${within.customer('c')}
  ),
  customer_story as (
    select item_id, customer_id, type, resolved_at as story_at, 1 as is_resolution
    from first_resolution
    where customer_id is not null
    union all
    select item_id, customer_id, type, created_at, 0
    from measured.item
    where customer_id is not null and excluded is null ${within.customer('item')}
  ),
  followed as (
    select item_id, is_resolution, story_at,
      min(case when is_resolution = 0 then story_at end) over (
        partition by customer_id, type
        order by story_at, is_resolution
        rows between 1 following and unbounded following
      ) as next_at
    from customer_story
  )
  select r.item_id
  from measured.handoff h
  join first_resolution r on r.item_id = h.item_id
  where h.level = 'team' and h.at <= r.resolved_at ${within.customer('h')}
  union
  select r.item_id
  from measured.word w
  join first_resolution r on r.item_id = w.item_id
  where w.side = 'customer' and w.is_public and not w.is_bot and not w.is_thanks
    and w.at > r.answered_at
    and ${secondsBetween('r.resolved_at', 'w.at')} <= ${weekSeconds} ${within.customer('w')}
  union
  select item_id
  from followed
  where is_resolution = 1 and ${secondsBetween('story_at', 'next_at')} <= ${weekSeconds}`;

export const firstContactResolution: Metric = {
  id: 'first-contact-resolution',
  family: 'consistency',
  definition:
    'Of the items first resolved in the period and at least 7 days ago, the percentage settled at the first contact: never passed to another team, no message of the customer after our first answer but thanks, not reopened, and no new item of the same customer and type, until 7 days after. A reopened item counts once, with its first resolution; items never resolved are not in it, those without a known customer or team are left out and counted. By team: the one that had it first. Thanks are read from the text: an estimate.',
  unit: '%',
  treatment: 'COH',
  direction: 'higher',
  counts: 'items',
  values: [],
  minimumN: 5,
  needs: ['finish', 'reopen', 'team', 'messages', 'customer'],
  source: 'Intercom, Zendesk (one-touch); interval: Wilson 1927',
  compute: {
    kind: 'counted',
    prepare: derivedOnce({ name: 'undone-contacts', select: undone, isOfCustomers: true }),
    units: ({ within = anywhere }) => ({
      per: 'row',
      columns: ['happened'],
      sql: `  select ${keysWithTeam('i.first_team_id')}, u.resolved_at as at,
    u.excluded is not null or u.customer_id is null or i.first_team_id is null as is_excluded,
    case
      when x.item_id is not null then 0
      when ${secondsBetween('u.resolved_at', 'u.reopened_at')} <= ${weekSeconds} then 0
      else 1
    end as happened
  from measured.item i
  join measured.cycle u on u.item_id = i.item_id
  join source s on s.connection_id = u.connection_id
  left join prepared x on x.item_id = u.item_id
  where u.n = 1 and ${secondsBetween('u.resolved_at', 's.as_of_at')} >= ${weekSeconds} ${within.item('i')}`,
    }),
    measure: rate(),
  },
};
