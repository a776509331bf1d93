import { createHmac, timingSafeEqual, type Hmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** How a tool signs its notices. The signature is over the bytes as they came; nothing is parsed. */
export interface Signing {
  /** What is signed before the body. */
  lead(headers: IncomingHttpHeaders): string;
  /** The signature the tool gave; null: none, or not in its form. */
  given(headers: IncomingHttpHeaders): Buffer | null;
  /** When it was signed, where that is signed too. */
  signedAt(headers: IncomingHttpHeaders): Date | null;
}

const header = (headers: IncomingHttpHeaders, name: string): string => {
  const value = headers[name];
  return typeof value === 'string' ? value.trim() : '';
};

/** `sha256=` and 64 hexadecimal digits. */
const hexSigning = (name: string): Signing => ({
  lead: () => '',
  given(headers) {
    const digits = /^sha256=([0-9a-f]{64})$/i.exec(header(headers, name))?.[1];
    return digits === undefined ? null : Buffer.from(digits, 'hex');
  },
  signedAt: () => null,
});

const zendesk: Signing = {
  lead: (headers) => header(headers, 'x-zendesk-webhook-signature-timestamp'),
  given(headers) {
    const given = header(headers, 'x-zendesk-webhook-signature');
    return /^[A-Za-z0-9+/]{43}=$/.test(given) ? Buffer.from(given, 'base64') : null;
  },
  signedAt(headers) {
    const at = new Date(header(headers, 'x-zendesk-webhook-signature-timestamp'));
    return Number.isNaN(at.getTime()) ? null : at;
  },
};

/**
 * By connector id.
 * https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
 * https://developer.atlassian.com/cloud/jira/platform/webhooks/#secure-admin-webhooks
 * https://developer.zendesk.com/documentation/webhooks/verifying/
 */
export const signings: ReadonlyMap<string, Signing> = new Map([
  ['github', hexSigning('x-hub-signature-256')],
  ['jira', hexSigning('x-hub-signature')],
  ['zendesk', zendesk],
]);

/** Signs what comes, so that a body of any size is judged without being kept. */
export function signingOf(secret: string, signing: Signing, headers: IncomingHttpHeaders): Hmac {
  return createHmac('sha256', secret).update(signing.lead(headers));
}

/** True where both are the same, in a time that does not tell where they differ. */
export function isSameSignature(made: Buffer, given: Buffer): boolean {
  return made.length === given.length && timingSafeEqual(made, given);
}
