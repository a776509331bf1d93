import type { Answer } from '../dashboard.js';
import type { Formatter } from '../format.js';

/** A day and its month name one period of a year. */
const longestWithoutYears = 366;

/** Names days and weeks with their year where what is drawn, or compared with, is longer than one. */
export function datedFormatter(format: Formatter, answers: readonly Answer[]): Formatter {
  const days = answers.flatMap(({ result: { from, to } }) => [from, to]).map((day) => Date.parse(`${day}T00:00:00Z`) / 86_400_000);
  if (Math.max(...days) - Math.min(...days) <= longestWithoutYears) return format;
  return {
    ...format,
    bucket: (localDate, grain) => (grain === 'day' || grain === 'week' ? format.date(localDate) : format.bucket(localDate, grain)),
  };
}
