import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Delivery, DeliveryError } from './delivery.js';

/** Puts letters into a folder as `.eml` files. The same letter again replaces its file, so it is there once. */
export function folderDelivery(directory: string): Delivery {
  return {
    by: 'file',
    async deliver({ messageId, bytes }, onHandover) {
      await onHandover();
      const path = join(directory, `${/[0-9a-z-]+/i.exec(messageId)?.[0] ?? 'letter'}.eml`);
      const partial = `${path}.${process.pid}.partial`;
      try {
        await mkdir(directory, { recursive: true });
        await writeFile(partial, bytes, { mode: 0o600 });
        await rename(partial, path);
      } catch (error) {
        // Where the folder is none, there is nothing to remove either; the first error tells why.
        await rm(partial, { force: true }).catch(() => undefined);
        throw new DeliveryError('message', 'outage', error instanceof Error ? error.message : String(error), { cause: error });
      }
    },
  };
}
