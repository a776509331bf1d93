import { formatter, missing, type Formatter } from '#dashboards/format.js';
import { keyOf, translator, type Conventions, type Locale } from '#dashboards/i18n/messages.js';
import { dimensions } from '#dashboards/metric-result.js';
import type { AlertReading, AlertRule, AlertScope, Target } from '../api.js';
import { unitOf } from './rule.js';
import { alertTexts, type SayAlert } from './texts/index.js';

/** Who is told, and how that reader reads figures. */
export interface AlertReader extends Conventions {
  locale: Locale;
  zone: string;
}

/** Puts rules and readings into words. Values are written as page and PDF write them. */
export interface AlertSpeaker {
  say: SayAlert;
  format: Formatter;
  condition(rule: AlertRule, targets: readonly Target[]): string;
  period(rule: AlertRule, reading: Pick<AlertReading, 'key' | 'isRunning'>): string;
  value(rule: AlertRule, reading: Pick<AlertReading, 'value' | 'unit' | 'n' | 'untold'>): string;
  /** Why nobody can tell, which signals there are; none where there is nothing to add. */
  remarks(reading: AlertReading): string[];
  scope(filters: AlertScope['filters']): string;
  instant(iso: string): string;
}

export function speaker({ locale, zone, ...conventions }: AlertReader): AlertSpeaker {
  const say = alertTexts(locale, conventions);
  const word = translator(locale, conventions);
  const format = formatter(locale, conventions);

  function numberName(metric: string, part: string | null): string {
    const name = word(keyOf(`metric.${metric}.name`));
    return part === null ? name : `${name} (${word(keyOf(`value.${part}`))})`;
  }

  function condition(rule: AlertRule, targets: readonly Target[]): string {
    if (rule.kind === 'stale') {
      const limit = format.duration(rule.hours * 3_600);
      return rule.connection === null
        ? say('condition.stale-any', { limit })
        : say('condition.stale', { connection: rule.connection, limit });
    }
    if (rule.kind === 'items')
      return say('condition.items', { least: rule.least, reasons: rule.reasons.map((reason) => say(`reason.${reason}`)).join(', ') });
    const span = say(`span.${rule.grain}`, { n: rule.hold });
    if (rule.kind === 'target') {
      const target = targets.find(({ id }) => id === rule.target);
      return target ? say('condition.target', { number: numberName(target.metric, target.part), span }) : say('condition.no-target');
    }
    const number = numberName(rule.metric, rule.value);
    if (rule.kind === 'signal') return say(`condition.${rule.side}`, { number, span });
    return say(`condition.${rule.direction}`, { number, limit: format.value(rule.threshold, unitOf(rule)), span });
  }

  return {
    say,
    format,
    condition,
    period(rule, { key, isRunning }) {
      if (!('grain' in rule)) return format.instant(key, zone);
      const period =
        rule.grain === 'day' || rule.grain === 'week'
          ? say(`period.${rule.grain}`, { day: format.date(key) })
          : format.bucket(key, rule.grain);
      return isRunning ? say('period.running', { period }) : period;
    },
    value(rule, { value, unit, n, untold }) {
      if (untold !== null || value === null) return say('value.untold');
      if (rule.kind === 'items') return say('value.items', { value: format.count(value), n: format.count(n) });
      return rule.kind === 'stale' ? say('value.stale', { value: format.duration(value) }) : format.value(value, unit);
    },
    remarks: ({ untold, n, signals, limit, unit }) => [
      ...(untold === null ? [] : [say(`untold.${untold}`, { n: format.count(n) })]),
      ...(['outside', 'run', 'moving-range'] as const).flatMap((signal) =>
        signals.includes(signal) ? [say(`line.${signal}`, { limit: format.value(limit, unit) })] : [],
      ),
    ],
    scope: (filters) =>
      dimensions
        .flatMap((dimension) => {
          const names = filters[dimension] ?? [];
          return names.length === 0 ? [] : [`${word(`dimension.${dimension}`)}: ${names.map((name) => name || missing).join(', ')}`];
        })
        .join(' · '),
    instant: (iso) => say('instant', { at: format.instant(iso, zone), zone }),
  };
}
