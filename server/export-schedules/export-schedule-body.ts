import { z } from 'zod';
import { reasonOf } from '#etl/error-code.js';
import { parseBaseUrl } from '#etl/http/address.js';
import { locales } from '#dashboards/i18n/messages.js';
import { dimensions } from '#dashboards/metric-result.js';
import { ownerTold } from '../access/hand-over.js';
import { viewFormats } from '../exports/formats.js';
import { Rhythm } from '../schedules/rhythm.js';
import { address, zone } from '../schedules/schedule-body.js';

const filters = z.partialRecord(z.enum(dimensions), z.array(z.string().max(500)).min(1).max(200)).default({});

export const ExportSourceBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('view'), view: z.string().min(1).max(63) }),
  z.strictObject({
    kind: z.literal('query'),
    savedQuery: z.uuid(),
    parameters: z.record(z.string().max(63), z.string().max(10_000).nullable()).default({}),
  }),
  z.strictObject({ kind: z.literal('watch'), filters }),
]);

const endpoint = z
  .string()
  .max(500)
  .transform((text, context) => {
    try {
      return parseBaseUrl(text).href;
    } catch (error) {
      context.addIssue({ code: 'custom', message: reasonOf(error) });
      return z.NEVER;
    }
  });

const DestinationBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder') }),
  z.strictObject({
    kind: z.literal('mail'),
    recipients: z
      .array(address)
      .min(1, 'is empty; say who gets it.')
      .max(50)
      .refine((all) => new Set(all).size === all.length, 'names an address twice.'),
    locale: z.enum(locales),
  }),
  z.strictObject({
    kind: z.literal('bucket'),
    endpoint,
    region: z.string().regex(/^[a-z0-9-]{1,60}$/, 'is no region such as eu-central-1.'),
    bucket: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'is no name of a bucket: 3 to 63 small letters, digits, dots and hyphens.'),
    prefix: z
      .string()
      .regex(/^(?:[\w-][\w.-]*\/)*$/, 'is no folder such as exports/daily/: letters, digits, dots and hyphens, with a slash at its end.')
      .max(300)
      .default(''),
    accessKeyId: z.string().regex(/^[\w-]{1,128}$/, 'is no access key id.'),
  }),
]);

/** What a person says of it. */
export const ExportScheduleBodySchema = z.strictObject({
  name: z.string().trim().min(1, 'is empty; a schedule needs a name.').max(120),
  source: ExportSourceBody,
  format: z.enum(viewFormats),
  isRaw: z.boolean().default(false),
  destination: DestinationBody,
  rhythm: Rhythm,
  zone,
  ...ownerTold,
  ownerAddress: address.nullable().default(null),
  secretAccessKey: z.string().min(1).max(300).optional(),
});

export const PauseExportBody = z.strictObject({ isPaused: z.boolean() });
