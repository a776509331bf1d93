import { hash } from 'node:crypto';
import type { Context } from '../connector.js';
import { reasonOf } from '../error-code.js';
import { parseBaseUrl, resolveUnder } from './address.js';
import { Budget, type Pace } from './budget.js';
import { HttpError, isHttpError, type HttpErrorKind } from './errors.js';
import { publicNetwork, type Network } from './network.js';
import { advertisedQuota } from './quota.js';
import { Redactor } from './redact.js';
import { retryAfterMs } from './retry-after.js';
import type { WireAnswer } from './transport.js';

/** What proves who we are: header and query values. All of them are secrets. */
export interface Credentials {
  headers?: Record<string, string>;
  query?: Record<string, string>;
}

export interface ExchangeOptions {
  /** Where the tool answers, such as `https://tool.example.com/sub/`. No request leaves it. */
  baseUrl: string;
  context: Context;
  /** Asked before the first request, and once more where the tool says 401: a token may have been renewed. */
  credentials: () => Promise<Credentials>;
  /** Sent with every request: an API version, for example. */
  headers?: Record<string, string>;
  pace?: Partial<Pace>;
  /** Tells a limit that the tool does not spell as 429: a 400 or a 200 with an error in its body. */
  isThrottled?: (answer: WireAnswer) => boolean;
}

export interface Exchange<T> {
  method: string;
  url: URL;
  body: string | null;
  headers?: Record<string, string>;
  /** Reads the answer; a `SyntaxError` is a body cut short and is asked for again. `where`: the request as it may be shown. */
  read(answer: WireAnswer, where: string): T;
}

/** An answer that could be read, with the tool's own clock, ISO. */
export interface Answered<T> {
  value: T;
  answer: WireAnswer;
  at: string | null;
}

const mostTries = 8;
const firstBackoffMs = 500;
const longestBackoffMs = 30_000;
/** A longer wait ends the run: it goes on from its checkpoint later, instead of holding the connection. */
const longestWaitMs = 300_000;
const mostRedirects = 3;
const defaultPace: Pace = { concurrency: 4 };

/** Asks one tool: waits for its limits, tries again what may pass, and tells apart what does not. */
export class Exchanger {
  readonly base: URL;
  readonly redactor = new Redactor();
  private readonly network: Network;
  private credentials: Promise<Credentials> | null = null;

  constructor(private readonly options: ExchangeOptions) {
    this.base = parseBaseUrl(options.baseUrl);
    this.network = options.context.network ?? publicNetwork;
  }

  async ask<T>(exchange: Exchange<T>): Promise<Answered<T>> {
    let hasRenewed = false;
    let redirects = 0;
    let { url } = exchange;
    for (let attempt = 1; ; attempt += 1) {
      const credentials = await this.currentCredentials();
      const where = this.shown(exchange.method, url);
      const outcome = await this.attempt({ ...exchange, url }, credentials, attempt, where);
      if ('error' in outcome) {
        await this.backOff(attempt, `${where}: ${this.redactor.redact(reasonOf(outcome.error))}`, { cause: outcome.error });
        continue;
      }
      const { answer } = outcome;
      const sourceNow = clockOf(answer) ?? this.options.context.now().getTime();
      const { status } = answer;
      if (status >= 300 && status < 400) {
        redirects += 1;
        url = this.redirected(url, answer, where, redirects, exchange.method);
        attempt -= 1;
      } else if (this.isThrottled(answer)) {
        this.budgetOf(credentials).pause(this.network.clock() + (retryAfterMs(answer.headers, sourceNow) ?? this.jittered(attempt)));
        if (attempt >= mostTries) throw this.failure('unavailable', where, answer, 'it limits every try');
      } else if (status === 401 && !hasRenewed) {
        hasRenewed = true;
        this.credentials = null;
      } else if (status >= 500 || status === 408 || status === 425) {
        const wait = retryAfterMs(answer.headers, sourceNow);
        if (wait !== null) this.budgetOf(credentials).pause(this.network.clock() + wait);
        await this.backOff(attempt, this.failure('unavailable', where, answer).message, { status }, wait !== null);
      } else if (status >= 400) {
        throw this.failure(kindOf(status), where, answer);
      } else {
        try {
          return { value: exchange.read(answer, where), answer, at: isoClock(answer) };
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
          await this.backOff(attempt, `${where} answered with JSON that is cut short or broken`, { cause: error }, false, 'unreadable');
        }
      }
    }
  }

  resolve(pathOrUrl: string, query: Record<string, string | number | boolean | undefined> = {}): URL {
    const url = resolveUnder(this.base, pathOrUrl);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
    return url;
  }

  private async attempt(
    exchange: Exchange<unknown>,
    credentials: Credentials,
    attempt: number,
    where: string,
  ): Promise<{ answer: WireAnswer } | { error: unknown }> {
    const { context } = this.options;
    const budget = this.budgetOf(credentials);
    const { method, body } = exchange;
    const url = new URL(exchange.url);
    for (const [name, value] of Object.entries(credentials.query ?? {})) url.searchParams.set(name, value);
    await budget.enter();
    const line = { method, url: this.redactor.redact(exchange.url.href), attempt };
    let startedAt = this.network.clock();
    try {
      await this.wait(budget, where);
      startedAt = this.network.clock();
      const headers = { 'user-agent': 'throughline', ...this.options.headers, ...exchange.headers, ...credentials.headers };
      const answer = await this.network.send({ url, method, headers, body, signal: context.signal });
      this.network.log({ ...line, status: answer.status, ms: this.network.clock() - startedAt });
      const quota = advertisedQuota(answer.headers, clockOf(answer) ?? context.now().getTime());
      if (quota) budget.learn(quota, this.network.clock());
      return { answer };
    } catch (error) {
      context.signal.throwIfAborted();
      if (isHttpError(error, 'rate-limited')) throw error;
      const failure = this.redactor.redact(reasonOf(error));
      this.network.log({ ...line, status: null, ms: this.network.clock() - startedAt, failure });
      if (isHttpError(error)) throw new HttpError(error.kind, `${where}: ${failure}`, { cause: error });
      return { error };
    } finally {
      budget.leave();
    }
  }

  private async wait(budget: Budget, where: string): Promise<void> {
    const { context } = this.options;
    for (;;) {
      context.signal.throwIfAborted();
      const ms = budget.claim(this.network.clock());
      if (ms <= 0) return;
      if (ms > longestWaitMs) {
        const retryAt = new Date(context.now().getTime() + ms);
        const message = `${where}: the tool's limit is reached; it may be asked again in ${Math.ceil(ms / 60_000)} minutes. The next sync goes on from here.`;
        throw new HttpError('rate-limited', message, { retryAt });
      }
      await this.network.sleep(ms, context.signal);
    }
  }

  private async backOff(
    attempt: number,
    message: string,
    more: { cause?: unknown; status?: number },
    hasPause = false,
    kind: HttpErrorKind = 'unavailable',
  ): Promise<void> {
    if (attempt >= mostTries) throw new HttpError(kind, `${message}, ${mostTries} times; try again later.`, more);
    if (!hasPause) await this.network.sleep(this.jittered(attempt), this.options.context.signal);
  }

  private jittered(attempt: number): number {
    return this.network.random() * Math.min(longestBackoffMs, firstBackoffMs * 2 ** attempt);
  }

  private isThrottled(answer: WireAnswer): boolean {
    const { status, headers } = answer;
    if (status === 429) return true;
    if (status === 403 && (headers.has('retry-after') || Number(headers.get('x-ratelimit-remaining') ?? 1) === 0)) return true;
    return this.options.isThrottled?.(answer) ?? false;
  }

  private redirected(from: URL, answer: WireAnswer, where: string, redirects: number, method: string): URL {
    const target = answer.headers.get('location');
    if (target === null || redirects > mostRedirects || method !== 'GET') {
      throw this.failure('refused', where, answer, `it redirects${target === null ? ' nowhere' : ` to ${this.redactor.redact(target)}`}`);
    }
    return resolveUnder(this.base, new URL(target, from).href);
  }

  private currentCredentials(): Promise<Credentials> {
    this.credentials ??= this.options.credentials().then((credentials) => {
      for (const value of [...Object.values(credentials.headers ?? {}), ...Object.values(credentials.query ?? {})])
        this.redactor.learn(value);
      return credentials;
    });
    return this.credentials;
  }

  private budgetOf(credentials: Credentials): Budget {
    const key = hash('sha256', JSON.stringify([this.base.origin, credentials]));
    const known = this.network.budgets.get(key);
    if (known) return known;
    const budget = new Budget({ ...defaultPace, ...this.options.pace });
    this.network.budgets.set(key, budget);
    return budget;
  }

  private failure(kind: HttpErrorKind, where: string, answer: WireAnswer, why?: string): HttpError {
    const { status } = answer;
    const said = this.redactor.redact(excerpt(answer));
    const remedy = remedies[kind];
    return new HttpError(kind, `${where} answered ${status}${why ? `: ${why}` : ''}${said}${remedy ? `. ${remedy}` : ''}`, { status });
  }

  private shown(method: string, url: URL): string {
    return `${method} ${this.redactor.redact(url.href)}`;
  }
}

const remedies: Partial<Record<HttpErrorKind, string>> = {
  'needs-auth': 'The credentials are not accepted: give new ones.',
  forbidden: 'The credentials do not reach this: widen their rights.',
};

function kindOf(status: number): HttpErrorKind {
  if (status === 401) return 'needs-auth';
  if (status === 403) return 'forbidden';
  return status === 404 || status === 410 ? 'not-found' : 'refused';
}

const excerptLength = 200;

/** The beginning of what the tool says of a failure, where it is text. */
function excerpt({ headers, body }: WireAnswer): string {
  if (!/json|text\/plain/.test(headers.get('content-type') ?? '')) return '';
  const text = body
    .toString('utf8', 0, excerptLength * 4)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, excerptLength);
  return text === '' ? '' : `: ${text}`;
}

function clockOf({ headers }: WireAnswer): number | null {
  const at = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(at) ? null : at;
}

function isoClock(answer: WireAnswer): string | null {
  const at = clockOf(answer);
  return at === null ? null : new Date(at).toISOString();
}
