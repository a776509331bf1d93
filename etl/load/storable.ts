import { RejectedRecord } from '../connector.js';

const longestText = 1_000_000;
const earliest = '1900';
const latest = '2200';
const instantPattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(Z|[+-]\d\d(?::?\d\d)?)$/;
const unstorableEscape = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;

/** Text that PostgreSQL can keep as it is; throws `RejectedRecord` naming the field otherwise. */
export function storableText(value: string, field: string): string {
  if (value.length > longestText) {
    throw new RejectedRecord('too_long', `${field} has ${value.length} characters; the limit is ${longestText}.`);
  }
  if (value.includes('\0')) throw new RejectedRecord('nul_in_text', `${field} contains a NUL byte; remove it at the source.`);
  if (!value.isWellFormed())
    throw new RejectedRecord('broken_unicode', `${field} contains half of a surrogate pair; the text was cut at the source.`);
  return value;
}

/** The payload as JSON text, or `RejectedRecord`: PostgreSQL refuses NUL and lone surrogates there too. */
export function storableJson(payload: unknown): string {
  let text: string;
  try {
    text = JSON.stringify(payload);
  } catch (cause) {
    throw new RejectedRecord('not_json', `The record cannot be written as JSON: ${String(cause)}.`);
  }
  if (text.includes('\\u') && unstorableEscape.test(text)) {
    throw new RejectedRecord(
      'nul_or_broken_unicode',
      'The record contains a NUL byte or half of a surrogate pair; remove it at the source.',
    );
  }
  return text;
}

/** An ISO instant with an offset, on a day that exists, from 1900 to 2199. Returned as given. */
export function storableInstant(value: string, field: string): string {
  const match = instantPattern.exec(value);
  if (!match || !dayExists(Number(match[1]), Number(match[2]), Number(match[3])) || Number.isNaN(Date.parse(value))) {
    throw new RejectedRecord('not_an_instant', `${field} is "${value.slice(0, 60)}", not an ISO instant with an offset.`);
  }
  if (value < earliest || value >= latest) {
    throw new RejectedRecord(
      'date_out_of_range',
      `${field} is ${value}; years from ${earliest} to 2199 are read. If it stands for "none", list it as missing.`,
    );
  }
  return value;
}

/** Negative when `a` is earlier. Exact below the millisecond. */
export function compareInstants(a: string, b: string): number {
  return Date.parse(a) - Date.parse(b) || (subMillisecond(a) < subMillisecond(b) ? -1 : subMillisecond(a) > subMillisecond(b) ? 1 : 0);
}

function subMillisecond(instant: string): string {
  return /\.\d{3}(\d+)/.exec(instant)?.[1]?.padEnd(6, '0') ?? '000000';
}

function dayExists(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
