import type pg from 'pg';
import { factsAhead, sendFacts } from './batches.js';
import type { Derivation } from './derivation.js';
import { copyIntoFresh } from './fact-tables.js';
import { createFreshTables, freshTable, indexFreshTables, putInPlace, recordRemoved } from './fresh-tables.js';
import { ofRange } from './stories.sql.js';

/** Writes the facts of all items into new tables and puts these in their place, reading on a second connection at the same time. */
export async function rebuildAll(reader: pg.PoolClient, { client, options, total, batches, basis, version }: Derivation): Promise<void> {
  await createFreshTables(client, version);
  const ranges = batches.map(({ first }, n) => ofRange(first, batches[n + 1]?.first ?? null));
  let done = 0;
  let sent = 0;
  for await (const facts of factsAhead(reader, ranges, basis, version)) {
    options.signal?.throwIfAborted();
    await sendFacts(client, facts, (table) => copyIntoFresh(table, freshTable(table, version)));
    done += batches[sent++]?.items ?? 0;
    options.onProgress?.({ done, total });
  }
  await indexFreshTables(client, version);
  await recordRemoved(client, version);
  await putInPlace(client, version);
}
