import { itemCount } from '../../measures/item-count.js';
import { itemKeys, keysWithTeam, type Metric, type Units } from '../../metric.js';
import { ofLevel, type Level } from './handoff.units.js';

/** Open time by whom it was with, the creation (so that an item without open time counts) and the handoffs, by who received. */
const handoffUnits = (level: Level): Units => ({
  per: 'item-time',
  shares: [],
  counts: ['handoffs'],
  isHeldByWeek: true,
  sql: `  select ${itemKeys}, u.from_at, least(u.to_at, s.as_of_at) as to_at, u.excluded is not null as is_excluded, 0 as handoffs
  from measured.interval u
  join source s on s.connection_id = u.connection_id
  where u.from_at < s.as_of_at
  union all
  select ${keysWithTeam('coalesce(u.first_team_id, u.team_id)')},
    u.created_at, u.created_at, u.excluded is not null, 0
  from measured.item u
  join source s on s.connection_id = u.connection_id
  where u.created_at <= s.as_of_at
  union all
  select ${itemKeys}, u.at, u.at, u.excluded is not null, 1
  from measured.handoff u
  join source s on s.connection_id = u.connection_id
  where u.at <= s.as_of_at and ${ofLevel[level]}`,
});

export const handoffs: Metric = {
  id: 'handoffs',
  family: 'handoff',
  definition:
    'How often work changes hands between teams (option level=person: between persons): handoffs of the period per item that was open in it, and per 100 days of open item time. The first assignment is no handoff, corrections are taken out, a time with nobody in between makes no second one. Open items count with the time and handoffs so far, reopened ones all their open time.',
  unit: 'n',
  treatment: 'TW',
  direction: 'lower',
  counts: 'items',
  values: ['perItem', 'per100ItemDays'],
  minimumN: 5,
  needs: ['team'],
  source: 'Own definition; interval of a mean over items',
  options: ['level'],
  compute: { kind: 'counted', units: ({ level }) => handoffUnits(level), measure: itemCount('handoffs') },
};
