import { z } from 'zod';
import { locales } from '#dashboards/i18n/messages.js';
import { ownerTold } from '../access/hand-over.js';
import { parseAddress } from '../mail/address.js';
import { Refusal } from '../refusal.js';
import { ReportSpecBody } from '../reports/report-spec.js';
import { isZone, Rhythm } from './rhythm.js';

export const address = z.string().transform((text, context) => {
  try {
    return parseAddress(text.trim()).address;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
    return z.NEVER;
  }
});

export const zone = z.string().refine(isZone, { error: ({ input }) => `"${String(input)}" is no time zone such as Europe/Berlin.` });

const RecipientBody = z.strictObject({
  name: z.string().trim().max(120).default(''),
  address,
  zone,
  locale: z.enum(locales),
});

/** What a person says of a schedule. */
export const ScheduleBodySchema = z.strictObject({
  name: z.string().trim().min(1, 'is empty; a schedule needs a name.').max(120),
  ...ownerTold,
  ownerAddress: address.nullable().default(null),
  rhythm: Rhythm,
  spec: ReportSpecBody,
  skipsUnchanged: z.boolean().default(false),
  recipients: z
    .array(RecipientBody)
    .min(1, 'is empty; say who gets it.')
    .max(200)
    .refine((all) => new Set(all.map((one) => one.address)).size === all.length, 'names an address twice.'),
});

export const DueBody = z.strictObject({ rhythm: Rhythm, zone });
export const TestBody = z.strictObject({ name: z.string().trim().max(120).default(''), address });
export const PauseBody = z.strictObject({ isPaused: z.boolean() });
