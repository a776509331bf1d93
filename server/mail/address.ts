import { Refusal } from '../refusal.js';
import type { MailAddress } from './message.js';

/** RFC 5321 §4.5.3.1. */
const longestLocalPart = 64;
const longestAddress = 254;

const atom = String.raw`[A-Za-z0-9!#$%&'*+/=?^_\`{|}~-]+`;
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const addrSpec = new RegExp(String.raw`^(${atom}(?:\.${atom})*)@(${label}(?:\.${label})+|localhost)$`);

/**
 * An address somebody typed, as the plain ASCII addr-spec it must be; the domain in small letters. Nothing is cut away, decoded
 * or guessed: quotes, comments, groups, lists, encoded words, line ends and other scripts are refused. Throws a `Refusal`.
 */
export function parseAddress(text: string, name = ''): MailAddress {
  const [, local = '', domain = ''] = addrSpec.exec(text) ?? [];
  if (local === '' || local.includes('=?') || local.length > longestLocalPart || text.length > longestAddress) {
    throw new Refusal(`${JSON.stringify(text.slice(0, 120))} is no address; write it plainly, as in name@company.com.`);
  }
  return { name: onOneLine(name), address: `${local}@${domain.toLowerCase()}` };
}

/** Text for a header: what would end a line, or is no character to see, becomes a space. */
export function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

export function domainOf({ address }: MailAddress): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** Throws a `Refusal` where only some domains may be written to and this is none of them; an empty list allows all. */
export function allowedAddress(to: MailAddress, domains: readonly string[]): MailAddress {
  if (domains.length === 0 || domains.includes(domainOf(to))) return to;
  throw new Refusal(
    `${to.address} is not written to: THROUGHLINE_MAIL_DOMAINS allows ${domains.join(', ')}. Add ${domainOf(to)} there or take another address.`,
  );
}
