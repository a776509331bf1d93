import { z } from 'zod';
import { needsTimes, tableShape } from '../../tables/mapping.js';

const { rows, ...others } = tableShape;

export const mappingSchema = z
  .strictObject({
    rows,
    file: z
      .strictObject({
        delimiter: z.string().length(1, 'a delimiter is one character; a tab is "\\t"').default(','),
        quote: z.string().length(1, 'a quote is one character').default('"'),
        encoding: z.enum(['utf-8', 'windows-1252', 'windows-1254', 'windows-1256', 'iso-8859-1', 'iso-8859-9']).default('utf-8'),
      })
      .prefault({}),
    ...others,
  })
  .superRefine(needsTimes);

export const configSchema = z.strictObject({ file: z.string().min(1), mapping: mappingSchema });
export type CsvConfig = z.infer<typeof configSchema>;
