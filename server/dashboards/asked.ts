import { Temporal } from 'temporal-polyfill';
import type { ChartQuery } from '#dashboards/dashboard.js';
import type { MetricRequest } from '../metrics/request.js';
import type { Question } from './question.js';
import { Refusal } from './refusal.js';

/** 26 weeks. */
const halfYearDays = 182;

/** Local dates, half-open, in a zone. */
export interface Window {
  from: string;
  to: string;
  zone: string;
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

/** The equally long window just before. */
export function previousWindow(window: Window): Window {
  return { from: shift(window.from, -lengthInDays(window)), to: window.from, zone: window.zone };
}

/** What one query of a chart asks the metrics, for a reader's question. */
export function metricRequest(query: ChartQuery, question: Question, window: Window): MetricRequest {
  return {
    metric: query.metric,
    ...queriedWindow(query, window),
    grain: query.grain === 'asked' ? (question.grain ?? 'week') : query.grain,
    by: query.by === 'asked' ? question.by : query.by,
    filters: question.filters,
  };
}

function queriedWindow({ window: which }: ChartQuery, window: Window): Window {
  if (which === 'previous') return previousWindow(window);
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
