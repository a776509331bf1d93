import { z } from 'zod';
import { isDate } from '../metrics/calendar.js';

export type Query = Record<string, string | string[]>;

/** Tells what is wrong with a parameter. */
export type Refuse = (name: string, message: string) => void;

const notTexts = { error: (issue: { input?: unknown }) => `${shown(issue.input)} is not a text or a list of texts.` };
export const QueryString = z.record(z.string(), z.union([z.string(), z.array(z.string())], notTexts), notTexts);

export function refuser(context: { addIssue(issue: { code: 'custom'; path: string[]; message: string }): void }): Refuse {
  return (name, message) => context.addIssue({ code: 'custom', path: [name], message });
}

/** Reads parameters one by one; null: not said, or refused. */
export function reader(query: Query, refuse: Refuse) {
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
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
