import { shareTolerance, type FollowUp } from '#server/metrics/statistics/survival.js';

/** The cumulative incidence after an instant at which something ended. */
export interface IncidenceStep {
  at: number;
  /** Share that has happened by `at`. */
  incidence: number;
  /** Units the estimate is worth: those at risk over the share still open before `at` (Peto et al. 1977). */
  effectiveUnits: number;
}

/**
 * Cumulative incidence of what happens, other ends competing, units still open censored: Aalen & Johansen 1978, the complement of
 * Kaplan & Meier 1958 where nothing competes. Units open at an instant are at risk at it; a unit that enters at an instant is not.
 */
export function cumulativeIncidence(units: readonly FollowUp[]): IncidenceStep[] {
  const instants = [...new Set(units.map((unit) => unit.exit))].sort((a, b) => a - b);
  const steps: IncidenceStep[] = [];
  let open = 1;
  let incidence = 0;
  for (const at of instants) {
    const atRisk = units.filter((unit) => unit.exit >= at && (unit.entry === undefined || unit.entry < at)).length;
    if (atRisk === 0 || open === 0) continue;
    const ends = units.filter((unit) => unit.exit === at && unit.ended !== 0);
    incidence += (open * ends.filter((unit) => unit.ended === 1).length) / atRisk;
    steps.push({ at, incidence, effectiveUnits: atRisk / open });
    open *= 1 - ends.length / atRisk;
  }
  return steps;
}

/** First instant by which the share `p` has happened; null where it is never reached. */
export function incidenceQuantile(steps: readonly IncidenceStep[], p: number): number | null {
  return steps.find((step) => step.incidence >= p - shareTolerance)?.at ?? null;
}

/**
 * Bounds of a quantile: the instants by which a share has happened that lies z standard errors below and above p. The error is the
 * binomial one of the effective units at the quantile, so that it meets the order statistics where nothing is open.
 */
export function incidenceBounds(steps: readonly IncidenceStep[], p: number, z: number): { lo: number | null; hi: number | null } {
  const reached = steps.find((step) => step.incidence >= p - shareTolerance);
  if (!reached) return { lo: null, hi: null };
  const half = z * Math.sqrt((p * (1 - p)) / reached.effectiveUnits);
  const lower = p - half;
  return { lo: lower <= 0 ? null : incidenceQuantile(steps, lower), hi: incidenceQuantile(steps, p + half) };
}
