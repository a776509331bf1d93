import { z } from 'zod';
import { RejectedRecord } from '../connector.js';
import { zoneProblem } from '../files/local-time.js';
import { timeReader } from '../files/time-format.js';

/** For tools whose due dates are dates: they end in this zone at this time of day. */
export const dueShape = {
  zone: z
    .string()
    .superRefine((zone, context) => {
      const message = zoneProblem(zone);
      if (message !== null) context.addIssue({ code: 'custom', message });
    })
    .default('UTC'),
  endOfDay: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is written HH:mm, for example "17:00"')
    .default('17:00'),
};

interface DueRule {
  zone: string;
  endOfDay: string;
}

const readers = new Map<string, ReturnType<typeof timeReader>>();

/** The instant of a date, or of a date with a time and zone. Throws `RejectedRecord` for anything else. */
export function dueInstant({ zone, endOfDay }: DueRule, value: string): string {
  const key = `${zone} ${endOfDay}`;
  const reader = readers.get(key) ?? timeReader({ format: 'iso', zone, dateOnlyAt: endOfDay });
  readers.set(key, reader);
  const read = reader(value);
  if (!read) throw new RejectedRecord('unreadable_date', `The due date is "${value}"; a date as in 2026-03-29 was expected.`);
  return read.at;
}
