import type { AlertPhase, AlertReading, AlertRule } from '../api.js';

/** Where an alert stands: the phase and, of `pending` and `recovering`, for how many readings in a row. */
export interface Standing {
  phase: AlertPhase;
  streak: number;
}

export const atRest: Standing = { phase: 'ok', streak: 0 };

/**
 * After one more reading. What breaches `hold` times in a row fires; what is clear `recover` times in a row after that is over. A value
 * between threshold and recovery keeps what fires and lets nothing fire. Where nobody can tell, nothing changes and no row is broken.
 */
export function step(
  { phase, streak }: Standing,
  verdict: AlertReading['verdict'],
  { hold, recover }: Pick<AlertRule, 'hold' | 'recover'>,
): Standing {
  if (verdict === 'untold') return { phase, streak };
  if (isFiring(phase)) {
    if (verdict !== 'clear') return { phase: 'firing', streak: 0 };
    return streak + 1 >= recover ? atRest : { phase: 'recovering', streak: streak + 1 };
  }
  if (verdict !== 'breach') return atRest;
  return streak + 1 >= hold ? { phase: 'firing', streak: 0 } : { phase: 'pending', streak: streak + 1 };
}

/** Fired, and not over yet. */
export function isFiring(phase: AlertPhase): boolean {
  return phase === 'firing' || phase === 'recovering';
}
