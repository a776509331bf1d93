/** Marks "nobody has it", told by the source. Absent means the source says nothing. */
export const nobody = null;

export type EventKind =
  | 'created'
  | 'changed' // status, team, person, priority: whichever of the fields below are set
  | 'promised' // `dueAt` set or moved; null takes the promise back
  | 'said' // a message; its text is in `message`
  | 'noted' // a hand-over note or a required field filled, without a message
  | 'rated';

/** One line of an item's story. Ids are the source's own; the loader makes them ours. */
export interface EventRow {
  /** Identity within the connection; the same event read again has the same one. */
  externalId: string;
  kind: EventKind;
  /** ISO instant with offset or Z. */
  at: string;
  /** Order among events of the item at the same instant. */
  seq: number;
  actor?: { id?: string; role: 'customer' | 'agent' | 'system' | 'unknown' };
  status?: string;
  /** Owner team and person after this event; `nobody` where the source says so. */
  team?: string | typeof nobody;
  person?: string | typeof nobody;
  dueAt?: string | null;
  /** The customer asked for this date. */
  askedByCustomer?: boolean;
  /** Of a message. */
  side?: 'team' | 'customer' | 'system';
  isPublic?: boolean;
  isBot?: boolean;
  message?: { body: string; language?: string; attachments?: string[] };
  /** Of a rating: 0 bad to 1 good. */
  rating?: number;
}

/** What an item is, as of one moment of its story: of two descriptions the later (`asOfAt`, then `asOfSeq`) holds. */
export interface ItemRow {
  externalId: string;
  /** What addresses of the tool call it, where that is no `externalId`: a key, a number. Links may name it so. */
  aliases?: string[];
  asOfAt: string;
  asOfSeq: number;
  title?: string;
  url?: string;
  type: string;
  service?: string;
  channel?: string;
  priority?: string;
  language?: string;
  customer?: string;
  /** Told by the source itself; where absent they come from the statuses. */
  createdAt?: string;
  startedAt?: string;
  finishedAt?: string;
  /** Finish comes from `finishedAt` alone: a done item without it has an unknown end and is excluded, counted. */
  finishIsExplicit?: boolean;
  /** The tool says that the item was deleted, and when. Its story stays, no metric counts it. */
  deletedAt?: string;
  /** Not a piece of work a customer waits for: counted in data quality, in no metric. */
  excluded?: 'merged' | 'duplicate' | 'spam' | 'test';
  /** Further columns, by name, as text. */
  attributes?: Record<string, string>;
}

export interface PartyRow {
  externalId: string;
  name: string;
}
export interface PersonRow extends PartyRow {
  isBot?: boolean;
}
export interface TeamRow extends PartyRow {
  calendar?: string;
}
export interface CustomerRow extends PartyRow {
  group?: string;
  language?: string;
  timeZone?: string;
  calendar?: string;
  /** First day as a customer, ISO instant. */
  since?: string;
}
/** `to` may be an item of another connection, by its name. */
export interface LinkRow {
  to: { connection?: string; externalId: string };
  kind: 'becomes' | 'blocks' | 'relates' | 'duplicates';
  at: string;
}

/**
 * What one raw record says, in the canonical model. All events, links and messages belong to the record's one item.
 * Reference rows (people, teams, customers) may ride on any record; ids never seen before get their id as name.
 */
export interface MappedRecord {
  item?: ItemRow;
  events?: EventRow[];
  links?: LinkRow[];
  people?: PersonRow[];
  teams?: TeamRow[];
  customers?: CustomerRow[];
  /** What was read in a way worth counting, a code each: `ambiguous_local_time`. */
  warnings?: string[];
}
