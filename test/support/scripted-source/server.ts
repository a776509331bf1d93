import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ScriptedSource } from './source.js';

export interface ToolRequest {
  method: string;
  /** Without the query, percent-decoded. */
  path: string;
  query: URLSearchParams;
  body: unknown;
}

/** `body` is sent as JSON. */
export interface ToolAnswer {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

/** Answers as the tool does from what the source shows now. Credentials are checked before. */
export type Tool = (request: ToolRequest, source: ScriptedSource) => ToolAnswer;

export type Fault =
  /** Its body repeats the secret, as careless tools do. */
  | { kind: 'status'; status: number; headers?: Record<string, string> }
  /** A web page with status 200. */
  | { kind: 'login' }
  /** The body begins and does not end. */
  | { kind: 'stall' }
  /** The connection breaks in the middle of the body. */
  | { kind: 'cut' }
  /** Half of the JSON under the right length. */
  | { kind: 'half' };

export interface ScriptedServer {
  /** `http://127.0.0.1:port/` */
  address: string;
  host: string;
  /** Requests answered or failed so far. */
  requests: number;
  /** Looked at before each request, counted from 1; null: the true answer. */
  fault: (request: number) => Fault | null;
  /** What a request must carry in its address or its headers, as it is or in base64; null: nothing. */
  secret: string | null;
  close(): Promise<void>;
}

/** The fake tool on a free port of loopback. Its Date is the source's clock. */
export async function serveTool(tool: Tool, source: () => ScriptedSource, secret: string | null): Promise<ScriptedServer> {
  const running: ScriptedServer = { address: '', host: '', requests: 0, fault: () => null, secret, close: () => Promise.resolve() };
  const server = http.createServer((request, response) => {
    running.requests += 1;
    response.sendDate = false;
    response.setHeader('date', new Date(source().now).toUTCString());
    const fault = running.fault(running.requests);
    void readBody(request).then((body) => {
      if (fault?.kind === 'status')
        return send(response, fault.status, { ...fault.headers }, { error: 'made to fail', sent: running.secret });
      if (fault?.kind === 'login') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<form>Log in</form>');
      if (running.secret !== null && !carries(request, running.secret)) return send(response, 401, {}, { error: 'no access' });
      const url = new URL(request.url ?? '/', 'http://tool');
      const asked = { method: request.method ?? 'GET', path: decodeURIComponent(url.pathname), query: url.searchParams, body };
      const answer = tool(asked, source());
      if (fault) return sendBroken(response, fault, answer);
      send(response, answer.status ?? 200, answer.headers ?? {}, answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  running.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  running.address = `http://${running.host}/`;
  running.close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return running;
}

function send(response: http.ServerResponse, status: number, headers: Record<string, string>, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function sendBroken(response: http.ServerResponse, fault: Fault, answer: ToolAnswer): void {
  const text = JSON.stringify(answer.body);
  const half = text.slice(0, Math.floor(text.length / 2));
  if (fault.kind === 'half') return void response.writeHead(200, { 'content-type': 'application/json' }).end(half);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.write(half, () => {
    if (fault.kind === 'cut') response.socket?.destroy();
  });
}

async function readBody(request: http.IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? null : JSON.parse(text);
}

function carries(request: http.IncomingMessage, secret: string): boolean {
  const texts = [decodeURIComponent(request.url ?? ''), ...Object.values(request.headers).map(String)];
  return texts.some((text) => text.includes(secret) || unpacked(text).includes(secret));
}

function unpacked(text: string): string {
  return /^basic\s/i.test(text) ? Buffer.from(text.slice(6), 'base64').toString('utf8') : '';
}
