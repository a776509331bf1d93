import { reasonOf } from '#etl/error-code.js';
import { isHttpError } from '#etl/http/errors.js';
import { retryAfterMs } from '#etl/http/retry-after.js';
import { createTransport, type Limits, type Transport } from '#etl/http/transport.js';

/** What became of one try. `later`: it may get through another time, not before `afterMs` where the receiver said so. */
export type Outcome = { kind: 'sent' } | { kind: 'refused'; error: string } | { kind: 'later'; error: string; afterMs: number | null };

/** A receiver that takes a message says so at once, and briefly. */
const limits: Limits = { connectMs: 10_000, headersMs: 10_000, bodyIdleMs: 5_000, bodyBytes: 256 * 1_024 };

/** To public addresses, and to those of a private network that are allowed; every address is checked before it is connected to. */
export function channelTransport(allowed: readonly string[], given: Partial<Limits> = {}): Transport & { close(): void } {
  return createTransport(allowed, { ...limits, ...given });
}

/** One try to hand over JSON. Redirects are refusals, as any 4xx but 408 and 429; the address appears in no message but for its host. */
export async function postOnce(
  send: Transport,
  request: { url: string; body: string; headers?: Record<string, string>; now: Date; signal: AbortSignal },
): Promise<Outcome> {
  const url = new URL(request.url);
  try {
    const { status, headers } = await send({
      url,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'throughline', ...request.headers },
      body: request.body,
      signal: request.signal,
    });
    if (status >= 200 && status < 300) return { kind: 'sent' };
    const error = `${url.host} answered ${status}`;
    if (status === 408 || status === 429 || status >= 500)
      return { kind: 'later', error, afterMs: retryAfterMs(headers, request.now.getTime()) };
    return { kind: 'refused', error: status < 400 ? `${error}, a redirect, which is not followed; give the address it leads to` : error };
  } catch (error) {
    request.signal.throwIfAborted();
    const told = reasonOf(error);
    if (isHttpError(error)) return { kind: 'refused', error: told };
    return { kind: 'later', error: `${url.host}: ${told}`, afterMs: null };
  }
}
