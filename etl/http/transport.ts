import http from 'node:http';
import https from 'node:https';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { checkLiteral, guardedLookup, type AllowedHosts } from './address.js';
import { HttpError } from './errors.js';

const inflate = promisify(gunzip);

/** How long each part of an exchange may take, and how much may come. */
export interface Limits {
  connectMs: number;
  headersMs: number;
  /** A body that brings less than a kilobyte in this time has stalled. */
  bodyIdleMs: number;
  /** Of the body, unpacked. */
  bodyBytes: number;
}

export const defaultLimits: Limits = { connectMs: 10_000, headersMs: 30_000, bodyIdleMs: 30_000, bodyBytes: 64 * 1024 * 1024 };

export interface WireRequest {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: string | Uint8Array | null;
  signal: AbortSignal;
}

export interface WireAnswer {
  status: number;
  headers: Headers;
  body: Buffer;
}

/**
 * One exchange, without retries. Throws `HttpError` of kind `address` or `unreadable` where asking
 * again is of no use, any other error where it may help.
 */
export type Transport = (request: WireRequest) => Promise<WireAnswer>;

/** Exchanges over kept-open connections; every address is checked before it is connected to, and redirects are answers. */
export function createTransport(allowed: AllowedHosts, limits: Limits = defaultLimits): Transport & { close(): void } {
  const agents = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) };
  const send = async (request: WireRequest): Promise<WireAnswer> => {
    checkLiteral(request.url, allowed);
    const isSecure = request.url.protocol === 'https:';
    const options = {
      method: request.method,
      headers: {
        'accept-encoding': 'gzip',
        ...request.headers,
        ...(request.body === null ? {} : { 'content-length': Buffer.byteLength(request.body) }),
      },
      agent: isSecure ? agents['https:'] : agents['http:'],
      lookup: guardedLookup(request.url, allowed),
      signal: request.signal,
    };
    const outgoing = isSecure ? https.request(request.url, options) : http.request(request.url, options);
    const incoming = await answerHead(outgoing, request, limits);
    const packed = await readBody(incoming, outgoing, limits);
    return { status: incoming.statusCode ?? 0, headers: headersOf(incoming), body: await unpack(packed, incoming, limits) };
  };
  return Object.assign(send, {
    close: () => {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  });
}

function answerHead(outgoing: http.ClientRequest, request: WireRequest, limits: Limits): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const late = (what: string, ms: number) => () => outgoing.destroy(new Error(`${what} took longer than ${ms / 1000} s.`));
    let timer = setTimeout(late('Connecting', limits.connectMs), limits.connectMs);
    const connected = () => {
      clearTimeout(timer);
      timer = setTimeout(late('The answer', limits.headersMs), limits.headersMs);
    };
    outgoing.on('socket', (socket) => {
      if (socket.connecting) socket.once(request.url.protocol === 'https:' ? 'secureConnect' : 'connect', connected);
      else connected();
    });
    outgoing.on('response', (incoming) => {
      clearTimeout(timer);
      resolve(incoming);
    });
    outgoing.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    outgoing.end(request.body ?? undefined);
  });
}

const leastBytesPerIdle = 1024;

function readBody(incoming: http.IncomingMessage, outgoing: http.ClientRequest, limits: Limits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let sizeBefore = 0;
    const watch = setInterval(() => {
      if (size - sizeBefore < leastBytesPerIdle) outgoing.destroy(new Error(`The body stalled for ${limits.bodyIdleMs / 1000} s.`));
      sizeBefore = size;
    }, limits.bodyIdleMs);
    const settle = (finish: () => void) => {
      clearInterval(watch);
      finish();
    };
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limits.bodyBytes) {
        settle(() => reject(tooLarge(limits)));
        outgoing.destroy();
      } else chunks.push(chunk);
    });
    incoming.on('end', () =>
      settle(() => (incoming.complete ? resolve(Buffer.concat(chunks, size)) : reject(new Error('The body was cut off.')))),
    );
    incoming.on('error', (error) => settle(() => reject(error)));
    outgoing.on('error', (error) => settle(() => reject(error)));
    incoming.on('close', () => settle(() => reject(new Error('The body was cut off.'))));
  });
}

async function unpack(body: Buffer, incoming: http.IncomingMessage, limits: Limits): Promise<Buffer> {
  const encoding = incoming.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity' || body.length === 0) return body;
  if (encoding !== 'gzip') throw new HttpError('unreadable', `The answer is packed as "${encoding}", which was not asked for.`);
  try {
    return await inflate(body, { maxOutputLength: limits.bodyBytes });
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge(limits);
    throw new Error('The packed body is broken.', { cause });
  }
}

function tooLarge(limits: Limits): HttpError {
  return new HttpError('unreadable', `The answer is larger than ${Math.round(limits.bodyBytes / 1024 / 1024)} MB; ask for smaller pages.`);
}

function headersOf(incoming: http.IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) for (const value of values ?? []) headers.append(name, value);
  return headers;
}
