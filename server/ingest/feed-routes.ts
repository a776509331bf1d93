import type { FastifyInstance, FastifyRequest } from 'fastify';
import type pg from 'pg';
import { log } from '../console.js';
import { answerTo } from '../http/error.filter.js';
import { boundedBody } from './bounded-body.js';
import { FeedRefusal } from './feed-refusal.js';
import { authorisedConnection } from './push-tokens.js';
import { receivePush } from './receive-push.js';
import { receiveWebhook, type WebhookSecret } from './receive-webhook.js';

interface Named {
  Params: { connection: string };
}

export interface FeedOptions {
  pool: pg.Pool;
  secret: WebhookSecret;
  /** Aborted when the server stops. */
  signal: AbortSignal;
}

const pushLimits = { bytes: 256 * 1024 ** 2, idleMs: 30_000 };
/** GitHub sends up to 25 MB. */
const noticeLimits = { bytes: 25 * 1024 ** 2, idleMs: 10_000 };
/** Each holds a database connection of the pool for as long as it is sent. */
const mostPushesAtOnce = 4;
const lines = /^application\/(x-ndjson|ndjson|jsonl|x-jsonlines)\b/i;

/**
 * `POST /api/ingest/:connection` and `POST /api/webhooks/:connection`. Their bodies are read as they come, by whom they
 * concern: none of the parsers of the other routes is at work here.
 */
export function feedRoutes(scope: FastifyInstance, { pool, secret, signal }: FeedOptions): void {
  let pushes = 0;
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
  scope.setErrorHandler((error, request, reply) => {
    if (error instanceof FeedRefusal && error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds);
    if (error instanceof FeedRefusal && error.statusCode === 401) reply.header('www-authenticate', 'Bearer');
    // What was not read of the body must not be taken for the next request.
    if (!request.raw.complete) reply.header('connection', 'close');
    const body = answerTo(error, `${request.method} ${pathOf(request)}`, log);
    void reply.code(body.statusCode).send(body);
  });

  scope.post<Named>('/api/ingest/:connection', async (request) => {
    const { connection } = request.params;
    await authorisedConnection(pool, connection, request.headers.authorization);
    if (!lines.test(request.headers['content-type'] ?? ''))
      throw new FeedRefusal(415, 'Send one JSON object a line, with "Content-Type: application/x-ndjson".');
    if (pushes >= mostPushesAtOnce) throw new FeedRefusal(429, `${pushes} bodies are being taken just now; send this one again.`, 5);
    pushes += 1;
    try {
      return await receivePush(pool, connection, boundedBody(request.raw, pushLimits), { signal });
    } finally {
      pushes -= 1;
    }
  });

  scope.post<Named>('/api/webhooks/:connection', async (request, reply) => {
    const body = boundedBody(request.raw, noticeLimits);
    const answer = await receiveWebhook(pool, request.params.connection, request.headers, body, { secret, now: new Date() });
    return reply.code(202).send(answer);
  });
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?')[0] ?? '';
}
