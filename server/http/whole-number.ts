import { z } from 'zod';
import { describedBy } from '../openapi/described-by.js';

/**
 * A whole number of a query string, written in digits and nothing else: neither `` nor `0x10` nor ` 5` nor `1e3`. Both ends belong to it.
 */
export function wholeNumber(from: number, to: number) {
  const error = ({ input }: { input?: unknown }) => `${JSON.stringify(input)} is not a whole number from ${from} to ${to}.`;
  const read = z
    .string({ error })
    .regex(/^\d{1,15}$/, { error })
    .refine((digits) => Number(digits) >= from && Number(digits) <= to, { error, abort: true })
    .transform(Number);
  return describedBy(read, z.int().min(from).max(to));
}
