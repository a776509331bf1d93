import type pg from 'pg';
import { numberOf } from '#dashboards/charts/drawing.js';
import { judged, stepOn, type TargetStep } from '#dashboards/target.js';
import type { Conventions, Locale } from '#dashboards/i18n/messages.js';
import type { Target, TargetCheck } from '../api.js';
import type { Window } from '../dashboards/asked.js';
import { shiftDay } from '../metrics/calendar.js';
import type { MetricEngine } from '../metrics/engine.js';
import { withholdMixed } from '../metrics/mixed-types.js';
import { queryMetrics } from '../metrics/query.js';
import { targetMetric } from './target-metric.js';
import { isAbout, readTargets, type TargetKey } from './targets.js';

/** The target of a number that holds at the end of a window; null where none does. */
export async function targetFor(
  pool: pg.Pool,
  key: TargetKey,
  { to }: Pick<Window, 'to'>,
): Promise<{ target: Target; step: TargetStep } | null> {
  const target = (await readTargets(pool)).find((one) => isAbout(one, key));
  const step = target && inForce(target, to);
  return target && step ? { target, step } : null;
}

/** Every target against its number over the window, in the order of `readTargets`. */
export async function checkTargets(
  pool: pg.Pool,
  engine: MetricEngine,
  window: Window,
  reader?: { locale: Locale } & Conventions,
): Promise<TargetCheck[]> {
  const targets = await readTargets(pool, reader);
  const results = await queryMetrics(
    engine,
    targets.map(({ metric, scope }) => ({ metric, ...window, grain: 'all' as const, filters: scope })),
  );
  return targets.map((target, index) => {
    const row = results[index] && withholdMixed(results[index]).rows[0];
    const { direction, hasInterval } = targetMetric(target.metric, target.part);
    const value = row ? numberOf(row, target.part ?? undefined) : null;
    const [lo, hi] = hasInterval ? [row?.lo ?? null, row?.hi ?? null] : [null, null];
    const step = inForce(target, window.to);
    const verdict =
      step && value !== null
        ? { ...judged({ value, lo, hi }, step.value, direction), target: step.value, since: step.from, isRatchet: target.ratchet !== null }
        : null;
    return { target, from: window.from, to: window.to, value, n: row?.n ?? 0, lo, hi, verdict };
  });
}

/** Those missed by more than chance. */
export async function missedTargets(...asked: Parameters<typeof checkTargets>): Promise<TargetCheck[]> {
  return (await checkTargets(...asked)).filter(({ verdict }) => verdict?.state === 'missed');
}

function inForce({ moves }: Target, to: string): TargetStep | null {
  return stepOn({ steps: moves }, shiftDay(to, -1, 'day', 'gregorian'));
}
