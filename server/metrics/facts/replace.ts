import { deleteOldFacts, deleteReturned, insertRemoved } from './batch.sql.js';
import { receiveStories, sendFacts } from './batches.js';
import type { Derivation } from './derivation.js';
import { copyInto, factRows, factTableNames } from './fact-tables.js';
import { foldBatch } from './fold-batch.js';
import { ofBatch } from './stories.sql.js';

/** Replaces the rows of the items taken. */
export async function replaceFacts({ client, options, total, batches, basis, version }: Derivation): Promise<void> {
  // A batch is a small part of the tables, however few items the statistics know of.
  await client.query('set local enable_hashjoin = off; set local enable_mergejoin = off');
  const facts = factRows(basis.ids);
  let done = 0;
  for (const { batch, items } of batches) {
    options.signal?.throwIfAborted();
    const stories = await receiveStories(client, ofBatch(batch));
    await client.query(insertRemoved, [batch, version]);
    await client.query(deleteReturned, [batch]);
    for (const table of factTableNames) await client.query(deleteOldFacts(table), [batch]);
    await foldBatch(stories, basis, facts, version);
    await sendFacts(client, facts, (table) => copyInto(table, `facts.${table}`));
    done += items;
    options.onProgress?.({ done, total });
  }
  await client.query('set local enable_hashjoin = on; set local enable_mergejoin = on');
}
