import { pairMatrix } from '../../measures/pair-matrix.js';
import type { Metric } from '../../metric.js';
import { measured } from '../../text/measured.js';
import { teamPairs } from './handoff.units.js';

export const handoverMatrix: Metric = {
  id: 'handover-matrix',
  family: 'handoff',
  definition:
    'From which team to which: of the handoffs of the period, the share of each pair; of the pair, the median time to the first own act of the receiver the percentage that went back to a team that had the item before, of those whose notes are told the percentage without one (as in "cold-handoff"), and of those after which the receiver wrote to the customer the percentage that asked again what had been asked before (an estimate, as in "re-ask"). Handoffs of open and reopened items count; those still waiting count with the time so far (Kaplan-Meier).',
  unit: '%',
  treatment: 'EVT',
  direction: 'neither',
  counts: 'handoffs',
  values: ['share', 'wait', 'returns', 'cold', 'reAsk'],
  units: { wait: 's' },
  minimumN: 5,
  needs: ['team'],
  source: 'van der Aalst et al. 2005 (handover of work); interval: Wilson 1927',
  estimate: measured.sameQuestion,
  compute: { kind: 'counted', units: () => teamPairs, measure: pairMatrix() },
};
