import { hash } from 'node:crypto';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { AwsV4Signer } from 'aws4fetch';
import { reasonOf } from '#etl/error-code.js';
import { parseBaseUrl, resolveUnder } from '#etl/http/address.js';
import { isHttpError } from '#etl/http/errors.js';
import type { Limits, Transport, WireAnswer } from '#etl/http/transport.js';
import { Refusal } from '../refusal.js';

/** A bucket of a storage that speaks S3, and who writes to it. */
export interface Bucket {
  /** Such as `https://s3.eu-central-1.amazonaws.com`; the bucket is a folder of it. */
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** A part has to be taken in whole before the storage answers. */
export const bucketLimits: Limits = { connectMs: 10_000, headersMs: 180_000, bodyIdleMs: 30_000, bodyBytes: 1 << 20 };

export interface UploadOptions {
  send: Transport;
  now: () => Date;
  signal: AbortSignal;
  sleep: (ms: number) => Promise<unknown>;
  /** A larger file goes in parts. Default 64 MB. */
  wholeBytes?: number;
  /** Default 16 MB: S3 takes 5 MB at least and 10,000 parts at most. */
  partBytes?: number;
}

const waitsMs = [1_000, 4_000];

/**
 * Puts a file into the bucket; an object of that key is replaced. What goes in parts appears when it is whole, or not at all: parts of an
 * upload that fails are taken back. Throws a `Refusal` where trying again is of no use. https://docs.aws.amazon.com/AmazonS3/latest/API/
 */
export async function uploadFile(bucket: Bucket, key: string, path: string, options: UploadOptions): Promise<void> {
  const { wholeBytes = 64 * 2 ** 20 } = options;
  const { size } = await stat(path);
  const file = await open(path);
  try {
    const ask = asker(bucket, key, options);
    if (size <= wholeBytes) await ask('PUT', {}, await read(file, 0, size));
    else await inParts(ask, file, size, options);
  } finally {
    await file.close();
  }
}

type Ask = (method: string, query: Record<string, string>, body?: Uint8Array | string, isLast?: boolean) => Promise<WireAnswer>;

async function inParts(ask: Ask, file: FileHandle, size: number, { partBytes = 16 * 2 ** 20 }: UploadOptions): Promise<void> {
  const uploadId = element('UploadId', String((await ask('POST', { uploads: '' })).body));
  if (uploadId === null) throw new Error('The storage began an upload in parts without a name for it.');
  try {
    const parts: string[] = [];
    for (let from = 0; from < size; from += partBytes) {
      const partNumber = String(parts.length + 1);
      const answer = await ask('PUT', { partNumber, uploadId }, await read(file, from, Math.min(partBytes, size - from)));
      const tag = answer.headers.get('etag');
      if (tag === null) throw new Error(`The storage took part ${partNumber} without saying what it has.`);
      parts.push(`<Part><PartNumber>${partNumber}</PartNumber><ETag>${tag.replace(/[<&]/g, '')}</ETag></Part>`);
    }
    const done = await ask('POST', { uploadId }, `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
    // It answers 200 before it has put the parts together, and may fail after that.
    const code = element('Code', String(done.body));
    if (code !== null) throw new Error(`The storage could not put the parts together: ${code}.`);
  } catch (error) {
    await ask('DELETE', { uploadId }, undefined, true).catch((second: unknown) => {
      throw new AggregateError([error, second], `${reasonOf(error)} Its parts could not be taken back: ${reasonOf(second)}`);
    });
    throw error;
  }
}

function asker(bucket: Bucket, key: string, { send, now, signal, sleep }: UploadOptions): Ask {
  const url = addressOf(bucket, key);
  return async (method, query, body = '', isLast = false) => {
    const target = new URL(url);
    for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value);
    for (let attempt = 0; ; attempt += 1) {
      // What was begun is taken back also where the whole was given up.
      const answered = await sendSigned(bucket, target, method, body, { send, now, signal: isLast ? AbortSignal.timeout(30_000) : signal });
      if (!(answered instanceof Error)) return answered;
      const waitMs = waitsMs[attempt];
      if (answered instanceof Refusal || waitMs === undefined) throw answered;
      await sleep(waitMs);
    }
  };
}

/** The answer, or why there is none. Throws where the signal was aborted. */
async function sendSigned(
  { region, accessKeyId, secretAccessKey }: Bucket,
  url: URL,
  method: string,
  body: Uint8Array | string,
  { send, now, signal }: Pick<UploadOptions, 'send' | 'now' | 'signal'>,
): Promise<WireAnswer | Error> {
  const signed = await new AwsV4Signer({
    method,
    url: url.href,
    headers: { 'x-amz-content-sha256': hash('sha256', body) },
    service: 's3',
    region,
    accessKeyId,
    secretAccessKey,
    datetime: now()
      .toISOString()
      .replace(/[:-]|\.\d{3}/g, ''),
  }).sign();
  signal.throwIfAborted();
  try {
    const answer = await send({ url: signed.url, method, headers: Object.fromEntries(signed.headers), body, signal });
    if (answer.status < 300) return answer;
    const code = element('Code', String(answer.body));
    const told = `${url.host} answered ${answer.status}${code === null ? '' : ` (${code})`}`;
    if (answer.status >= 500 || answer.status === 408 || answer.status === 429) return new Error(`${told}.`);
    return new Refusal(`${told}; check the address, the region, the bucket and what its key may do.`);
  } catch (error) {
    signal.throwIfAborted();
    return isHttpError(error) ? new Refusal(error.message) : new Error(`${url.host}: ${reasonOf(error)}`);
  }
}

/** Under the bucket, wherever the key wants to lead. */
function addressOf({ endpoint, bucket }: Pick<Bucket, 'endpoint' | 'bucket'>, key: string): URL {
  const base = resolveUnder(parseBaseUrl(endpoint), `${encodeURIComponent(bucket)}/`);
  return resolveUnder(base, key.split('/').map(encodeURIComponent).join('/'));
}

async function read(file: FileHandle, from: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length;) {
    const { bytesRead } = await file.read(bytes, at, length - at, from + at);
    if (bytesRead === 0) throw new Error('The file became shorter while it was read.');
    at += bytesRead;
  }
  return bytes;
}

/** Text of the first element of that name; answers of S3 are a few lines of XML without attributes that matter. */
function element(name: string, xml: string): string | null {
  return new RegExp(`<${name}>([^<]{1,1000})</${name}>`).exec(xml)?.[1] ?? null;
}
