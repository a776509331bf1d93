import type { Json } from '../connector.js';
import { HttpError } from './errors.js';

/** What an answer must pass to be taken as a body: both the content type and the parser agree that it is JSON. */
export function readJson(body: Buffer, contentType: string | null, where: string): Json {
  if (!isJson(contentType)) {
    const page = /html/i.test(contentType ?? '') ? ' It is a web page: a log-in form or a proxy answers instead of the tool.' : '';
    throw new HttpError(
      'unreadable',
      `${where} answered with ${contentType ?? 'no content type'} where JSON was expected.${page} Check the address and the credentials.`,
    );
  }
  return parseJson(body.toString('utf8'));
}

export function isJson(contentType: string | null): boolean {
  return /^\s*(application|text)\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType ?? '');
}

const longNumber = /[:[,\s]-?\d{16,}/;

/** Whole numbers that a double cannot hold become their digits as text: ids must not be rounded. Throws `SyntaxError`. */
function parseJson(text: string): Json {
  if (!longNumber.test(text)) return JSON.parse(text) as Json;
  return JSON.parse(text, (_key, value: Json, context?: { source?: string }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '') ? (context?.source ?? value) : value,
  ) as Json;
}
