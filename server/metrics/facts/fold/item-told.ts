import type { Id } from '../copy/ids.js';
import type { Instant } from './story.js';

/** What the facts of a connection's items depend on besides their stories. Spans of time are microseconds. */
export interface Source {
  ownerCorrection: number;
  dueCorrection: number;
  updateInterval: number;
  /** `seq` counts the events of an item without gaps: a lower one after a higher one is a copy that came late. */
  isNumberedThroughout: boolean;
  tellsOwners: boolean;
  tellsNotes: boolean;
  tellsMessages: boolean;
  defaultCalendar: Id | null;
}

/** An item as its source tells it. */
export interface ItemTold {
  /** The 16 bytes of its id stand here. */
  view: DataView;
  place: number;
  connection: Id;
  source: Source;
  asOfAt: Instant;
  createdAt: Instant | null;
  startedAt: Instant | null;
  finishedAt: Instant | null;
  finishIsExplicit: boolean;
  customer: Id | null;
  type: Buffer | null;
  service: Buffer | null;
  channel: Buffer | null;
  priority: Buffer | null;
  language: Buffer | null;
  excluded: Buffer | null;
}
