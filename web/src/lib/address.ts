import type { Clock, Compare } from '#dashboards/dashboard.js';
import type { Calendar, Dimension } from '#dashboards/metric-result.js';
import type { PeriodWord, StateResponse } from '#server/api.js';
import { readTables, writeTables, type TableChoice } from './tables/address.js';

/**
 * The address holds everything the reader chose, in readable words and always in the same order, so that back, reload and a sent
 * link show the same page. What it does not know is told, not dropped.
 */
export interface Choice {
  period: Period;
  /** Local dates, half-open; only with the period `custom`. */
  from: string | null;
  to: string | null;
  /** Null: that of the reader's language. */
  calendar: Calendar | null;
  grain: AskedGrain;
  by: Dimension | null;
  /** Null: with the period before, in numbers alone. */
  compare: Compare | null;
  clock: Clock;
  filters: Partial<Record<Dimension, string[]>>;
  /** Of the board one is on; links to other pages leave them out. */
  tables: readonly TableChoice[];
  unknown: string[];
}

/** What the server told, and how this reader reads it. */
export interface Reader extends Pick<StateResponse, 'periods'> {
  /** Of the language, or of the address where it names one. */
  calendar: Calendar;
  digits: 'own' | 'latn';
}

/** What is read of an address; SvelteKit's cannot be written. */
export type ReadableQuery = Pick<URLSearchParams, 'get' | 'getAll' | 'keys' | 'toString'>;

export const periodWords = [
  'default',
  'this-week',
  'last-week',
  'this-month',
  'last-month',
  'this-quarter',
  'last-quarter',
  'this-year',
  'last-year',
  '7-days',
  '30-days',
  '90-days',
  '365-days',
  '4-weeks',
  '13-weeks',
  '26-weeks',
  '52-weeks',
] as const satisfies PeriodWord[];
export const periods = [...periodWords, 'custom'] as const;
export type Period = (typeof periods)[number];

export const grains = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type AskedGrain = (typeof grains)[number];

export const calendars = ['gregorian', 'jalali'] as const satisfies Calendar[];
export const compares = ['previous', 'year', 'none'] as const satisfies Compare[];
const clocks = ['calendar', 'business'] as const satisfies Clock[];

/** In the order of the address and of the page. */
export const filterDimensions = [
  'team',
  'type',
  'service',
  'channel',
  'customer',
  'group',
  'priority',
  'connection',
  'language',
] as const satisfies Dimension[];

/** Other pages' own parameters, not part of the choice. */
const alsoKnown = [
  'lang',
  'metric',
  'mark-grain',
  'mark-by',
  'mark-type',
  'bucket',
  'segment',
  'part',
  'page',
  'why',
  'why-by',
  'reason',
  'sort',
  'order',
  'handled',
  'view',
  'new',
  'value',
  'every',
];

const ownParameters = ['period', 'from', 'to', 'calendar', 'grain', 'by', 'compare', 'clock', 'table', 'table-sort', 'table-without'];

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
  const calendar = oneOf('calendar', calendars);
  const grain = oneOf('grain', grains) ?? 'week';
  const by = oneOf('by', filterDimensions);
  const compare = oneOf('compare', compares);
  const clock = oneOf('clock', clocks) ?? 'calendar';
  const filters: Choice['filters'] = {};
  for (const dimension of filterDimensions) {
    const values = [...new Set(query.getAll(dimension))];
    if (values.length > 0) filters[dimension] = values;
  }
  const tables = readTables(query, unknown);
  const known: string[] = [...ownParameters, ...filterDimensions, ...alsoKnown];
  for (const name of new Set(query.keys())) if (!known.includes(name)) unknown.push(name);
  return {
    period: isCustom ? 'custom' : asked === 'custom' ? 'default' : (asked ?? 'default'),
    from: isCustom ? from : null,
    to: isCustom ? to : null,
    calendar,
    grain,
    by,
    compare,
    clock,
    filters,
    tables,
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
  if (choice.calendar !== null) query.set('calendar', choice.calendar);
  if (choice.grain !== 'week') query.set('grain', choice.grain);
  if (choice.by !== null) query.set('by', choice.by);
  writeReading(choice, query);
  writeFilters(choice, query);
  writeTables(choice.tables, query);
  return query;
}

/** The choice as it goes along to another page. */
export function choiceElsewhere(choice: Choice): URLSearchParams {
  return writeChoice({ ...choice, tables: [] });
}

/** The choice as the API takes it: periods in words become dates, counted back from the end of the data. */
export function askedOf(choice: Choice, reader: Reader): URLSearchParams {
  const { from, to } = windowOf(choice, reader);
  const query = new URLSearchParams({ from, to });
  const calendar = choice.calendar ?? reader.calendar;
  if (calendar !== 'gregorian' || choice.calendar !== null) query.set('calendar', calendar);
  query.set('grain', choice.grain);
  if (choice.by !== null) query.set('by', choice.by);
  writeReading(choice, query);
  if (reader.digits !== 'own') query.set('digits', reader.digits);
  writeFilters(choice, query);
  return query;
}

export function windowOf(choice: Choice, reader: Pick<Reader, 'periods' | 'calendar'>): { from: string; to: string } {
  if (choice.period === 'custom' && choice.from !== null && choice.to !== null) return { from: choice.from, to: choice.to };
  return reader.periods[choice.calendar ?? reader.calendar][choice.period === 'custom' ? 'default' : choice.period];
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

/** The same address with other filters. */
export function withFilters(query: ReadableQuery, filters: Choice['filters']): URLSearchParams {
  const other = new URLSearchParams(query.toString());
  for (const dimension of filterDimensions) {
    other.delete(dimension);
    for (const name of filters[dimension] ?? []) other.append(dimension, name);
  }
  return other;
}

/** A link that keeps what the reader chose. */
export function withQuery(path: string, query: URLSearchParams): string {
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

function writeReading({ compare, clock }: Choice, query: URLSearchParams): void {
  if (compare !== null) query.set('compare', compare);
  if (clock !== 'calendar') query.set('clock', clock);
}

function writeFilters(choice: Choice, query: URLSearchParams): void {
  for (const dimension of filterDimensions) for (const value of choice.filters[dimension] ?? []) query.append(dimension, value);
}

function isDate(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`)) && addDays(value, 0) === value;
}
