import type { StateResponse } from '#server/api.js';
import type { Dimension } from '#dashboards/metric-result.js';

/**
 * The address holds everything the reader chose, in readable words and always in the same order, so that back, reload and a sent
 * link show the same page. What it does not know is told, not dropped.
 */
export interface Choice {
  period: Period;
  /** Local dates, half-open; only with the period `custom`. */
  from: string | null;
  to: string | null;
  grain: AskedGrain;
  by: Dimension | null;
  filters: Partial<Record<Dimension, string[]>>;
  unknown: string[];
}

/** What is read of an address; SvelteKit's cannot be written. */
export type ReadableQuery = Pick<URLSearchParams, 'get' | 'getAll' | 'keys' | 'toString'>;

export const periods = ['default', '4-weeks', '13-weeks', '26-weeks', '52-weeks', 'custom'] as const;
export type Period = (typeof periods)[number];

export const grains = ['day', 'week', 'month'] as const;
export type AskedGrain = (typeof grains)[number];

/** In the order of the address and of the page. */
export const filterDimensions = [
  'team',
  'type',
  'service',
  'channel',
  'customer',
  'priority',
  'connection',
  'language',
] as const satisfies Dimension[];

/** Other pages' own parameters, not part of the choice. */
const alsoKnown = ['lang', 'metric', 'mark-grain', 'mark-by', 'mark-type', 'bucket', 'segment', 'part', 'page'];

export function readChoice(query: ReadableQuery): Choice {
  const unknown: string[] = [];
  const oneOf = <T extends string>(name: string, known: readonly T[]): T | null => {
    const value = query.get(name);
    if (value === null) return null;
    const match = known.find((candidate) => candidate === value);
    if (match === undefined) unknown.push(`${name}=${value}`);
    return match ?? null;
  };
  const date = (name: string): string | null => {
    const value = query.get(name);
    if (value === null || isDate(value)) return value;
    unknown.push(`${name}=${value}`);
    return null;
  };
  const from = date('from');
  const to = date('to');
  const isCustom = from !== null && to !== null && from < to;
  if (!isCustom && from !== null) unknown.push(`from=${from}`);
  if (!isCustom && to !== null) unknown.push(`to=${to}`);
  const asked = oneOf('period', periods);
  const grain = oneOf('grain', grains) ?? 'week';
  const by = oneOf('by', filterDimensions);
  const filters: Choice['filters'] = {};
  for (const dimension of filterDimensions) {
    const values = [...new Set(query.getAll(dimension))];
    if (values.length > 0) filters[dimension] = values;
  }
  const known: string[] = ['period', 'from', 'to', 'grain', 'by', ...filterDimensions, ...alsoKnown];
  for (const name of new Set(query.keys())) if (!known.includes(name)) unknown.push(name);
  return {
    period: isCustom ? 'custom' : asked === 'custom' ? 'default' : (asked ?? 'default'),
    from: isCustom ? from : null,
    to: isCustom ? to : null,
    grain,
    by,
    filters,
    unknown,
  };
}

/** The choice as it stands in the address; defaults are left out. */
export function writeChoice(choice: Choice): URLSearchParams {
  const query = new URLSearchParams();
  if (choice.period === 'custom' && choice.from !== null && choice.to !== null) {
    query.set('from', choice.from);
    query.set('to', choice.to);
  } else if (choice.period !== 'default') query.set('period', choice.period);
  if (choice.grain !== 'week') query.set('grain', choice.grain);
  if (choice.by !== null) query.set('by', choice.by);
  writeFilters(choice, query);
  return query;
}

/** The choice as the API takes it: periods in words become dates, counted back from the end of the data. */
export function askedOf(choice: Choice, state: Pick<StateResponse, 'defaultWindow'>): URLSearchParams {
  const { from, to } = windowOf(choice, state);
  const query = new URLSearchParams({ from, to, grain: choice.grain });
  if (choice.by !== null) query.set('by', choice.by);
  writeFilters(choice, query);
  return query;
}

export function windowOf(choice: Choice, { defaultWindow }: Pick<StateResponse, 'defaultWindow'>): { from: string; to: string } {
  if (choice.period === 'custom' && choice.from !== null && choice.to !== null) return { from: choice.from, to: choice.to };
  const weeks = /^(\d+)-weeks$/.exec(choice.period)?.[1];
  return weeks ? { from: addDays(defaultWindow.to, -7 * Number(weeks)), to: defaultWindow.to } : defaultWindow;
}

export function addDays(localDate: string, days: number): string {
  const date = new Date(`${localDate}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The address of another page of the same list. */
export function pageQuery(query: ReadableQuery, page: number): URLSearchParams {
  const other = new URLSearchParams(query.toString());
  if (page === 1) other.delete('page');
  else other.set('page', String(page));
  return other;
}

/** A link that keeps what the reader chose. */
export function withQuery(path: string, query: URLSearchParams): string {
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

function writeFilters(choice: Choice, query: URLSearchParams): void {
  for (const dimension of filterDimensions) for (const value of choice.filters[dimension] ?? []) query.append(dimension, value);
}

function isDate(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`)) && addDays(value, 0) === value;
}
