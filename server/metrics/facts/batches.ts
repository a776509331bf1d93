import type pg from 'pg';
import { receiveCopy, sendCopy } from './copy/copy.js';
import { type FactRows, type FactTable, factTableNames } from './fact-tables.js';
import { type StoryRows, storyRows } from './read-stories.js';
import { type Within, copyEvents, copyItems, copyMessages } from './stories.sql.js';

/** In place of what `into` held. */
export async function receiveStories(client: pg.PoolClient, within: Within, into: StoryRows = storyRows()): Promise<StoryRows> {
  await receiveCopy(client, copyItems(within), into.items);
  await receiveCopy(client, copyEvents(within), into.events);
  await receiveCopy(client, copyMessages(within), into.messages);
  return into;
}

/** Sends all rows, which are then gone; `copyOf` gives the COPY that takes those of a table. */
export async function sendFacts(client: pg.PoolClient, facts: FactRows, copyOf: (table: FactTable) => string): Promise<void> {
  for (const table of factTableNames) {
    const rows = facts[table].rows();
    if (rows !== null) await sendCopy(client, copyOf(table), rows);
    facts[table].clear();
  }
}
