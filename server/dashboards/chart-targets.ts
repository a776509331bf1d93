import { unitOfValue } from '#dashboards/charts/drawing.js';
import type { ChartDefinition } from '#dashboards/dashboard.js';
import type { ChartTarget } from '#dashboards/target.js';
import type { ChartTargetPlace, Target } from '../api.js';
import { firstDayOf, shiftDay } from '../metrics/calendar.js';
import { hasBusinessClock } from '../metrics/clocks.js';
import { findMetric } from '../metrics/definitions/index.js';
import { metricInfo } from '../metrics/metric.js';
import type { Window } from '../metrics/periods.js';
import { scopeKey } from '../metrics/scope-key.js';
import { refusalOf, targetParts } from '../targets/target-metric.js';
import { isAbout } from '../targets/targets.js';
import { calendarAsked } from './asked.js';
import type { Question } from './question.js';

type Asked = Pick<Question, 'filters' | 'clock' | 'locale'>;

/** Kinds that draw a number as a place on an axis, and so can draw what it is wanted to be. */
const onAxis = ['trend', 'versus', 'process-behaviour', 'ranking', 'strips', 'funnel', 'scatter'];

/**
 * The targets of the numbers a chart draws, on the same clock: of the same items, or where it is broken down of one segment of them. A
 * target is on the calendar's.
 */
export function targetsDrawn(targets: readonly Target[], chart: ChartDefinition, question: Asked & Pick<Question, 'by'>): ChartTarget[] {
  const { filters, clock } = question;
  const scope = scopeKey(filters);
  const drawn = chart.queries.find(({ role }) => role === 'drawn')?.by;
  const by = drawn === 'asked' ? question.by : (drawn ?? null);
  const isDrawn = ({ metric, part }: Target) =>
    chart.queries.some(
      (query) => query.metric === metric || (aboutMetric(query.metric) === metric && (isRange(query.metric) || isFirst(metric, part))),
    );
  return targets.flatMap((target) => {
    const { metric, part, ratchet, moves } = target;
    const segment = scopeKey(target.scope) === scope ? undefined : segmentOf(target, by, filters);
    if (!isDrawn(target) || segment === null) return [];
    if (clock === 'business' && hasBusinessClock(metric)) return [];
    const steps = moves.map(({ from, value }) => ({ from, value }));
    return [{ metric, part, ...(segment !== undefined && { segment }), isRatchet: ratchet !== null, steps }];
  });
}

/** The one segment of the items asked for that a target is of; null: it is of others, or of all of them. */
function segmentOf({ scope }: Target, by: Question['by'], filters: Question['filters']): string | null {
  if (by === null) return null;
  const [segment, ...more] = scope[by] ?? [];
  if (segment === undefined || more.length > 0) return null;
  return scopeKey({ ...filters, [by]: [segment] }) === scopeKey(scope) && (filters[by]?.includes(segment) ?? true) ? segment : null;
}

/** Where a target of the number that a chart leads with stands, or would stand; null for a chart without such a number. */
export function targetPlace(
  targets: readonly Target[],
  chart: ChartDefinition,
  { filters, clock, locale, calendar }: Asked & Pick<Question, 'calendar'>,
  { to }: Window,
): ChartTargetPlace | null {
  const leading = chart.queries.find(({ role }) => role === 'now') ?? chart.queries.find(({ role }) => role === 'drawn');
  if (!leading || !(onAxis.includes(chart.kind) || leading.role === 'now')) return null;
  const metric = findMetric(aboutMetric(leading.metric));
  if (clock === 'business' && hasBusinessClock(metric.id)) return null;
  const isWatched = metric.id !== leading.metric && !isRange(leading.metric);
  const part = (isWatched ? undefined : chart.value) ?? metric.values[0] ?? null;
  if (part !== null && !targetParts(metric).includes(part)) return null;
  const key = { metric: metric.id, part, scope: filters };
  const target = targets.find((one) => isAbout(one, key)) ?? null;
  const read = calendarAsked({ locale, ...(calendar && { calendar }) });
  return {
    ...key,
    unit: unitOfValue(metricInfo(metric), part ?? undefined),
    refusal: refusalOf(metric, locale),
    canFollow: isFirst(metric.id, part),
    from: firstDayOf(shiftDay(to, -1, 'day', 'gregorian'), target ? 'week' : 'quarter', read),
    target,
  };
}

/** Of several values the first is watched. */
function isFirst(metric: string, part: string | null): boolean {
  return part === (findMetric(metric).values[0] ?? null);
}

/** What a chart is about that watches the periods of another metric, or draws the range of one. */
function aboutMetric(id: string): string {
  const { compute, rangeOf } = findMetric(id);
  return compute.kind === 'watched' ? compute.defaultMetric : (rangeOf ?? id);
}

function isRange(id: string): boolean {
  return findMetric(id).rangeOf !== undefined;
}
