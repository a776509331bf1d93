import { SourceError } from '../source-error.js';

/**
 * What went wrong between us and the tool. `needs-auth`: the credentials are refused; `forbidden`: they do not reach this;
 * `rate-limited`: the tool asks for a longer wait than a run sits out, see `retryAt`; `unavailable`: no answer after all
 * tries; `unreadable`: an answer that is not what was asked for; `refused`: any other 4xx; `address`: we do not ask there.
 */
export type HttpErrorKind =
  'needs-auth' | 'forbidden' | 'not-found' | 'rate-limited' | 'unavailable' | 'unreadable' | 'refused' | 'address';

/** A request that cannot be answered. Its message names address, status and remedy, and never a secret. */
export class HttpError extends SourceError {
  readonly kind: HttpErrorKind;
  readonly status: number | null;
  /** Not before this moment of our clock; only of `rate-limited`. */
  readonly retryAt: Date | null;

  constructor(kind: HttpErrorKind, message: string, more: { status?: number; retryAt?: Date; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'HttpError';
    this.kind = kind;
    this.status = more.status ?? null;
    this.retryAt = more.retryAt ?? null;
  }
}

/** Whether an error is one of these kinds; any `HttpError` where none is named. */
export function isHttpError(error: unknown, ...kinds: HttpErrorKind[]): error is HttpError {
  return error instanceof HttpError && (kinds.length === 0 || kinds.includes(error.kind));
}
