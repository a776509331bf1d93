import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf } from '#etl/error-code.js';
import { wholeFile } from '../whole-file.js';
import { type Delivery, DeliveryError } from './delivery.js';

/** Puts letters into a folder as `.eml` files. The same letter again replaces its file, so it is there once. */
export function folderDelivery(directory: string): Delivery {
  return {
    by: 'file',
    async deliver({ messageId, bytes }, onHandover) {
      await onHandover();
      const path = join(directory, `${/[0-9a-z-]+/i.exec(messageId)?.[0] ?? 'letter'}.eml`);
      try {
        await mkdir(directory, { recursive: true });
        await wholeFile(path, (partial) => writeFile(partial, bytes, { mode: 0o600 }));
      } catch (error) {
        throw new DeliveryError('message', 'outage', reasonOf(error), { cause: error });
      }
    },
  };
}
