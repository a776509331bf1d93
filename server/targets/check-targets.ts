import type pg from 'pg';
import { numberOf } from '#dashboards/charts/drawing.js';
import { judged, stepOn } from '#dashboards/target.js';
import type { Conventions, Locale } from '#dashboards/i18n/messages.js';
import type { TargetCheck } from '../api.js';
import { shiftDay } from '../metrics/calendar.js';
import type { MetricEngine } from '../metrics/engine.js';
import { withholdMixed } from '../metrics/mixed-types.js';
import type { Window } from '../metrics/periods.js';
import { queryMetrics } from '../metrics/query.js';
import { targetMetric } from './target-metric.js';
import { readTargets } from './targets.js';

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
    const step = stepOn({ steps: target.moves }, shiftDay(window.to, -1, 'day', 'gregorian'));
    const verdict =
      step && value !== null
        ? { ...judged({ value, lo, hi }, step.value, direction), target: step.value, since: step.from, isRatchet: target.ratchet !== null }
        : null;
    return { target, from: window.from, to: window.to, value, n: row?.n ?? 0, lo, hi, verdict };
  });
}
