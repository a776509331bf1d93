import { Temporal } from 'temporal-polyfill';
import type { ChartDefinition, ChartQuery } from '#dashboards/dashboard.js';
import { calendarOf } from '#dashboards/i18n/messages.js';
import type { Calendar } from '#dashboards/metric-result.js';
import { hasBusinessClock } from '../metrics/clocks.js';
import { periodWindow, previousDays, sameDaysLastYear, type DataSpan, type Window } from '../metrics/periods.js';
import type { MetricRequest } from '../metrics/request.js';
import { Refusal } from '../refusal.js';
import type { Question } from './question.js';

/** 26 weeks. */
const halfYearDays = 182;

/** The window a question asks for in dates or in words; what it leaves open comes from the default. */
export function askedOfSpan(question: Pick<Question, 'from' | 'to' | 'period' | 'calendar' | 'locale'>, span: DataSpan): Window {
  const standard = periodWindow(question.period ?? 'default', span, calendarAsked(question));
  return askedWindow(question, { ...standard, zone: span.zone });
}

/** The window a question asks for; what it leaves open comes from the default. */
export function askedWindow(question: Pick<Question, 'from' | 'to'>, standard: Window): Window {
  const from =
    question.from ?? (question.to !== null && question.to <= standard.from ? shift(question.to, -lengthInDays(standard)) : standard.from);
  const to =
    question.to ?? (question.from !== null && question.from >= standard.to ? shift(question.from, lengthInDays(standard)) : standard.to);
  if (from >= to) throw new Refusal(`The window from ${from} to ${to} is empty; to is the first day left out.`);
  return { from, to, zone: standard.zone };
}

/** The calendar a question asks for: that of its language unless it says otherwise. */
export function calendarAsked({ calendar, locale }: Pick<Question, 'calendar' | 'locale'>): Calendar {
  return calendar ?? calendarOf(locale);
}

/** The window just before: equally long, or as many months of the calendar where it is made of such. */
export function previousWindow(window: Window, calendar: Calendar = 'gregorian'): Window {
  return { ...previousDays(window, calendar), zone: window.zone };
}

/** The window a question compares with. Where it wants no comparison, that a change would be told against: the one just before. */
export function comparedWindow(window: Window, question: Pick<Question, 'compare' | 'calendar' | 'locale'>): Window {
  const calendar = calendarAsked(question);
  if (question.compare === 'year') return { ...sameDaysLastYear(window, calendar), zone: window.zone };
  return previousWindow(window, calendar);
}

/** A chart with the queries that a question's comparison needs: none of the window before, or those that draw it behind a trend. */
export function comparedChart<Chart extends ChartDefinition>(chart: Chart, { compare, by }: Pick<Question, 'compare' | 'by'>): Chart {
  if (compare === 'none') return { ...chart, queries: chart.queries.filter(({ window }) => window !== 'previous') };
  const drawn = chart.queries.find(({ role }) => role === 'drawn');
  if (compare === undefined || chart.kind !== 'trend' || by !== null || drawn === undefined || drawn.window !== 'asked') return chart;
  return { ...chart, queries: [...chart.queries, { ...drawn, role: 'compared', window: 'previous' }] };
}

/** What one query of a chart asks the metrics, for a reader's question. A metric without a business clock is asked on its only one. */
export function metricRequest(query: ChartQuery, question: Question, window: Window): MetricRequest {
  const calendar = calendarAsked(question);
  return {
    metric: query.metric,
    ...queriedWindow(query, question, window),
    grain: query.grain === 'asked' ? (question.grain ?? 'week') : query.grain,
    ...(calendar !== 'gregorian' && { calendar }),
    by: query.by === 'asked' ? question.by : query.by,
    filters: question.filters,
    ...(question.clock === 'business' && hasBusinessClock(query.metric) && { clock: 'business' as const }),
  };
}

function queriedWindow({ window: which }: ChartQuery, question: Question, window: Window): Window {
  if (which === 'previous') return comparedWindow(window, question);
  if (which === 'asked') return window;
  const from = shift(window.to, -halfYearDays);
  return { ...window, from: from > window.from ? from : window.from };
}

function lengthInDays(window: Window): number {
  return Temporal.PlainDate.from(window.from).until(window.to).days;
}

function shift(localDate: string, days: number): string {
  return Temporal.PlainDate.from(localDate).add({ days }).toString();
}
