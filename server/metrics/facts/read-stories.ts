import type { Basis } from './basis.js';
import { CopyRows, Texts } from './copy/copy-rows.js';
import { ReceivedRows } from './copy/received-rows.js';
import { RowsOfItems } from './copy/rows-of-items.js';
import type { ItemTold } from './fold/item-told.js';
import { type StoryEvent, carryForward, kinds, roles, sides } from './fold/story.js';
import { StoryMessages } from './story-messages.js';

/** The binary COPYs of `stories.sql.ts` for the same items. */
export interface StoryRows {
  items: ReceivedRows;
  events: ReceivedRows;
  messages: ReceivedRows;
}

export function storyRows(): StoryRows {
  return { items: new ReceivedRows(), events: new ReceivedRows(), messages: new ReceivedRows() };
}

export interface Story {
  item: ItemTold;
  /** In order, each with what holds after it. */
  events: StoryEvent[];
  /** Those of the item, until the next story is read. */
  messages: StoryMessages;
}

const kindTexts = new Texts(kinds);
const roleTexts = new Texts(roles);
const sideTexts = new Texts(sides);

/** The stories one after another, in the order of their ids; an item without its connection has none. */
export function* readStories(rows: StoryRows, basis: Basis): Generator<Story> {
  const items = new CopyRows(rows.items, basis.ids);
  const events = new RowsOfItems(new CopyRows(rows.events, basis.ids), 15);
  const messages = new StoryMessages(new RowsOfItems(new CopyRows(rows.messages, basis.ids), 4), events.rows.view);
  while (items.next()) {
    const item = readItem(items, basis);
    if (item === null) continue;
    const story: StoryEvent[] = [];
    const numbering = new Numbering(item.source.isNumberedThroughout);
    while (events.standAt(item)) story.push(readEvent(events.rows, basis, numbering));
    carryForward(story, item.source.tellsOwners);
    messages.read(item);
    yield { item, events: story, messages };
  }
}

function readItem(rows: CopyRows, { sources }: Basis): ItemTold | null {
  const place = rows.place();
  const connection = rows.id();
  const source = connection === null ? undefined : sources.get(connection);
  if (connection === null || source === undefined) {
    rows.skip(12);
    return null;
  }
  return {
    view: rows.view,
    place,
    connection,
    source,
    asOfAt: rows.instant() ?? 0,
    createdAt: rows.instant(),
    startedAt: rows.instant(),
    finishedAt: rows.instant(),
    finishIsExplicit: rows.boolean() === true,
    customer: rows.id(),
    type: rows.utf8(),
    service: rows.utf8(),
    channel: rows.utf8(),
    priority: rows.utf8(),
    language: rows.utf8(),
    excluded: rows.utf8(),
  };
}

function readEvent(rows: CopyRows, { meanings, bots }: Basis, numbering: Numbering): StoryEvent {
  const messagePlace = rows.placeOrNull();
  const at = rows.instant() ?? 0;
  const isLateCopy = numbering.isLateCopy(rows);
  const kind = rows.oneOf(kindTexts) ?? 'changed';
  const actor = rows.id();
  const role = rows.oneOf(roleTexts);
  const status = rows.id();
  const team = rows.id();
  const person = rows.id();
  const dueAt = rows.instant();
  const askedByCustomer = rows.boolean() === true;
  const rating = rows.real();
  const side = rows.oneOf(sideTexts);
  const isPublic = rows.boolean();
  const isHuman = rows.boolean() !== true && (actor === null || !bots.has(actor));
  const isSaid = kind === 'said';
  const isOurs = isHuman && isSaid && side === 'team';
  return {
    messagePlace,
    at,
    kind,
    actor,
    role,
    status: isLateCopy ? null : status,
    meaning: isLateCopy || status === null ? null : (meanings.get(status) ?? 'unmapped'),
    team: isLateCopy ? null : team,
    person: isLateCopy ? null : person,
    dueAt,
    askedByCustomer,
    rating,
    side,
    isPublic,
    isHuman,
    isOurs,
    isWord: isOurs && isPublic === true,
    isQuestion: isSaid && side === 'customer' && isPublic !== false,
    isNote: isHuman && (kind === 'noted' || (isSaid && side === 'team' && isPublic === false)),
    court: 'ours_waiting',
    isUnmapped: false,
    teamNow: null,
    personNow: null,
    personBefore: null,
    isStatusChange: false,
    isStateTold: false,
  };
}

/** Where the source counts the events of an item without gaps, one with a lower number after a higher one is a copy that came late. */
class Numbering {
  private highest: bigint | null = null;

  constructor(private readonly isThroughout: boolean) {}

  /** Reads the number of an event. */
  isLateCopy(rows: CopyRows): boolean {
    if (!this.isThroughout) {
      rows.skip(1);
      return false;
    }
    const seq = rows.bigint();
    if (this.highest !== null && seq < this.highest) return true;
    this.highest = seq;
    return false;
  }
}
