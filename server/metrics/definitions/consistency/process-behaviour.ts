import { xmrRows } from '../../measures/xmr-rows.js';
import type { Metric } from '../../metric.js';

export const processBehaviour: Metric = {
  id: 'process-behaviour',
  family: 'consistency',
  definition:
    'Is a change more than chance? An XmR chart over the periods of another metric (option "of", lead time unless said otherwise; of several values the first): mean and limits at 2.66 mean moving ranges from a fixed baseline, the first complete periods of the window. Signals: a point outside the limits, eight in a row on one side of the mean, a moving range above its limit. Periods that are running, cut or withheld are shown and not tested. Open and reopened items are treated as by that metric.',
  unit: 's',
  treatment: 'KM',
  direction: 'neither',
  counts: 'items',
  values: ['value', 'mean', 'lower', 'upper', 'movingRange', 'movingRangeLimit'],
  minimumN: 5,
  needs: ['finish'],
  source: 'Wheeler 1993',
  options: ['of', 'clock', 'level'],
  compute: { kind: 'watched', defaultMetric: 'lead-time', rows: xmrRows },
};
