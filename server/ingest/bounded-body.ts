import type { IncomingMessage } from 'node:http';
import { FeedRefusal } from './feed-refusal.js';

export interface BodyLimits {
  bytes: number;
  /** Longest silence of the sender. */
  idleMs: number;
}

/**
 * The body as it comes, read no faster than it is used. Throws `FeedRefusal` where it is too long or stalls; the connection
 * is left standing then, so that the answer can be given.
 */
export async function* boundedBody(request: IncomingMessage, { bytes, idleMs }: BodyLimits): AsyncGenerator<Buffer> {
  if (request.headers['content-encoding'] !== undefined)
    throw new FeedRefusal(415, `Content-Encoding "${request.headers['content-encoding']}" is not read; send the body as it is.`);
  const tooLong = () => new FeedRefusal(413, `The body is longer than ${bytes} bytes; send it in several parts.`);
  if (Number(request.headers['content-length'] ?? 0) > bytes) throw tooLong();
  const chunks = request.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  let received = 0;
  for (;;) {
    const step = await within(idleMs, chunks.next()).catch((error: unknown) => {
      if (error instanceof FeedRefusal || request.complete) throw error;
      throw new FeedRefusal(400, 'The sender broke the body off.');
    });
    if (step.done) return;
    received += step.value.length;
    if (received > bytes) throw tooLong();
    yield step.value;
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const stalled = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new FeedRefusal(408, `Nothing came for ${ms / 1000} s; send it again.`)), ms);
  });
  try {
    return await Promise.race([work, stalled]);
  } finally {
    clearTimeout(timer);
  }
}
