import { setImmediate as breathe } from 'node:timers/promises';
import type { Basis } from './basis.js';
import { writeFacts } from './fact-rows.js';
import type { FactRows } from './fact-tables.js';
import { foldItem } from './fold/item-facts.js';
import { type StoryRows, readStories } from './read-stories.js';
import { itemReader } from './texts.js';

/** So many events take a few milliseconds; then whatever else the process does has its turn. */
const eventsAtOnce = 2_000;

/** Adds the facts of all stories to the rows. */
export async function foldBatch(stories: StoryRows, basis: Basis, rows: FactRows, version: number): Promise<void> {
  const read = itemReader();
  let item = 0;
  let events = 0;
  for (const story of readStories(stories, basis)) {
    item++;
    const facts = foldItem(story.item, story.events, basis.time, (event, i) => {
      const message = story.messages.of(event);
      return message === null ? null : read({ item, i, side: event.isWord ? 'team' : 'customer', ...message });
    });
    writeFacts(rows, facts, version);
    events += 1 + story.events.length;
    if (events < eventsAtOnce) continue;
    events = 0;
    await breathe();
  }
}
