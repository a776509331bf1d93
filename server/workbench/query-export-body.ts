import { z } from 'zod';
import { viewFormats } from '../exports/formats.js';
import { RunBody } from './query-body.js';

export const format = z.enum(viewFormats, {
  error: (issue) => `${JSON.stringify(issue.input)} is not known; known: ${viewFormats.join(', ')}.`,
});

const { text: sql, parameters: values } = RunBody.shape;

/** A query as a file: its text, or one that is kept, with values by name. */
export const QueryExportBodySchema = z
  .strictObject({
    sql: sql.optional(),
    values,
    savedQuery: z.uuid().optional(),
    parameters: z.record(z.string().max(40), z.string().max(10_000).nullable()).default({}),
    format,
    raw: z.boolean().default(false),
  })
  .refine((body) => (body.sql === undefined) !== (body.savedQuery === undefined), 'Give sql or savedQuery, one of them.')
  .refine(
    ({ sql: own, values: bound }) => own !== undefined || bound.length === 0,
    'values are of sql; give parameters by name with savedQuery.',
  )
  .refine(
    ({ savedQuery, parameters }) => savedQuery !== undefined || Object.keys(parameters).length === 0,
    'parameters are of a savedQuery; give values in their order with sql.',
  );
