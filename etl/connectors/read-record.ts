import { z } from 'zod';
import { RejectedRecord, type RawRecord } from '../connector.js';

/** What a record tells, in the form that is known of its tool. Throws `RejectedRecord` where it has another one. */
export function readRecord<T>(tool: string, schema: z.ZodType<T>, { payload }: RawRecord): T {
  const read = schema.safeParse(payload);
  if (read.success) return read.data;
  throw new RejectedRecord('unexpected_shape', `${tool} tells it in a form that is not known: ${z.prettifyError(read.error)}`);
}
