import type { Database } from '#server/database/open.js';
import type { TestDatabase } from './database.js';

/** A database of a test as the program has opened it, but with the rights of whoever made it. */
export function openedDatabase({ url, pool }: TestDatabase): Database {
  return {
    url,
    pool,
    etlPool: pool,
    rights: { isLeast: true, app: '', etl: '' },
    isEmbedded: false,
    migrated: [],
    revive: async () => false,
    close: async () => {},
  };
}
