import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

export interface Received {
  path: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** A web server that takes messages; `answer` says how, 200 unless a test sets it. */
export async function receiver() {
  const kept = {
    origin: '',
    host: '',
    received: [] as Received[],
    answer: (response: http.ServerResponse): void => void response.end('ok'),
  };
  const server = http.createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      kept.received.push({ path: request.url ?? '', headers: request.headers, body });
      kept.answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  kept.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  kept.origin = `http://${kept.host}`;
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return kept;
}

export function status(code: number, headers: Record<string, string> = {}) {
  return (response: http.ServerResponse): void => {
    response.writeHead(code, headers);
    response.end();
  };
}
