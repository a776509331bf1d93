import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import { createNetwork, type Network, type NetworkOptions, type RequestLine } from '#etl/http/network.js';
import type { Context } from '#etl/connector.js';

export interface LocalServer {
  /** `http://127.0.0.1:port/` */
  address: string;
  host: string;
  requests: { method: string; url: string; headers: http.IncomingHttpHeaders }[];
  answer: (request: http.IncomingMessage, response: http.ServerResponse) => void;
}

/** A server on loopback whose answers the test sets; closed with the test file. */
export async function localServer(): Promise<LocalServer> {
  const local: LocalServer = { address: '', host: '', requests: [], answer: (_request, response) => response.end() };
  const server = http.createServer((request, response) => {
    local.requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    local.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  local.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  local.address = `http://${local.host}/`;
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return local;
}

export function json(response: http.ServerResponse, body: unknown, headers: Record<string, string> = {}, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

export interface VirtualNetwork extends Network {
  /** Every wait, in milliseconds. */
  waits: number[];
  lines: RequestLine[];
}

/** A network whose waits take no time: its clock stands but for them. Jitter is half of its range. */
export function virtualNetwork(options: NetworkOptions): VirtualNetwork {
  const waits: number[] = [];
  const lines: RequestLine[] = [];
  let now = 0;
  const network = createNetwork({
    clock: () => now,
    sleep: async (ms) => {
      waits.push(ms);
      now += ms;
    },
    random: () => 0.5,
    log: (line) => lines.push(line),
    ...options,
  });
  return Object.assign(network, { waits, lines });
}

export function contextOf(network: Network, secrets: Record<string, string> = {}): Context {
  return {
    signal: new AbortController().signal,
    now: () => new Date('2026-01-05T08:00:00Z'),
    secret: async (name) => secrets[name] ?? '',
    network,
  };
}
