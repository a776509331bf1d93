import { Readable } from 'node:stream';
import type pg from 'pg';
import type { Basis } from './basis.js';
import { receiveCopy, sendCopy } from './copy/copy.js';
import { type FactRows, type FactTable, factRows, factTableNames } from './fact-tables.js';
import { foldBatch } from './fold-batch.js';
import type { StoryBytes } from './read-stories.js';
import { type Within, copyEvents, copyItems, copyMessages } from './stories.sql.js';

export async function receiveStories(client: pg.PoolClient, within: Within): Promise<StoryBytes> {
  return {
    items: await receiveCopy(client, copyItems(within)),
    events: await receiveCopy(client, copyEvents(within)),
    messages: await receiveCopy(client, copyMessages(within)),
  };
}

/** `copyOf` gives the COPY that takes the rows of a table. */
export async function sendFacts(client: pg.PoolClient, rows: FactRows, copyOf: (table: FactTable) => string): Promise<void> {
  for (const table of factTableNames) {
    const bytes = rows[table].take();
    if (bytes !== null) await sendCopy(client, copyOf(table), bytes);
  }
}

export async function factsOf(stories: StoryBytes, basis: Basis, version: number): Promise<FactRows> {
  const rows = factRows(basis.ids);
  await foldBatch(stories, basis, rows, version);
  return rows;
}

/**
 * The facts of one batch after another. The next batch is read while one is folded, and one is folded while the one before is
 * sent, so that at most four are in memory.
 */
export function factsAhead(reader: pg.PoolClient, batches: readonly Within[], basis: Basis, version: number): AsyncIterable<FactRows> {
  const oneAhead = { objectMode: true, highWaterMark: 1 };
  async function* stories(): AsyncGenerator<StoryBytes> {
    for (const within of batches) yield await receiveStories(reader, within);
  }
  async function* facts(): AsyncGenerator<FactRows> {
    for await (const read of Readable.from(stories(), oneAhead) as AsyncIterable<StoryBytes>) yield await factsOf(read, basis, version);
  }
  return Readable.from(facts(), oneAhead);
}
