import type { ErrorResponse } from '#server/api.js';

/** The only file that fetches. */

/** What the server refused or failed, in its words. Status 0: no answer at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly errorId: string | null,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

export function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return request<T>(path, { headers: { accept: 'application/json' }, ...(signal && { signal }) });
}

export function send<T>(method: Method, path: string, body: unknown): Promise<T> {
  return request<T>(path, written(method, body));
}

/** A question too long for an address; nothing is changed by it. */
export function ask<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return request<T>(path, { ...written('POST', body), ...(signal && { signal }) });
}

/** Lines of NDJSON as they come; with a body, of a question too long for an address. Throws where the answer breaks off within one. */
export async function* lines<T>(path: string, signal: AbortSignal, body?: unknown): AsyncGenerator<T> {
  const response = await streamed(path, signal, body);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const whole = (rest + part.value).split('\n');
    rest = whole.pop() ?? '';
    for (const line of whole) if (line !== '') yield JSON.parse(line) as T;
  }
  if (rest !== '') yield JSON.parse(rest) as T;
}

/** An answer to be read as it comes. */
export function streamed(path: string, signal: AbortSignal, body?: unknown): Promise<Response> {
  return answered(path, { ...(body !== undefined && written('POST', body)), signal });
}

/** The bytes of a file, with the name the server gives it. */
export async function download(path: string): Promise<{ name: string; blob: Blob }> {
  const response = await answered(path, {});
  const [, name = 'throughline'] = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? [];
  return { name, blob: await response.blob() };
}

type Method = 'POST' | 'PATCH' | 'DELETE';

function written(method: Method, body: unknown): RequestInit {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

async function request<T>(path: string, options: RequestInit): Promise<T> {
  const response = await answered(path, options);
  return (await response.json().catch(() => null)) as T;
}

async function answered(path: string, options: RequestInit): Promise<Response> {
  const response = await fetch(path, options).catch((cause: unknown) => {
    if (options.signal?.aborted) throw cause;
    throw new ApiError(0, '', null);
  });
  if (!response.ok) throw await refusalOf(response);
  return response;
}

let isLeaving = false;

/** To sign in, and back here; once, and not from where one is to sign in. */
function leaveToSignIn(): void {
  const { pathname, search } = location;
  if (isLeaving || /^\/(sign-in|welcome|share)(\/|$)/.test(pathname)) return;
  isLeaving = true;
  location.assign(`/sign-in?${new URLSearchParams({ next: pathname + search })}`);
}

async function refusalOf(response: Response): Promise<ApiError> {
  if (response.status === 401) leaveToSignIn();
  const told = (await response.json().catch(() => null)) as Partial<ErrorResponse> | null;
  return new ApiError(response.status, told?.message ?? response.statusText, told?.errorId ?? null);
}
