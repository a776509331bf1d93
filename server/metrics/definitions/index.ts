import { MetricError } from '../request.js';
import type { Metric } from '../metric.js';
import { cycleTime } from './consistency/cycle-time.js';
import { firstContactResolution } from './consistency/first-contact-resolution.js';
import { leadTimeDistribution } from './consistency/lead-time-distribution.js';
import { leadTime } from './consistency/lead-time.js';
import { processBehaviour } from './consistency/process-behaviour.js';
import { reopenRate } from './consistency/reopen-rate.js';
import { replyTime } from './consistency/reply-time.js';
import { sleAttainment } from './consistency/sle-attainment.js';
import { spread } from './consistency/spread.js';
import { tailRatio } from './consistency/tail-ratio.js';
import { calibration } from './delay/calibration.js';
import { chasedFirst } from './delay/chased-first.js';
import { courtAge } from './delay/court-age.js';
import { earlyWarning } from './delay/early-warning.js';
import { firstResponse } from './delay/first-response.js';
import { goalpostGap } from './delay/goalpost-gap.js';
import { itemAge } from './delay/item-age.js';
import { longestSilence } from './delay/longest-silence.js';
import { noticeLead } from './delay/notice-lead.js';
import { onTimeFirst } from './delay/on-time-first.js';
import { onTimeLast } from './delay/on-time-last.js';
import { proactiveNotice } from './delay/proactive-notice.js';
import { pLate } from './delay/p-late.js';
import { promiseSurvival } from './delay/promise-survival.js';
import { reliability } from './delay/reliability.js';
import { silence } from './delay/silence.js';
import { silentItems } from './delay/silent-items.js';
import { slipAfterDue } from './delay/slip-after-due.js';
import { slipMoves } from './delay/slip-moves.js';
import { slip } from './delay/slip.js';
import { tardiness } from './delay/tardiness.js';
import { unexplainedDelay } from './delay/unexplained-delay.js';
import { coldHandoff } from './handoff/cold-handoff.js';
import { customerRepeats } from './handoff/customer-repeats.js';
import { flowEfficiency } from './handoff/flow-efficiency.js';
import { handoffCost } from './handoff/handoff-cost.js';
import { handoffLossTime } from './handoff/handoff-loss-time.js';
import { handoffLoss } from './handoff/handoff-loss.js';
import { handoffWaitShare } from './handoff/handoff-wait-share.js';
import { handoffWait } from './handoff/handoff-wait.js';
import { handoffs } from './handoff/handoffs.js';
import { handoverMatrix } from './handoff/handover-matrix.js';
import { journeyLeadTime } from './handoff/journey-lead-time.js';
import { journeyWait } from './handoff/journey-wait.js';
import { pushToFront } from './handoff/push-to-front.js';
import { reAsk } from './handoff/re-ask.js';
import { returns } from './handoff/returns.js';
import { waitCausesTime } from './handoff/wait-causes-time.js';
import { waitCauses } from './handoff/wait-causes.js';
import { systemHandoffs } from './handoff/system-handoffs.js';
import { cadence } from './consistency/cadence.js';
import { levelSpread } from './consistency/level-spread.js';
import { ownerShare } from './consistency/owner-share.js';
import { promisesKept } from './friction/promises-kept.js';
import { customerEffort } from './friction/customer-effort.js';
import { firstOwnerAuthority } from './friction/first-owner-authority.js';
import { escalationWait } from './friction/escalation-wait.js';
import { levelVsLoad } from './scale/level-vs-load.js';
import { load } from './scale/load.js';
import { newcomerParity } from './scale/newcomer-parity.js';
import { newcomerTail } from './scale/newcomer-tail.js';
import { newcomerSilence } from './scale/newcomer-silence.js';
import { beliefGap } from './expectation/belief-gap.js';
import { satisfaction } from './expectation/satisfaction.js';
import { targetRatchet } from './expectation/target-ratchet.js';
import { visibilityCoverage } from './visibility/visibility-coverage.js';

/** Every metric, by family. A new metric is one file and one line here. */
export const metrics: readonly Metric[] = [
  leadTime,
  cycleTime,
  spread,
  sleAttainment,
  leadTimeDistribution,
  tailRatio,
  reopenRate,
  firstContactResolution,
  processBehaviour,
  cadence,
  levelSpread,
  ownerShare,
  onTimeFirst,
  onTimeLast,
  goalpostGap,
  slip,
  slipMoves,
  slipAfterDue,
  tardiness,
  pLate,
  calibration,
  promiseSurvival,
  reliability,
  earlyWarning,
  silence,
  longestSilence,
  silentItems,
  itemAge,
  courtAge,
  firstResponse,
  replyTime,
  unexplainedDelay,
  proactiveNotice,
  noticeLead,
  chasedFirst,
  handoffs,
  handoffWait,
  handoffWaitShare,
  returns,
  handoverMatrix,
  reAsk,
  customerRepeats,
  coldHandoff,
  handoffLoss,
  handoffLossTime,
  handoffCost,
  journeyLeadTime,
  journeyWait,
  systemHandoffs,
  waitCauses,
  waitCausesTime,
  pushToFront,
  flowEfficiency,
  visibilityCoverage,
  promisesKept,
  customerEffort,
  firstOwnerAuthority,
  escalationWait,
  newcomerParity,
  newcomerTail,
  newcomerSilence,
  load,
  levelVsLoad,
  satisfaction,
  beliefGap,
  targetRatchet,
];

/** Throws `MetricError` naming the known ones. */
export function findMetric(id: string): Metric {
  const metric = metrics.find((candidate) => candidate.id === id);
  if (!metric) throw new MetricError(`Unknown metric "${id}"; known: ${metrics.map((candidate) => candidate.id).join(', ')}.`);
  return metric;
}
