import { dimensions } from '#dashboards/metric-result.js';
import type { MetricRequest } from './request.js';

/** Filters as one text, the same for the same items however they are written: names in their order, values sorted, `{}` for all. */
export function scopeKey(filters: MetricRequest['filters']): string {
  const named = dimensions.flatMap((dimension) => {
    const values = [...new Set(filters?.[dimension] ?? [])].sort();
    return values.length === 0 ? [] : [[dimension, values] as const];
  });
  return JSON.stringify(Object.fromEntries(named));
}
