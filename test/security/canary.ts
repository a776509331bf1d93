import { createServer } from 'node:http';
import { afterAll } from 'vitest';

export interface Canary {
  port: number;
  /** Addresses that were asked for. */
  hits: string[];
}

/** Listens on every address of this machine and counts whoever asks. */
export async function canary(): Promise<Canary> {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(`${request.method} ${request.headers.host ?? ''}${request.url ?? ''}`);
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '::', () => resolve()));
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const bound = server.address();
  return { port: typeof bound === 'object' && bound !== null ? bound.port : 0, hits };
}
