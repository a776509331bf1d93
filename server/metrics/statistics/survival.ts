/** One unit followed over time. */
export interface FollowUp {
  /** Seconds until it ended or was last seen. */
  exit: number;
  /** 0 still open, 1 happened, 2 ended otherwise. */
  ended: 0 | 1 | 2;
  /** Age at which it came under observation; units seen from the start have none. */
  entry?: number;
}

/** The cumulative incidence after an instant at which something ended. */
export interface IncidenceStep {
  at: number;
  /** Share that has happened by `at`. */
  incidence: number;
  standardError: number;
}

/**
 * Cumulative incidence of what happens, other ends competing, units still open censored: Aalen & Johansen 1978, the complement of
 * Kaplan & Meier 1958 where nothing competes. Variance after Aalen. Units open at an instant are at risk at it; a unit that enters
 * at an instant is not.
 */
export function cumulativeIncidence(units: readonly FollowUp[]): IncidenceStep[] {
  const instants = [...new Set(units.map((unit) => unit.exit))].sort((a, b) => a - b);
  const steps: { at: number; incidence: number; before: number; happened: number; gone: number; atRisk: number }[] = [];
  let survival = 1;
  let incidence = 0;
  for (const at of instants) {
    const atRisk = units.filter((unit) => unit.exit >= at && (unit.entry === undefined || unit.entry < at)).length;
    const happened = units.filter((unit) => unit.exit === at && unit.ended === 1).length;
    const gone = units.filter((unit) => unit.exit === at && unit.ended !== 0).length;
    if (atRisk === 0) continue;
    incidence += (survival * happened) / atRisk;
    steps.push({ at, incidence, before: survival, happened, gone, atRisk });
    survival *= 1 - gone / atRisk;
  }
  return steps.map(({ at, incidence: reached }, last) => {
    const variance = steps.slice(0, last + 1).reduce((sum, step) => {
      const left = reached - step.incidence;
      const hazard = step.atRisk === step.gone ? 0 : step.gone / (step.atRisk * (step.atRisk - step.gone));
      const own = (step.before ** 2 * step.happened * (step.atRisk - step.happened)) / step.atRisk ** 3;
      return sum + left ** 2 * hazard + own - (2 * left * step.before * step.happened) / step.atRisk ** 2;
    }, 0);
    return { at, incidence: reached, standardError: Math.sqrt(Math.max(0, variance)) };
  });
}

/** Rounding of products of fractions must not decide whether a share is reached. */
export const shareTolerance = 1e-9;

/** First instant by which the share `p` has happened; null where it is never reached. */
export function incidenceQuantile(steps: readonly IncidenceStep[], p: number): number | null {
  return steps.find((step) => step.incidence >= p - shareTolerance)?.at ?? null;
}
