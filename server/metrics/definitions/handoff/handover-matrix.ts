import { pairMatrix } from '../../measures/pair-matrix.js';
import type { Metric } from '../../metric.js';
import { teamPairs } from './handoff.units.js';

export const handoverMatrix: Metric = {
  id: 'handover-matrix',
  family: 'handoff',
  definition:
    'From which team to which: of the handoffs of the period, the share of each pair; of the pair, the median time to the first own act of the receiver and the percentage that went back to a team that had the item before. Handoffs of open and reopened items count; those still waiting count with the time so far (Kaplan-Meier).',
  unit: '%',
  treatment: 'EVT',
  direction: 'neither',
  counts: 'handoffs',
  values: ['share', 'wait', 'returns'],
  units: { wait: 's' },
  minimumN: 5,
  needs: ['team'],
  source: 'van der Aalst et al. 2005 (handover of work); interval: Wilson 1927',
  compute: { kind: 'counted', units: () => teamPairs, measure: pairMatrix() },
};
