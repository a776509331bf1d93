import { watchPromises } from '../../forecast/early-warnings.js';
import { warningScore } from '../../measures/warning-score.js';
import { itemKeys, type Metric } from '../../metric.js';
import { preparedOnce } from '../../prepared.js';

export const earlyWarning: Metric = {
  id: 'early-warning',
  family: 'delay',
  definition:
    'Of the promises missed, by the period of the date that decided, the percentage that was flagged at least a day before it: at one of the looks 1, 2 … 7 days before the date the probability of being late was 50 % or more, by "p-late", for the date in force then and from what was known at the beginning of that month (UTC). With it: precision, the percentage of flagged promises that was missed; half of the true warnings came at least this long before; and flips, how often the flag changed from one look to the next, per promise looked at. Items open past the date are missed, reopened ones count with their final finish; those cancelled before the date are neither. What no forecast could be made for was not flagged. Promises missed that were not open with a date a day before are left out and counted: nobody could be warned.',
  unit: '%',
  treatment: 'EVT',
  direction: 'higher',
  counts: 'promises',
  values: ['warned', 'precision', 'warningLead', 'flips'],
  units: { warned: '%', precision: '%', warningLead: 's', flips: 'n' },
  minimumN: 5,
  needs: ['finish', 'due', 'first-due'],
  source: 'Own definition; interval: Wilson 1927',
  compute: {
    kind: 'counted',
    prepare: preparedOnce({
      name: 'watched-promises',
      of: 'all-time',
      async rows(engine, { sources, buckets }) {
        const watched = await watchPromises(engine, sources, buckets);
        return {
          item_id: { type: 'uuid', values: watched.map(({ itemId }) => itemId) },
          at: { type: 'timestamptz', values: watched.map(({ due }) => new Date(due * 1_000).toISOString()) },
          looks: { type: 'int', values: watched.map(({ looks }) => looks) },
          is_missed: { type: 'int', values: watched.map(({ isMissed }) => Number(isMissed)) },
          is_flagged: { type: 'int', values: watched.map(({ firstFlagged }) => Number(firstFlagged !== null)) },
          lead_seconds: { type: 'float8', values: watched.map(({ firstFlagged }) => firstFlagged ?? 0) },
          flips: { type: 'int', values: watched.map(({ flips }) => flips) },
        };
      },
    }),
    units: () => ({
      per: 'row',
      columns: ['is_missed', 'is_flagged', 'lead_seconds', 'flips'],
      sql: `  select ${itemKeys}, u.at, u.excluded is not null or u.outcome = 'unknown' or u.looks = 0 as is_excluded,
    u.is_missed, u.is_flagged, u.lead_seconds, u.flips
  from prepared u
  join source s on s.connection_id = u.connection_id`,
    }),
    measure: warningScore(),
  },
};
