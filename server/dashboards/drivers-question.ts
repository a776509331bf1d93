import { z } from 'zod';
import { dimensions } from '#dashboards/metric-result.js';
import type { DriverDimension } from '../api.js';
import { reader, type Query, type Refuse } from './query-reader.js';
import { ofQuestion, readBy, readQuestion, type Question } from './question.js';

/** Which change is to be split, and by what. */
export interface DriversQuestion extends Omit<Question, 'by'> {
  /** Local dates, half-open. Null: the window that `compare` says. */
  against: { from: string; to: string } | null;
  by: DriverDimension | null;
  /** Which of several values. */
  value: string | null;
}

const ofDrivers = {
  against: z.string().describe('previous, year or two days, as 2026-01-01..2026-02-01, the second left out.'),
  value: z.string().describe('Which of several values.'),
};
const driversParameters = Object.keys(ofDrivers);

export const DriversQuery = readBy({ ...ofQuestion, ...ofDrivers, by: z.enum([...dimensions, 'pair']) }, readDriversQuestion);

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
