import { translator, keyOf, type Locale } from '#dashboards/i18n/messages.js';
import type { Unit } from '#dashboards/metric-result.js';
import { unitOfValue } from '#dashboards/charts/drawing.js';
import { findMetric } from '../metrics/definitions/index.js';
import { metricInfo, type Metric } from '../metrics/metric.js';
import { Refusal } from '../refusal.js';

/** A number that can have a target. */
export interface TargetMetric {
  metric: string;
  /** Which of several values; null where the metric has one. */
  part: string | null;
  unit: Unit;
  direction: 'lower' | 'higher';
  /** The first value is the one that has an interval. */
  hasInterval: boolean;
}

const quantile = /^p\d+$/;

/** The number, the first value where none is named. Throws `MetricError` for an unknown metric, a `Refusal` for one without a direction. */
export function targetMetric(id: string, named: string | null = null, locale: Locale = 'en'): TargetMetric {
  const metric = findMetric(id);
  const refusal = refusalOf(metric, locale);
  if (refusal !== null || metric.direction === 'neither') throw new Refusal(refusal ?? '');
  const part = named ?? metric.values[0] ?? null;
  const possible = targetParts(metric);
  if (part !== null && !possible.includes(part))
    throw new Refusal(
      `"${id}" can have no target for "${part}"; ${possible.length > 0 ? `for ${possible.join(', ')}` : 'it has one value'}.`,
    );
  const unit = unitOfValue(metricInfo(metric), part ?? undefined);
  return { metric: id, part, unit, direction: metric.direction, hasInterval: part === (metric.values[0] ?? null) };
}

/** Of several values the first, and with it other quantiles: they are better and worse in the same direction. */
export function targetParts({ values }: Pick<Metric, 'values'>): string[] {
  const [first = ''] = values;
  return values.filter((value) => value === first || (quantile.test(value) && quantile.test(first)));
}

/** Why a metric can have no target, in a language; null: it can. */
export function refusalOf(metric: Metric, locale: Locale): string | null {
  const say = translator(locale);
  const name = say(keyOf(`metric.${metric.id}.name`));
  if (metric.direction === 'neither') return say('target.no-direction', { name });
  return isSingle(metric) ? null : say('target.no-single', { name });
}

/** Curves answer with a row for each of their steps. */
function isSingle({ compute }: Metric): boolean {
  return compute.kind !== 'counted' || compute.units({ clock: 'calendar', level: 'team' }).segment === undefined;
}
