import type pg from 'pg';
import { judged, stepOn } from '#dashboards/target.js';
import type { MetricInfo, MetricResult, MetricRow } from '#dashboards/metric-result.js';
import type { AlertReading, AlertRule, AlertScope, AlertUntold } from '../api.js';
import { firstDayOf, shiftDay } from '../metrics/calendar.js';
import { readDataSpan } from '../metrics/data-span.js';
import { findMetric } from '../metrics/definitions/index.js';
import type { MetricEngine } from '../metrics/engine.js';
import { metricInfo } from '../metrics/metric.js';
import { withholdMixed } from '../metrics/mixed-types.js';
import { queryMetric } from '../metrics/query.js';
import type { MetricRequest } from '../metrics/request.js';
import { Refusal } from '../refusal.js';
import { readTargets } from '../targets/targets.js';

export type PeriodRule = Extract<AlertRule, { kind: 'threshold' | 'signal' | 'target' }>;

export function isPeriodRule(rule: AlertRule): rule is PeriodRule {
  return rule.kind === 'threshold' || rule.kind === 'signal' || rule.kind === 'target';
}

type Judgement = Pick<AlertReading, 'verdict' | 'untold' | 'limit' | 'signals'>;

/** The last complete periods of the data, oldest first, each judged; the running one where the rule says so. Throws `MetricError`. */
export async function readPeriods(pool: pg.Pool, engine: MetricEngine, rule: PeriodRule, count: number): Promise<AlertReading[]> {
  const span = await readDataSpan(pool);
  if (span.last === null) return [];
  const watched = await scopeOf(pool, rule);
  if (watched === null) return [untoldReading(span.last, 'no-target')];
  const { scope, judge } = watched;
  const calendar = scope.calendar ?? 'gregorian';
  const running = firstDayOf(span.last, scope.grain, calendar);
  const to = shiftDay(running, 1, scope.grain, calendar);
  const earliest = shiftDay(running, -count, scope.grain, calendar);
  const request: MetricRequest = {
    metric: scope.metric,
    from: rule.kind === 'signal' ? (rule.from < running ? firstDayOf(rule.from, scope.grain, calendar) : earliest) : earliest,
    to,
    zone: span.zone,
    grain: scope.grain,
    ...(scope.calendar && { calendar: scope.calendar }),
    filters: scope.filters,
    ...(scope.clock && { clock: scope.clock }),
  };
  const isWatched = rule.kind === 'signal';
  const result = withholdMixed(
    await queryMetric(engine, isWatched ? { ...request, metric: 'process-behaviour', of: scope.metric } : request),
  );
  const rows = rowsOf(result, scope.metric);
  if (rows === null) {
    const causes = result.absent.map(({ connection, reason }) => ({ id: null, name: connection, detail: reason }));
    return [{ ...untoldReading(shiftDay(running, -1, scope.grain, calendar), 'not-measurable', result.asOf), causes }];
  }
  const info = metricInfo(findMetric(scope.metric));
  const name = isWatched ? 'value' : (scope.value ?? info.values[0] ?? null);
  const before = (row: MetricRow) => rows.slice(0, rows.indexOf(row)).findLast((one) => valueOf(one, name) !== null) ?? null;
  return rows
    .filter((row) => !hasNote(row, 'partial') && (scope.isRunningJudged || !hasNote(row, 'running')))
    .slice(-count)
    .map((row): AlertReading => {
      const value = valueOf(row, name);
      const untold = untoldOf(row, value, info);
      const hasInterval = isWatched || scope.value === null || scope.value === info.values[0];
      return {
        key: row.bucket,
        value,
        unit: (isWatched ? undefined : info.units?.[name ?? '']) ?? info.units?.[info.values[0] ?? ''] ?? info.unit,
        n: row.n,
        lo: hasInterval ? row.lo : null,
        hi: hasInterval ? row.hi : null,
        isRunning: hasNote(row, 'running'),
        asOf: result.asOf,
        causes: [],
        ...(untold !== null || value === null
          ? { verdict: 'untold' as const, untold: untold ?? 'empty', limit: null, signals: [] }
          : judge(row, value, { info, previous: valueOf(before(row), name), lastDay: lastDayOf(row.bucket, scope) })),
      };
    });
}

interface Beside {
  info: MetricInfo;
  previous: number | null;
  lastDay: string;
}

interface WatchedScope {
  scope: AlertScope;
  judge(row: MetricRow, value: number, beside: Beside): Judgement;
}

/** What a rule asks of which number; null: its target is gone. */
export async function scopeOf(pool: pg.Pool, rule: PeriodRule): Promise<WatchedScope | null> {
  if (rule.kind === 'threshold') return { scope: rule, judge: (_row, value) => beyond(rule, value) };
  if (rule.kind === 'signal')
    return { scope: { ...rule, isRunningJudged: false }, judge: (row, value, beside) => signalled(rule.side, row, value, beside) };
  const target = (await readTargets(pool)).find(({ id }) => id === rule.target);
  if (!target) return null;
  const { metric, part, scope: filters, moves } = target;
  return {
    scope: { metric, value: part, filters, grain: rule.grain, ...(rule.calendar && { calendar: rule.calendar }), isRunningJudged: false },
    judge: (row, value, { info, lastDay }) => {
      const wanted = stepOn({ steps: moves }, lastDay);
      if (wanted === null || info.direction === 'neither') return { verdict: 'untold', untold: 'no-target', limit: null, signals: [] };
      const { state } = judged({ value, lo: row.lo, hi: row.hi }, wanted.value, info.direction);
      const verdict = state === 'missed' ? 'breach' : state === 'met' ? 'clear' : 'between';
      return { verdict, untold: null, limit: wanted.value, signals: [] };
    },
  };
}

function beyond({ direction, threshold, recoverAt }: Extract<AlertRule, { kind: 'threshold' }>, value: number): Judgement {
  const sign = direction === 'above' ? 1 : -1;
  const verdict = sign * (value - threshold) > 0 ? 'breach' : sign * (value - recoverAt) <= 0 ? 'clear' : 'between';
  return { verdict, untold: null, limit: threshold, signals: [] };
}

/** Of the limits of a complete baseline alone: those of a shorter one move with every period. */
function signalled(side: 'worse' | 'either', row: MetricRow, value: number, { info, previous }: Beside): Judgement {
  const { mean = null, lower = null, upper = null } = row.values ?? {};
  if (mean === null || lower === null || upper === null || hasNote(row, 'baseline'))
    return { verdict: 'untold', untold: 'baseline', limit: null, signals: [] };
  const found = (row.note?.split(';') ?? []).filter((note) => note.startsWith('signal:')).map((note) => note.slice('signal:'.length));
  const isWorse = (change: number) => info.direction === 'neither' || (info.direction === 'lower' ? change > 0 : change < 0);
  const signals = found.filter(
    (signal) => side === 'either' || isWorse(signal === 'moving-range' ? value - (previous ?? mean) : value - mean),
  );
  const limit = value > upper ? upper : value < lower ? lower : mean;
  return { verdict: signals.length > 0 ? 'breach' : 'clear', untold: null, limit, signals };
}

/** Null where no connection can tell. Throws where the metric is no single number. */
function rowsOf(result: MetricResult, metric: string): MetricRow[] | null {
  if (result.rows.length === 0) return null;
  const rows = result.rows.filter((row) => row.by === null && row.atSeconds === undefined);
  if (rows.length === 0)
    throw new Refusal(`"${metric}" is no single number of a period but one of each of its parts, which is not watched.`);
  return rows;
}

function untoldOf(row: MetricRow, value: number | null, { minimumN }: MetricInfo): AlertUntold | null {
  if (hasNote(row, 'mixed-types')) return 'mixed-types';
  if (row.n === 0) return 'empty';
  if (row.n < minimumN) return 'too-few';
  if (value !== null) return null;
  const notes = row.note?.split(';') ?? [];
  const said = (['too-few', 'not-reached', 'undefined'] as const).find((reason) =>
    notes.some((note) => note === reason || (note.startsWith(`${reason}:`) && note !== 'too-few:mean')),
  );
  return said ?? 'empty';
}

function untoldReading(key: string, untold: AlertUntold, asOf: string | null = null): AlertReading {
  return {
    key,
    verdict: 'untold',
    untold,
    value: null,
    unit: 'n',
    n: 0,
    lo: null,
    hi: null,
    limit: null,
    signals: [],
    isRunning: false,
    asOf,
    causes: [],
  };
}

function lastDayOf(bucket: string, { grain, calendar = 'gregorian' }: AlertScope): string {
  return shiftDay(shiftDay(bucket, 1, grain, calendar), -1, 'day', calendar);
}

function valueOf(row: MetricRow | null, name: string | null): number | null {
  if (row === null) return null;
  return (row.values ? row.values[name ?? ''] : row.value) ?? null;
}

function hasNote({ note }: MetricRow, wanted: string): boolean {
  return note?.split(';').includes(wanted) ?? false;
}
