import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll } from 'vitest';

export const trialKey = { accessKeyId: 'AKIATRIAL', secretAccessKey: 'a secret/of+the bucket' };
const region = 'eu-test-1';

export interface TrialBucket {
  endpoint: string;
  host: string;
  region: string;
  /** By their addresses, as `/bucket/key`. */
  objects: Map<string, Buffer>;
  /** Parts of uploads that are neither whole nor taken back. */
  open: Map<string, Map<number, Buffer>>;
  asked: string[];
  /** What to answer instead; null: as asked. */
  instead: (request: string) => { status: number; body: string } | null;
}

/** A storage that speaks as much S3 as is used, and takes nothing whose signature it has not worked out itself. */
export async function trialBucket(): Promise<TrialBucket> {
  const bucket: TrialBucket = { endpoint: '', host: '', region, objects: new Map(), open: new Map(), asked: [], instead: () => null };
  const server = createServer((request, response) => {
    void answer(bucket, request).then(({ status, body, headers }) => response.writeHead(status, headers).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  bucket.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  bucket.endpoint = `http://${bucket.host}/`;
  return bucket;
}

interface Answer {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

async function answer(bucket: TrialBucket, request: IncomingMessage): Promise<Answer> {
  const body = await buffer(request);
  const url = new URL(request.url ?? '', bucket.endpoint);
  const asked = `${request.method} ${url.pathname}${url.search}`;
  bucket.asked.push(asked);
  const refusal = wrongSignature(request, url, body);
  if (refusal !== null) return failed(403, refusal);
  const instead = bucket.instead(asked);
  if (instead) return instead;
  const uploadId = url.searchParams.get('uploadId');
  if (request.method === 'PUT' && uploadId === null) bucket.objects.set(url.pathname, body);
  else if (request.method === 'PUT' && uploadId !== null) {
    bucket.open.get(uploadId)?.set(Number(url.searchParams.get('partNumber')), body);
    return { status: 200, body: '', headers: { etag: `"${md5(body)}"` } };
  } else if (request.method === 'POST' && url.searchParams.has('uploads')) {
    bucket.open.set('upload 1', new Map());
    return { status: 200, body: '<InitiateMultipartUploadResult><UploadId>upload 1</UploadId></InitiateMultipartUploadResult>' };
  } else if (request.method === 'POST' && uploadId !== null) {
    const parts = bucket.open.get(uploadId) ?? new Map<number, Buffer>();
    const told = [...String(body).matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]+)<\/ETag>/g)];
    if (told.some(([, number, tag]) => `"${md5(parts.get(Number(number)) ?? Buffer.alloc(0))}"` !== tag)) return failed(400, 'InvalidPart');
    bucket.objects.set(url.pathname, Buffer.concat(told.map(([, number]) => parts.get(Number(number)) ?? Buffer.alloc(0))));
    bucket.open.delete(uploadId);
  } else if (request.method === 'DELETE' && uploadId !== null) bucket.open.delete(uploadId);
  return { status: request.method === 'DELETE' ? 204 : 200, body: '' };
}

function failed(status: number, code: string): Answer {
  return { status, body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>` };
}

/** AWS Signature Version 4, worked out anew. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function wrongSignature({ method, headers }: IncomingMessage, url: URL, body: Buffer): string | null {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8}\/[^/]+\/s3\/aws4_request), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;
  const [, id, scope = '', signed = '', signature] = pattern.exec(headers.authorization ?? '') ?? [];
  if (id !== trialKey.accessKeyId) return 'InvalidAccessKeyId';
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => signed.split(';').includes(name))) return 'AccessDenied';
  if (headers['x-amz-content-sha256'] !== createHash('sha256').update(body).digest('hex')) return 'XAmzContentSHA256Mismatch';
  const query = [...url.searchParams].map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort();
  const canonical = [
    method,
    url.pathname
      .split('/')
      .map((part) => encoded(decodeURIComponent(part)))
      .join('/'),
    query.join('&'),
    ...signed.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    signed,
    headers['x-amz-content-sha256'],
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const key = scope.split('/').reduce<Buffer | string>((before, part) => hmac(before, part), `AWS4${trialKey.secretAccessKey}`);
  return hmac(key, text).toString('hex') === signature ? null : 'SignatureDoesNotMatch';
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function md5(bytes: Buffer): string {
  return createHash('md5').update(bytes).digest('hex');
}
