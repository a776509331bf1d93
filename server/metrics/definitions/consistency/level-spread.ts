import { funnelRows } from '../../measures/funnel-rows.js';
import type { Metric } from '../../metric.js';

export const levelSpread: Metric = {
  id: 'level-spread',
  family: 'consistency',
  definition:
    'Does every team, service, channel or customer group get the same? A funnel plot of a rate (option "of", on time by the first date unless said otherwise): each segment against the whole of the period, with the limits within which chance alone keeps 95 % and 99.8 % of segments of its size. Segments outside are noted. Open and reopened items are treated as by that metric. For teams and groups, never for persons.',
  unit: '%',
  treatment: 'EVT',
  direction: 'neither',
  counts: 'promises',
  values: ['value', 'whole', 'lower95', 'upper95', 'lower998', 'upper998'],
  minimumN: 5,
  needs: ['finish', 'due', 'first-due'],
  source: 'Spiegelhalter 2005',
  options: ['of', 'level'],
  compute: {
    kind: 'watched',
    defaultMetric: 'on-time-first',
    watches: (metric) => metric.unit === '%' && metric.values.length === 0 && (metric.treatment === 'EVT' || metric.treatment === 'COH'),
    rows: funnelRows,
  },
};
