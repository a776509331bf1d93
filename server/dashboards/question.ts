import { z } from 'zod';
import type { Clock, Compare } from '#dashboards/dashboard.js';
import { digitKinds, locales, type Conventions, type Locale } from '#dashboards/i18n/messages.js';
import { calendars, dimensions, type Dimension, type Grain } from '#dashboards/metric-result.js';
import type { DriverDimension, PeriodWord } from '../api.js';
import { isDate } from '../metrics/calendar.js';
import { itemSorts, type ItemSort } from '../metrics/item-order.js';
import { periodWords } from '../metrics/periods.js';
import { grains, itemParts, neverRolledUp } from '../metrics/request.js';
import { describedBy } from '../openapi/described-by.js';
import { viewFormats, type ViewFormat } from '../exports/formats.js';
import { itemColumnNames, type ItemColumn } from './item-columns.js';

/** What a reader asks for in an address. Null: not said, so the default holds. */
export interface Question extends Conventions {
  /** Local dates, half-open. */
  from: string | null;
  to: string | null;
  /** In words, for what `from` and `to` leave open. */
  period?: PeriodWord;
  grain: Grain | null;
  by: Dimension | null;
  filters: Partial<Record<Dimension, string[]>>;
  /** What the window is compared with. Not said: the one before, in numbers alone; said, it is also drawn. */
  compare?: Compare;
  /** Not said: the calendar's, which never stops. */
  clock?: Clock;
  locale: Locale;
  theme: 'light' | 'dark';
  /** Told, not dropped. */
  unknownParameters: string[];
}

const compares = ['previous', 'year', 'none'] as const satisfies Compare[];
const clocks = ['calendar', 'business'] as const satisfies Clock[];

/** Which mark of a chart was opened, and which page of its items. */
export interface ItemsQuestion extends Question {
  bucket: string;
  /** Null: not said; with a break-down, those that have none. */
  segment: string | null;
  part: (typeof itemParts)[number] | null;
  sort: ItemSort | null;
  order: 'asc' | 'desc' | null;
  offset: number;
  limit: number;
}

/** A board, a chart at a time. */
export interface ChartsQuestion extends Question {
  /** Ids of those asked for; none: all. */
  charts: string[];
}

/** All items of a mark as a file. */
export interface DownloadQuestion extends ItemsQuestion {
  format: ViewFormat;
  columns: ItemColumn[];
  /** CSV cells as they are, also those a spreadsheet would run as formulas. */
  isRaw: boolean;
}

/** Which change is to be split, and by what. */
export interface DriversQuestion extends Omit<Question, 'by'> {
  /** Local dates, half-open. Null: the window that `compare` says. */
  against: { from: string; to: string } | null;
  by: DriverDimension | null;
  /** Which of several values. */
  value: string | null;
}

type Query = Record<string, string | string[]>;

const notTexts = { error: (issue: { input?: unknown }) => `${shown(issue.input)} is not a text or a list of texts.` };
const QueryString = z.record(z.string(), z.union([z.string(), z.array(z.string())], notTexts), notTexts);

const themes = ['light', 'dark'] as const;
const day = z.iso.date();

/** What the parameters may say, for whoever reads the description of the API. */
const own = {
  from: day.describe('First day, in the time zone of the company.'),
  to: day.describe('First day left out.'),
  period: z.enum(periodWords).describe('In words, for what from and to leave open.'),
  calendar: z.enum(calendars),
  grain: z.enum(grains),
  by: z.enum(dimensions).describe('Breaks down.'),
  compare: z.enum(compares),
  clock: z.enum(clocks),
  lang: z.enum(locales).default('en'),
  digits: z.enum(digitKinds),
  theme: z.enum(themes).default('light'),
};
const filter = z.union([z.string(), z.array(z.string())]).describe('Name of what is kept; may be given several times.');
const filters = Object.fromEntries(dimensions.map((dimension) => [dimension, filter]));
const ofItems = {
  bucket: z
    .union([z.literal('all'), day])
    .default('all')
    .describe('First day of a period.'),
  segment: z.string(),
  part: z.enum(itemParts),
  sort: z.enum(itemSorts),
  order: z.enum(['asc', 'desc']),
  offset: z.int().min(0).max(10_000_000).default(0),
  limit: z.int().min(1).max(200).default(50),
};
const ofDrivers = {
  against: z.string().describe('previous, year or two days, as 2026-01-01..2026-02-01, the second left out.'),
  value: z.string().describe('Which of several values.'),
};

const ownParameters = Object.keys(own);
const questionParameters: readonly string[] = [...ownParameters, ...dimensions];

/** The answer to a parameter that nobody knows. */
export const knownParameters = `${ownParameters.join(', ')} and the names of dimensions`;
const driversParameters = Object.keys(ofDrivers);
const itemsParameters = Object.keys(ofItems);

/** A query string that a function reads, beside what it may hold. */
function readBy<T>(parameters: Record<string, z.ZodType>, read: (query: Query, refuse: Refuse) => T | null) {
  const schema = QueryString.transform((query, context) => read(query, refuser(context)) ?? z.NEVER);
  return describedBy(schema, z.object({ ...parameters, ...filters }).partial());
}

/** Query string of boards, headlines and metrics. Every message names the value and what would do. */
export const QuestionQuery = readBy(own, (query, refuse) => readQuestion(query, [], refuse));

export const ItemsQuery = readBy({ ...own, ...ofItems }, readItemsQuestion);

const column = z.enum(itemColumnNames);
const raw = z.enum(['0', '1']).default('0').describe('1: CSV cells as they are, also those a spreadsheet would run as formulas.');

export const DownloadQuery = readBy(
  { ...own, ...ofItems, format: z.enum(viewFormats).default('csv'), column: z.union([column, z.array(column)]), raw },
  readDownloadQuestion,
);

const chart = z
  .string()
  .describe('Id of a chart to be answered; those named come as soon as each is there. Not said: all, one after the other.');

/** The same as of a board, and which of its charts. */
export const ChartsQuery = readBy({ ...own, chart: z.union([chart, z.array(chart)]) }, readChartsQuestion);

/** The same as of a board, and whether CSV cells stay as they are. */
export const ChartFileQuery = readBy({ ...own, raw }, readChartFileQuestion);

export const DriversQuery = readBy({ ...own, ...ofDrivers, by: z.enum([...dimensions, 'pair']) }, readDriversQuestion);

/** What a filter looks for among its names; not said: all. */
export const NamesQuery = z.strictObject({ search: z.string().max(200).default('') });

type Refuse = (name: string, message: string) => void;

function refuser(context: { addIssue(issue: { code: 'custom'; path: string[]; message: string }): void }): Refuse {
  return (name, message) => context.addIssue({ code: 'custom', path: [name], message });
}

function readQuestion(query: Query, alsoKnown: readonly string[], refuse: Refuse): Question | null {
  let isRefused = false;
  const no: Refuse = (name, message) => {
    isRefused = true;
    refuse(name, message);
  };
  const read = reader(query, no);
  const said = {
    period: read.choice('period', periodWords),
    calendar: read.choice('calendar', calendars),
    digits: read.choice('digits', digitKinds),
    compare: read.choice('compare', compares),
    clock: read.choice('clock', clocks),
  };
  const question: Question = {
    from: read.date('from'),
    to: read.date('to'),
    grain: read.choice('grain', grains, ` ${neverRolledUp}`),
    by: read.choice('by', dimensions),
    filters: Object.fromEntries(dimensions.filter((name) => query[name] !== undefined).map((name) => [name, [query[name] ?? []].flat()])),
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null)),
    locale: read.choice('lang', locales) ?? 'en',
    theme: read.choice('theme', themes) ?? 'light',
    unknownParameters: Object.keys(query).filter((name) => !questionParameters.includes(name) && !alsoKnown.includes(name)),
  };
  if (question.from && question.to && question.from >= question.to)
    no('to', `${question.to} is not after from=${question.from}; to is the first day left out.`);
  return isRefused ? null : question;
}

function readItemsQuestion(query: Query, refuse: Refuse): ItemsQuestion | null {
  const question = readQuestion(query, itemsParameters, refuse);
  let isRefused = question === null;
  const read = reader(query, (name, message) => {
    isRefused = true;
    refuse(name, message);
  });
  const bucket = read.text('bucket') ?? 'all';
  if (bucket !== 'all' && !isDate(bucket)) {
    isRefused = true;
    refuse('bucket', `${shown(bucket)} is not "all" or the first day of a period, such as 2026-03-02.`);
  }
  const items = {
    bucket,
    segment: read.text('segment'),
    part: read.choice('part', itemParts),
    sort: read.choice('sort', itemSorts),
    order: read.choice('order', ['asc', 'desc'] as const),
    offset: read.wholeNumber('offset', 0, 10_000_000) ?? 0,
    limit: read.wholeNumber('limit', 1, 200) ?? 50,
  };
  return isRefused || question === null ? null : { ...question, ...items };
}

function readChartsQuestion({ chart, ...query }: Query, refuse: Refuse): ChartsQuestion | null {
  const question = readQuestion(query, [], refuse);
  return question && { ...question, charts: [chart ?? []].flat() };
}

function readChartFileQuestion({ raw, ...query }: Query, refuse: Refuse): (Question & { isRaw: boolean }) | null {
  const question = readQuestion(query, [], refuse);
  const isRaw = readRaw(raw, refuse);
  return question === null || isRaw === null ? null : { ...question, isRaw };
}

/** Null where it is neither; that was told. */
function readRaw(raw: string | string[] | undefined, refuse: Refuse): boolean | null {
  if (raw === undefined || raw === '0') return false;
  if (raw === '1') return true;
  refuse('raw', `${shown(raw)} is not 1, for CSV cells as they are, also those a spreadsheet would run as formulas, or 0.`);
  return null;
}

function readDownloadQuestion({ format, column, raw, ...query }: Query, refuse: Refuse): DownloadQuestion | null {
  const question = readItemsQuestion(query, refuse);
  let isRefused = question === null;
  const read = reader({ ...(format !== undefined && { format }) }, (name, message) => {
    isRefused = true;
    refuse(name, message);
  });
  const columns = [column ?? itemColumnNames].flat();
  const unknown = columns.filter((name) => !itemColumnNames.some((known) => known === name));
  if (unknown.length > 0) {
    isRefused = true;
    refuse('column', `${unknown.map(shown).join(', ')} is not known; known: ${itemColumnNames.join(', ')}.`);
  }
  const isRaw = readRaw(raw, refuse);
  const asked = { format: read.choice('format', viewFormats) ?? 'csv', columns: itemColumnNames.filter((name) => columns.includes(name)) };
  return isRefused || question === null || isRaw === null ? null : { ...question, ...asked, isRaw };
}

function readDriversQuestion({ by, ...query }: Query, refuse: Refuse): DriversQuestion | null {
  const question = readQuestion(query, driversParameters, refuse);
  let isRefused = question === null;
  const read = reader({ ...query, ...(by !== undefined && { by }) }, (name, message) => {
    isRefused = true;
    refuse(name, message);
  });
  const against = read.window('against');
  const drivers = { by: read.choice('by', [...dimensions, 'pair'] as const), value: read.text('value') };
  if (isRefused || question === null) return null;
  return typeof against === 'string' ? { ...question, ...drivers, compare: against, against: null } : { ...question, ...drivers, against };
}

function reader(query: Query, refuse: Refuse) {
  function text(name: string): string | null {
    const value = query[name];
    if (value === undefined) return null;
    if (typeof value === 'string') return value;
    refuse(name, `given ${value.length} times (${shown(value)}); give it once.`);
    return null;
  }
  function checked<T>(name: string, what: string, parse: (value: string) => T | undefined): T | null {
    const value = text(name);
    if (value === null) return null;
    const parsed = parse(value);
    if (parsed === undefined) refuse(name, `${shown(value)} is not ${what}`);
    return parsed ?? null;
  }
  return {
    text,
    date: (name: string) => checked(name, 'a date such as 2026-03-01.', (value) => (isDate(value) ? value : undefined)),
    choice: <T extends string>(name: string, choices: readonly T[], remark = '') =>
      checked(name, `known; known: ${choices.join(', ')}.${remark}`, (value) => choices.find((choice) => choice === value)),
    window: (name: string) =>
      checked(name, '"previous", "year" or two dates, the second left out, such as 2026-01-01..2026-02-01.', readWindow),
    wholeNumber: (name: string, from: number, to: number) =>
      checked(name, `a whole number from ${from} to ${to}.`, (value) => {
        const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
        return number >= from && number <= to ? number : undefined;
      }),
  };
}

/** `previous`, `year`, or the window between two days, the second left out; undefined for anything else. */
export function readWindow(value: string): 'previous' | 'year' | { from: string; to: string } | undefined {
  if (value === 'previous' || value === 'year') return value;
  const [from = '', to = '', ...more] = value.split('..');
  return more.length === 0 && isDate(from) && isDate(to) && from < to ? { from, to } : undefined;
}

/** A value as a message shows it: quoted, and no longer than a reader wants. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
