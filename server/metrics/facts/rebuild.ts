import type pg from 'pg';
import { receiveStories, sendFacts } from './batches.js';
import type { Derivation } from './derivation.js';
import { copyIntoFresh, factRows } from './fact-tables.js';
import { foldBatch } from './fold-batch.js';
import { createFreshTables, freshTable, indexFreshTables, putInPlace, recordRemoved } from './fresh-tables.js';
import { storyRows } from './read-stories.js';
import { ofRange } from './stories.sql.js';

/** Writes the facts of all items into new tables and puts these in their place. */
export async function rebuildAll(reader: pg.PoolClient, derivation: Derivation): Promise<void> {
  const { client, version } = derivation;
  await createFreshTables(client, version);
  await fillFreshTables(reader, derivation);
  await indexFreshTables(client, version);
  await recordRemoved(client, version);
  await putInPlace(client, version);
}

/** While one batch is folded, the next is read on a connection of its own and the one before is sent: two of each kind are in memory. */
async function fillFreshTables(reader: pg.PoolClient, { client, options, total, batches, basis, version }: Derivation): Promise<void> {
  let [stories, readNext] = [storyRows(), storyRows()];
  let [facts, factsSent] = [factRows(basis.ids), factRows(basis.ids)];
  const read = async (n: number, into: typeof stories): Promise<void> => {
    const batch = batches[n];
    if (batch !== undefined) await receiveStories(reader, ofRange(batch.first, batches[n + 1]?.first ?? null), into);
  };
  const send = async (rows: typeof facts, done: number): Promise<void> => {
    await sendFacts(client, rows, (table) => copyIntoFresh(table, freshTable(table, version)));
    options.onProgress?.({ done, total });
  };
  let done = 0;
  let reading = held(read(0, stories));
  let sending = Promise.resolve();
  try {
    for (const [n, { items }] of batches.entries()) {
      await reading;
      reading = held(read(n + 1, readNext));
      await foldBatch(stories, basis, facts, version);
      await sending;
      options.signal?.throwIfAborted();
      done += items;
      sending = held(send(facts, done));
      [stories, readNext] = [readNext, stories];
      [facts, factsSent] = [factsSent, facts];
    }
    await sending;
    options.signal?.throwIfAborted();
  } finally {
    // Of what failed the first is told; nothing goes on behind the caller's back.
    await Promise.allSettled([reading, sending]);
  }
}

/** Its failure waits until it is asked for. */
function held(work: Promise<void>): Promise<void> {
  work.catch(() => undefined);
  return work;
}
