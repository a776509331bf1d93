import type { Json } from '../connector.js';
import { reasonOf } from '../error-code.js';
import { HttpError } from './errors.js';
import { Exchanger, type ExchangeOptions } from './exchange.js';
import { readJson } from './read-json.js';
import type { WireAnswer } from './transport.js';

export interface Answer<T> {
  body: T;
  headers: Headers;
  /** The tool's own clock, ISO; null where it sends no Date. */
  at: string | null;
}

export interface Ask<T> {
  query?: Record<string, string | number | boolean | undefined>;
  headers?: Record<string, string>;
  /** What is read of the body; a zod schema, loose, of just the fields used. Where it does not fit the answer is `unreadable`. */
  schema?: { parse(value: unknown): T };
}

/** How a connector talks to its tool. Paths are under the base address; absolute addresses (paging) must be too. Throws `HttpError`. */
export interface Http {
  getJson<T = Json>(pathOrUrl: string, ask?: Ask<T>): Promise<Answer<T>>;
  /** For searches that a tool takes as a body: asked again after a failure like any other reading. */
  postJson<T = Json>(pathOrUrl: string, body: Json, ask?: Ask<T>): Promise<Answer<T>>;
}

/**
 * The one way to a tool. Limits and retries live here: at most half of an advertised quota, shared per host and credential;
 * `Retry-After` in every spelling; eight tries with jittered back-off; a wait of more than five minutes ends the run as
 * `rate-limited`. Secrets are taken out of every message.
 */
export function createHttp(options: ExchangeOptions): Http {
  const exchanger = new Exchanger(options);
  const json = async <T>(method: string, pathOrUrl: string, body: string | null, ask: Ask<T>): Promise<Answer<T>> => {
    const { value, answer, at } = await exchanger.ask({
      method,
      url: exchanger.resolve(pathOrUrl, ask.query),
      body,
      headers: { accept: 'application/json', ...(body === null ? {} : { 'content-type': 'application/json' }), ...ask.headers },
      read: (received, where) => bodyOf(received, where, ask.schema),
    });
    return { body: value, headers: answer.headers, at };
  };
  return {
    getJson: (pathOrUrl, ask = {}) => json('GET', pathOrUrl, null, ask),
    postJson: (pathOrUrl, body, ask = {}) => json('POST', pathOrUrl, JSON.stringify(body), ask),
  };
}

function bodyOf<T>(answer: WireAnswer, where: string, schema: Ask<T>['schema']): T {
  const body = answer.status === 204 ? null : readJson(answer.body, answer.headers.get('content-type'), where);
  if (!schema) return body as T;
  try {
    return schema.parse(body);
  } catch (cause) {
    const why = reasonOf(cause);
    throw new HttpError('unreadable', `${where} answered in a form that is not known: ${why.replace(/\s+/g, ' ').slice(0, 300)}`, {
      cause,
    });
  }
}
