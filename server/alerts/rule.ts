import { z } from 'zod';
import { locales } from '#dashboards/i18n/messages.js';
import { calendars, dimensions, type Unit } from '#dashboards/metric-result.js';
import type { AlertRule } from '../api.js';
import { isDate } from '../metrics/calendar.js';
import { hasBusinessClock } from '../metrics/clocks.js';
import { findMetric } from '../metrics/definitions/index.js';
import { metricInfo } from '../metrics/metric.js';
import { Refusal } from '../refusal.js';

/** Of the watch list, where its customer can be untold. */
export const untoldReasons = ['late-untold', 'silent-untold', 'likely-late'] as const;

const filters = z.partialRecord(z.enum(dimensions), z.array(z.string().max(500)).min(1).max(200)).default({});
const grain = z.enum(['day', 'week', 'month', 'quarter']).default('week');
const calendar = z.enum(calendars).optional();
const many = z.number().int().min(1).max(12).default(1);
const holding = { hold: many, recover: many };
const finite = z.number().refine(Number.isFinite, 'is no number.');

const scope = {
  metric: z.string().min(1).max(100),
  value: z.string().max(100).nullable().default(null),
  filters,
  grain,
  calendar,
  clock: z.literal('business').optional(),
};

/** What is wanted to be told, as the API takes it. */
export const AlertRuleBody = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('threshold'),
      ...scope,
      direction: z.enum(['above', 'below']),
      threshold: finite,
      recoverAt: finite.optional(),
      isRunningJudged: z.boolean().default(false),
      ...holding,
    }),
    z.strictObject({
      kind: z.literal('signal'),
      ...scope,
      from: z.string().refine(isDate, 'is not a date such as 2026-03-02.'),
      side: z.enum(['worse', 'either']).default('worse'),
      ...holding,
    }),
    z.strictObject({ kind: z.literal('target'), target: z.uuid(), grain, calendar, ...holding }),
    z.strictObject({
      kind: z.literal('stale'),
      connection: z.string().min(1).max(200).nullable().default(null),
      hours: finite.min(0.25).max(24 * 366),
      ...holding,
    }),
    z.strictObject({
      kind: z.literal('items'),
      filters,
      reasons: z
        .array(z.enum(untoldReasons))
        .min(1)
        .default([...untoldReasons]),
      least: z.number().int().min(1).max(1_000_000).default(1),
      ...holding,
    }),
  ])
  .transform((rule): AlertRule => {
    const given = Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined)) as AlertRule;
    return given.kind === 'threshold' ? { ...given, recoverAt: given.recoverAt ?? given.threshold } : given;
  });

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 22:00.');

/** How it is told, as the API takes it. */
export const AlertDeliveryBody = z
  .strictObject({
    locale: z.enum(locales).default('en'),
    digits: z.literal('latn').optional(),
    zone: z.string().max(100).refine(isZone, 'is not an IANA time zone such as Europe/Istanbul.'),
    quiet: z
      .strictObject({ from: time, to: time })
      .refine(({ from, to }) => from !== to, 'is the whole day; mute the alert in its place.')
      .nullable()
      .default(null),
    digestHour: z.number().int().min(0).max(23).nullable().default(null),
  })
  .transform(({ digits, ...delivery }) => ({ ...delivery, ...(digits && { digits }) }));

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Throws a `Refusal` or `MetricError` that says what cannot be watched, and what would do. */
export function checkRule(rule: AlertRule): void {
  if (rule.kind === 'threshold') {
    const isBeyond = rule.direction === 'above' ? rule.recoverAt > rule.threshold : rule.recoverAt < rule.threshold;
    if (isBeyond) throw new Refusal(`It would recover at ${rule.recoverAt}, which is still ${rule.direction} ${rule.threshold}.`);
  }
  if (rule.kind !== 'threshold' && rule.kind !== 'signal') return;
  const metric = findMetric(rule.metric);
  const { values } = metricInfo(metric);
  if (rule.value !== null && !values.includes(rule.value))
    throw new Refusal(`"${rule.metric}" has no value "${rule.value}"; known: ${values.join(', ') || 'none, leave it out'}.`);
  if (rule.clock === 'business' && !hasBusinessClock(rule.metric))
    throw new Refusal(`"${rule.metric}" has no business clock; leave out "clock".`);
  if (metric.compute.kind === 'watched')
    throw new Refusal(`"${rule.metric}" watches another metric; name that one, with the kind "signal".`);
  if (rule.kind !== 'signal') return;
  const watcher = findMetric('process-behaviour').compute;
  if (metric.compute.kind !== 'counted' || (watcher.kind === 'watched' && watcher.watches?.(metric) === false))
    throw new Refusal(`"${rule.metric}" has no process behaviour chart; take the kind "threshold".`);
  if (rule.value !== null && rule.value !== values[0])
    throw new Refusal(`The process behaviour chart of "${rule.metric}" watches "${values[0]}"; leave out "value".`);
}

/** The unit of the value a rule is about. Throws `MetricError`. */
export function unitOf({ metric, value }: { metric: string; value: string | null }): Unit {
  const { unit, units, values } = metricInfo(findMetric(metric));
  return units?.[value ?? values[0] ?? ''] ?? unit;
}
