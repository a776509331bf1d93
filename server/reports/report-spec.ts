import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Board } from '#dashboards/dashboard.js';
import { digitKinds, locales } from '#dashboards/i18n/messages.js';
import { calendars, dimensions } from '#dashboards/metric-result.js';
import type { ReportSpec } from '../api.js';
import type { Question } from '../dashboards/question.js';
import { isDate } from '../metrics/calendar.js';
import { periodWords } from '../metrics/periods.js';
import { Refusal } from '../refusal.js';

const day = z.string().refine(isDate, 'is not a date such as 2026-03-01.');
const Days = z
  .strictObject({ from: day, to: day })
  .refine(({ from, to }) => from < to, 'The window is empty: "to" is the first day left out and must be after "from".');

/** A `ReportSpec` as it is asked for. What is left out has its default. */
export const ReportSpecBody = z.strictObject({
  boards: z.array(z.string().min(1).max(120)).max(50).default([]),
  filters: z.partialRecord(z.enum(dimensions), z.array(z.string().max(500)).min(1).max(200)).default({}),
  locale: z.enum(locales).default('en'),
  digits: z.enum(digitKinds).optional(),
  calendar: z.enum(calendars).optional(),
  paper: z.enum(['a4', 'letter']).default('a4'),
  period: z.union([z.enum(periodWords), Days]).default('default'),
  compare: z.enum(['previous', 'year']).optional(),
}) satisfies z.ZodType<ReportSpec>;

/** What the boards are asked for such a summary. Always light: it is for paper. */
export function questionOf({ filters, locale, digits, calendar, period, compare }: ReportSpec): Question {
  const days = typeof period === 'string' ? { from: null, to: null, period } : period;
  return {
    ...days,
    grain: null,
    by: null,
    filters,
    locale,
    ...(digits && { digits }),
    ...(calendar && { calendar }),
    ...(compare && { compare }),
    theme: 'light',
    unknownParameters: [],
  };
}

/** The boards of a summary in the order asked for. Throws a `Refusal` for one nobody knows. */
export function boardsOf(spec: ReportSpec, known: readonly Board[]): Board[] {
  return spec.boards.map((id) => {
    const board = known.find((one) => one.id === id);
    if (!board) throw new Refusal(`There is no board "${id}"; known: ${known.map((one) => one.id).join(', ')}.`);
    return board;
  });
}

/** The same for specs that ask for the same, however their fields are ordered. */
export function specKey(spec: ReportSpec): string {
  return fingerprint(sorted(spec));
}

/** SHA-256 of a value's JSON, in hex. */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, held]) => [key, sorted(held)]));
}
