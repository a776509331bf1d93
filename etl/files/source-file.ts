import { hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip, type Gunzip } from 'node:zlib';
import { SourceError } from '../connector.js';
import { hasCode, isAborted } from '../error-code.js';

const largestExpanded = 2 * 1024 ** 3;
/** Real logs shrink about thirty times; a bomb shrinks a thousand times. */
const largestRatio = 100;
/** Below this a high ratio is only a short repetitive file. */
const ratioJudgedFrom = 16 * 1024 ** 2;
const headBytes = 64 * 1024;

/** Tells one state of a file from another. */
export interface FileIdentity {
  size: number;
  modifiedMs: number;
  head: string;
}

export interface SourceFile {
  name: string;
  identity: FileIdentity;
  chunks: AsyncIterable<Buffer>;
  /** Bytes of the file as it lies on the disk. */
  progress(): { done: number; total: number; unit: 'bytes' };
}

export function isSameFile(a: FileIdentity, b: FileIdentity): boolean {
  return a.size === b.size && a.modifiedMs === b.modifiedMs && a.head === b.head;
}

/** Opens a plain or gzip file for streaming. Throws `SourceError` with the file's name and the remedy. */
export async function openSourceFile(path: string, signal: AbortSignal): Promise<SourceFile> {
  const name = basename(path);
  const { identity, isGzip } = await look(path, name);
  const file = createReadStream(path, { highWaterMark: 256 * 1024, signal });
  const gunzip = isGzip ? createGunzip({ chunkSize: 256 * 1024 }) : null;
  // Errors of either come out where `gunzip` is read.
  if (gunzip) pipeline(file, gunzip, () => undefined);
  return {
    name,
    identity,
    chunks: gunzip ? expanded(gunzip, name) : counted(file, name),
    progress: () => ({ done: file.bytesRead, total: identity.size, unit: 'bytes' }),
  };
}

async function look(path: string, name: string): Promise<{ identity: FileIdentity; isGzip: boolean }> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new SourceError(`The file ${path} cannot be read; check the path and its permissions.`, { cause });
  });
  if (!found.isFile()) throw new SourceError(`${path} is not a file.`);
  if (found.size === 0) throw new SourceError(`${name} is empty; export it again.`);
  const handle = await open(path).catch((cause: unknown) => {
    throw new SourceError(`The file ${path} cannot be opened; check its permissions.`, { cause });
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const head = buffer.subarray(0, bytesRead);
    if (head.subarray(0, 2).equals(Buffer.from([0x50, 0x4b])))
      throw new SourceError(`${name} is a ZIP archive or a spreadsheet; unpack it, or save it as CSV.`);
    if (isUtf16(head)) throw new SourceError(`${name} is UTF-16; save it as UTF-8.`);
    return {
      identity: { size: found.size, modifiedMs: Math.trunc(found.mtimeMs), head: hash('sha256', head) },
      isGzip: head[0] === 0x1f && head[1] === 0x8b,
    };
  } finally {
    await handle.close();
  }
}

function isUtf16(head: Buffer): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
}

async function* expanded(gunzip: Gunzip, name: string): AsyncGenerator<Buffer> {
  let size = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      size += chunk.length;
      checkSize(size, name);
      if (size > ratioJudgedFrom && size > gunzip.bytesWritten * largestRatio) {
        throw new SourceError(`${name} expands more than ${largestRatio} times, which no export does; unpack it yourself if you trust it.`);
      }
      yield chunk;
    }
  } catch (cause) {
    if (cause instanceof SourceError || isAborted(cause)) throw cause;
    const isCut = hasCode(cause, 'Z_BUF_ERROR');
    throw new SourceError(
      isCut
        ? `${name} is cut off: the gzip file ends too early. Copy or export it again.`
        : `${name} is a damaged gzip file. Copy or export it again.`,
      { cause },
    );
  }
}

async function* counted(file: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of file) {
    size += chunk.length;
    checkSize(size, name);
    yield chunk;
  }
}

function checkSize(size: number, name: string): void {
  if (size > largestExpanded) throw new SourceError(`${name} holds more than 2 GB; split it into several files.`);
}
