import { z } from 'zod';
import type { Clock, Compare } from '#dashboards/dashboard.js';
import { digitKinds, locales, type Conventions, type Locale } from '#dashboards/i18n/messages.js';
import { calendars, dimensions, type Dimension, type Grain } from '#dashboards/metric-result.js';
import type { PeriodWord } from '../api.js';
import { periodWords } from '../metrics/periods.js';
import { grains, neverRolledUp } from '../metrics/request.js';
import { describedBy } from '../openapi/described-by.js';
import { QueryString, reader, refuser, type Query, type Refuse } from './query-reader.js';

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

/** A board, a chart at a time. */
export interface ChartsQuestion extends Question {
  /** Ids of those asked for; none: all. */
  charts: string[];
}

const compares = ['previous', 'year', 'none'] as const satisfies Compare[];
const clocks = ['calendar', 'business'] as const satisfies Clock[];
const themes = ['light', 'dark'] as const;
const day = z.iso.date();

/** What the parameters may say, for whoever reads the description of the API. */
export const ofQuestion = {
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
const ownParameters = Object.keys(ofQuestion);
const questionParameters: readonly string[] = [...ownParameters, ...dimensions];

/** The answer to a parameter that nobody knows. */
export const knownParameters = `${ownParameters.join(', ')} and the names of dimensions`;

/** A query string that a function reads, beside what it may hold. */
export function readBy<T>(parameters: Record<string, z.ZodType>, read: (query: Query, refuse: Refuse) => T | null) {
  const schema = QueryString.transform((query, context) => read(query, refuser(context)) ?? z.NEVER);
  return describedBy(schema, z.object({ ...parameters, ...filters }).partial());
}

/** Query string of boards, headlines and metrics. Every message names the value and what would do. */
export const QuestionQuery = readBy(ofQuestion, (query, refuse) => readQuestion(query, [], refuse));

const chart = z
  .string()
  .describe('Id of a chart to be answered; those named come as soon as each is there. Not said: all, one after the other.');

/** The same as of a board, and which of its charts. */
export const ChartsQuery = readBy({ ...ofQuestion, chart: z.union([chart, z.array(chart)]) }, readChartsQuestion);

/** What a filter looks for among its names; not said: all. */
export const NamesQuery = z.strictObject({ search: z.string().max(200).default('') });

/** Null where something of it was refused. `alsoKnown`: parameters that others read. */
export function readQuestion(query: Query, alsoKnown: readonly string[], refuse: Refuse): Question | null {
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

function readChartsQuestion({ chart, ...query }: Query, refuse: Refuse): ChartsQuestion | null {
  const question = readQuestion(query, [], refuse);
  return question && { ...question, charts: [chart ?? []].flat() };
}
