import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { reasonOf } from '#etl/error-code.js';
import { Refusal } from './refusal.js';

/** Lets `write` fill a file that has another name until it is whole, so that one of that name is never a part. */
export async function wholeFile<T>(path: string, write: (partial: string) => Promise<T>): Promise<T> {
  const partial = `${path}.${process.pid}.partial`;
  try {
    const result = await write(partial);
    await rename(partial, path);
    return result;
  } catch (error) {
    // Where the folder is none, there is nothing to remove either; the first error tells why.
    await rm(partial, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** The same as a stream. Throws a `Refusal` with the remedy where the file cannot be written. */
export async function wholeStream<T>(
  path: string,
  { mode, remedy }: { mode?: number; remedy: string },
  write: (file: WriteStream) => Promise<T>,
): Promise<T> {
  return wholeFile(path, async (partial) => {
    const file = createWriteStream(partial, { flags: 'w', ...(mode !== undefined && { mode }) });
    try {
      await once(file, 'open').catch((cause: unknown) => {
        throw new Refusal(`Cannot write ${path}: ${reasonOf(cause)}. ${remedy}`);
      });
      return await write(file);
    } finally {
      file.destroy();
    }
  });
}
