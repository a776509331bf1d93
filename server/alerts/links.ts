import { boards } from '#dashboards/boards/index.js';
import type { AlertReading, AlertRule, AlertScope, Target } from '../api.js';
import { shiftDay } from '../metrics/calendar.js';
import { partOf } from './causes.js';

/** Periods a linked chart shows. */
const shownPeriods = 26;

/** What a rule is about, as addresses say it: without the origin. Null: no number of a board. */
export function scopeOfRule(rule: AlertRule, targets: readonly Target[]): AlertScope | null {
  if (rule.kind === 'threshold') return rule;
  if (rule.kind === 'signal') return { ...rule, isRunningJudged: false };
  if (rule.kind !== 'target') return null;
  const target = targets.find(({ id }) => id === rule.target);
  if (!target) return null;
  return { metric: target.metric, value: target.part, filters: target.scope, grain: rule.grain, isRunningJudged: false };
}

/** The chart of the number, up to the period that was read. */
export function chartPath(rule: AlertRule, targets: readonly Target[], reading: Pick<AlertReading, 'key'> | null): string {
  if (rule.kind === 'stale') return '/data';
  if (rule.kind === 'items') return `/watch${queryOf(filtersOf(rule.filters))}`;
  const scope = scopeOfRule(rule, targets);
  const board = scope === null ? null : boardOf(scope.metric);
  return scope === null || board === null ? '/' : `/boards/${board}${queryOf(chosen(rule, scope, reading))}`;
}

/** All items behind a reading; null where it counts none. */
export function itemsPath(rule: AlertRule, targets: readonly Target[], reading: Pick<AlertReading, 'key'>): string | null {
  const scope = scopeOfRule(rule, targets);
  const board = scope === null ? null : boardOf(scope.metric);
  if (scope === null || board === null) return null;
  const part = partOf(scope.metric);
  return `/boards/${board}/items${queryOf([
    ...chosen(rule, scope, reading),
    ['metric', scope.metric],
    ['mark-grain', scope.grain],
    ['bucket', reading.key],
    ...(part === 'all' ? [] : [['part', part] as [string, string]]),
  ])}`;
}

function chosen(rule: AlertRule, scope: AlertScope, reading: Pick<AlertReading, 'key'> | null): [string, string][] {
  const calendar = scope.calendar ?? 'gregorian';
  const window: [string, string][] =
    reading === null
      ? []
      : [
          [
            'from',
            rule.kind === 'signal' && rule.from < reading.key ? rule.from : shiftDay(reading.key, 1 - shownPeriods, scope.grain, calendar),
          ],
          ['to', shiftDay(reading.key, 1, scope.grain, calendar)],
        ];
  return [
    ...window,
    ['calendar', calendar],
    ...(scope.grain === 'week' ? [] : [['grain', scope.grain] as [string, string]]),
    ...(scope.clock ? [['clock', scope.clock] as [string, string]] : []),
    ...filtersOf(scope.filters),
  ];
}

/** The first board that shows the metric. */
function boardOf(metric: string): string | null {
  return boards.find(({ charts }) => charts.some(({ queries }) => queries.some((query) => query.metric === metric)))?.id ?? null;
}

function filtersOf(filters: AlertScope['filters']): [string, string][] {
  return Object.entries(filters).flatMap(([dimension, names]) => names.map((name): [string, string] => [dimension, name]));
}

function queryOf(entries: [string, string][]): string {
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries)}`;
}
