import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { askedHosts } from './asked-hosts.js';
import { keyOfHeader } from './bearer.js';

/** Names of this machine. Any other name that leads here was made to, by someone who wants a browser to read for them. */
const ownNames = ['localhost', '127.0.0.1', '[::1]'];

const dataPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Routes as the router knows them: it decodes a path before it looks for one, and takes it out of a whole address, so that what is written
 * in a request does not tell which route answers.
 */
const pageRoutes = ['/', '/*'];
const unsubscribeRoute = '/unsubscribe/:token';
const pushRoute = '/api/ingest/:connection';

/** What tools, scripts and mail programs send: each request bears its own token or signature, which no browser adds for another site. */
const feedRoutes = [pushRoute, '/api/webhooks/:connection', unsubscribeRoute];

/** Settings and notices are small; a body that drips keeps its connection for no longer. Pushes watch over themselves. */
const bodyWithinMs = 60_000;

/** Guards that hold for every route, before it: who may ask, and what a browser may do with the answer. */
export function guardEveryRequest(server: FastifyInstance, pagePolicy: string, { publicUrl }: { publicUrl: string }): void {
  const known = { hosts: [...ownNames, hostName(new URL(publicUrl).host)], publicUrl };
  server.addHook('onRequest', async (request, reply) => {
    const route = request.routeOptions.url ?? '';
    reply.headers({
      'content-security-policy': [...pageRoutes, unsubscribeRoute].includes(route) ? pagePolicy : dataPolicy,
      // Of all but the files of the page, which say so themselves.
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    if (publicUrl.startsWith('https:')) reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
    if (hasBody(request) && route !== pushRoute) endLate(request);
    const refusal = refusalOf(request, known);
    if (refusal) await refuse(reply, refusal);
  });
}

/** Closes the connection of a body that has not come in time. */
function endLate({ raw }: FastifyRequest): void {
  const timer = setTimeout(() => {
    if (!raw.complete) raw.destroy();
  }, bodyWithinMs);
  raw.once('close', () => clearTimeout(timer));
}

/**
 * What the page may do. Its one inline script is SvelteKit's start, allowed by its hash. Charts set `style` attributes on SVG;
 * style elements stay forbidden.
 */
export function pagePolicy(indexHtml: string): string {
  const hashes = [...indexHtml.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
  return [
    `default-src 'none'`,
    ['script-src', `'self'`, ...hashes].join(' '),
    `style-src 'self'`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `manifest-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

interface Refused {
  statusCode: number;
  message: string;
}

/** The one proxy in front, which ends TLS, says whom it asks for; what stands in the header before that, anybody may have written. */
export function trustProxy({ publicUrl }: { publicUrl: string }): (address: string, hop: number) => boolean {
  const hops = publicUrl.startsWith('https:') ? 1 : 0;
  return (_address, hop) => hop < hops;
}

/** What this server is reached by. */
interface Known {
  hosts: readonly string[];
  publicUrl: string;
}

function refusalOf(request: FastifyRequest, { hosts, publicUrl }: Known): Refused | null {
  const asked = askedHosts(request.raw).map(hostName);
  const host = asked.find((name) => !hosts.includes(name)) ?? (asked.length === 0 ? '' : null);
  if (host !== null) {
    return {
      statusCode: 421,
      message: `Host "${host}" is not served, only ${[...new Set(hosts)].join(', ')}. Set THROUGHLINE_PUBLIC_URL to the address people use.`,
    };
  }
  if (safeMethods.includes(request.method) || isFeed(request)) return null;
  if (!isSameOrigin(request, publicUrl) && !bearsToken(request))
    return { statusCode: 403, message: 'A change is accepted from this page only, not from another site.' };
  if (hasBody(request) && !/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    return { statusCode: 415, message: 'A change must come with "Content-Type: application/json".' };
  }
  return null;
}

/** A form of another site can send a body of other types without asking first; nothing but JSON is read here. */
function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function isSameOrigin(request: FastifyRequest, publicUrl: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { host, origin } = request.headers;
  return origin !== undefined && (origin === `http://${host}` || origin === publicUrl);
}

/** Of a `Host` header, without its port. */
function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

/** A browser adds no token of its own accord, and another site may not have it add one; with a token no cookie is looked at. */
function bearsToken({ headers }: FastifyRequest): boolean {
  return keyOfHeader(headers.authorization) !== null;
}

function isFeed({ routeOptions }: FastifyRequest): boolean {
  return feedRoutes.includes(routeOptions.url ?? '');
}

async function refuse(reply: FastifyReply, { statusCode, message }: Refused): Promise<void> {
  await reply.code(statusCode).send({ statusCode, message, errorId: reply.request.id });
}
