import { Exchanger, type ExchangeOptions } from './exchange.js';
import { readJson } from './read-json.js';

/** Statuses that carry no body. */
const bodiless = [204, 205, 304];

/**
 * `fetch` for a client library that brings its own requests and pages: limits, retries, budget and checks of the address are
 * those of `createHttp`. What that throws (a refusal, a log-in page, a body that stays cut short) is thrown here too.
 */
export function createFetch(options: ExchangeOptions): typeof fetch {
  const exchanger = new Exchanger(options);
  return async (input, init) => {
    const request = new Request(input, init);
    const body = request.body === null ? null : await request.text();
    const { value } = await exchanger.ask({
      method: request.method,
      url: exchanger.resolve(request.url),
      body,
      headers: Object.fromEntries(request.headers),
      read: ({ status, headers, body: received }, where) => {
        if (!bodiless.includes(status)) readJson(received, headers.get('content-type'), where);
        const unpacked = new Headers(headers);
        for (const name of ['content-encoding', 'content-length']) unpacked.delete(name);
        return new Response(bodiless.includes(status) ? null : new Uint8Array(received), { status, headers: unpacked });
      },
    });
    return value;
  };
}
