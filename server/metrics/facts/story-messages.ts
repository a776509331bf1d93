import type { Utf8 } from '../text/words.js';
import { compareIds } from './copy/copy-rows.js';
import type { RowsOfItems } from './copy/rows-of-items.js';
import type { ItemTold } from './fold/item-told.js';
import type { StoryEvent } from './fold/story.js';

interface MessageText {
  body: Utf8;
  language: string | null;
  attachments: readonly string[];
}

const none: readonly string[] = [];

/** The messages of one item after another. */
export class StoryMessages {
  /** Where the ids of the events they belong to stand, in the order of these, and what they say. */
  private places: number[] = [];
  private texts: MessageText[] = [];

  /** `ofEvents` holds the ids of events. */
  constructor(
    private readonly messages: RowsOfItems,
    private readonly ofEvents: DataView,
  ) {}

  /** Those of the item, which comes after the one read before. */
  read(item: ItemTold): void {
    if (this.places.length > 0) {
      this.places = [];
      this.texts = [];
    }
    const { rows } = this.messages;
    while (this.messages.standAt(item)) {
      this.places.push(rows.place());
      const body = rows.utf8Part();
      const language = rows.text();
      const attachments = rows.text();
      this.texts.push({ body, language, attachments: attachments === null ? none : (JSON.parse(attachments) as string[]) });
    }
  }

  of({ messagePlace }: StoryEvent): MessageText | null {
    if (messagePlace === null) return null;
    const { places } = this;
    const { view } = this.messages.rows;
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const order = compareIds(view, places[middle] ?? 0, this.ofEvents, messagePlace);
      if (order === 0) return this.texts[middle] ?? null;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return null;
  }
}
