import { z } from 'zod';
import { reasonOf } from '#etl/error-code.js';
import { parseBaseUrl } from '#etl/http/address.js';
import { parseAddress } from '../mail/address.js';

const text = (most: number) => z.string().trim().min(1, 'is empty.').max(most, `is longer than ${most} characters.`);
const common = { name: text(120), addedBy: text(120) };

/** A web address as messages go there: http or https, no credentials in it. */
const webAddress = z
  .string()
  .max(2_000)
  .transform((address, context) => checked(() => parseBaseUrl(address) && new URL(address).href, context));

/** What a person gives to make a channel. The web address and `secret` are sealed. */
export const NewChannel = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('mail'),
    address: z.string().transform((address, context) => checked(() => parseAddress(address).address, context)),
  }),
  z.strictObject({ ...common, kind: z.literal('slack'), url: webAddress }),
  z.strictObject({
    ...common,
    kind: z.literal('webhook'),
    url: webAddress,
    secret: z.string().min(16, 'is shorter than 16 characters; take a random one, such as "openssl rand -hex 32" prints.').max(500),
  }),
]);

export type NewChannel = z.infer<typeof NewChannel>;

function checked(read: () => string, context: z.RefinementCtx<string>): string {
  try {
    return read();
  } catch (error) {
    context.addIssue({ code: 'custom', message: reasonOf(error) });
    return z.NEVER;
  }
}
