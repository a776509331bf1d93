import { rate } from '../../measures/rate.js';
import { itemKeys, type Metric, type Units } from '../../metric.js';
import { isNoteDecided, ofLevel, type Level } from './handoff.units.js';

const decidedHandoffs = (level: Level): Units => ({
  per: 'row',
  columns: ['happened'],
  sql: `  select ${itemKeys}, u.at, u.excluded is not null as is_excluded, case when u.has_note then 0 else 1 end as happened
  from measured.handoff u
  join source s on s.connection_id = u.connection_id
  where ${isNoteDecided} and ${ofLevel[level]}`,
});

export const coldHandoff: Metric = {
  id: 'cold-handoff',
  family: 'handoff',
  definition:
    'Of the handoffs of the period, the percentage without an internal note for the receiver: none from 30 minutes before it by anyone but the receiver, nor up to 5 minutes after it by the sender or whoever passed it on. A field filled in for it counts as a note where the source tells it. Handoffs of open and reopened items count, once the 5 minutes are over. Option level=person: between persons.',
  unit: '%',
  treatment: 'EVT',
  direction: 'lower',
  counts: 'handoffs',
  values: [],
  minimumN: 5,
  needs: ['team', 'visibility'],
  source: 'Own definition; interval: Wilson 1927',
  options: ['level'],
  compute: { kind: 'counted', units: ({ level }) => decidedHandoffs(level), measure: rate() },
};
