/**
 * The contract between a tool and the rest of the house. A connector knows its tool and the canonical model;
 * it holds no database handle and writes nothing. One folder per tool: `client`, `payload`, `map`, `connector`.
 */

import type { Network } from './http/network.js';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** How well a source tells one kind of history. `none` always comes with a reason. */
export type Fidelity = 'full' | 'new-value-only' | 'snapshot-diff' | 'none';

/** What a metric can ask of a source. One word per thing; a metric lists the signals it needs. */
export const signals = [
  'status', // status changes over time
  'courts', // statuses mapped to courts, with at least one waiting state
  'finish', // when an item was finished
  'reopen', // changes out of a finished status
  'team', // owner team changes over time
  'person', // owner person changes over time
  'due', // a date given to the customer
  'first-due', // the first date given, told apart from later ones
  'due-history', // every move of that date
  'messages', // messages with their side
  'visibility', // public and internal messages told apart
  'customer', // who waits
  'rating',
  'links',
] as const;
export type Signal = (typeof signals)[number];

/** Present, or absent with the reason a person reads. `from`: first instant with trustworthy history, ISO, absent = from the start. */
export interface Capability {
  fidelity: Fidelity;
  reason?: string;
  from?: string;
}
export type Capabilities = Record<Signal, Capability>;

export type Court = 'ours_active' | 'ours_waiting' | 'customer' | 'third_party';

/** What a status means: whose court the ball is in, or how the item ended. `unmapped` is kept, counted and shown. */
export type StatusMeaning = Court | 'done' | 'cancelled' | 'unmapped';

export interface StreamDef {
  name: string;
  /** `unsorted`: the checkpoint of the stream moves only with the page that says `done`. */
  order: 'asc' | 'unsorted';
  grain: 'ms' | 's' | 'min' | 'day' | 'id';
}

/** One thing the source said, as it said it. `payload` is what `map` reads, now and at every replay. */
export interface RawRecord {
  /** Identity within the stream; the same record read again has the same one. */
  externalId: string;
  payload: Json;
  op: 'upsert' | 'delete';
  /** Place in the source, for messages: `line 12`. */
  position?: string;
  /** Lies before the ordinary lower bound, so that only a sweep can find it: a new one is counted as `late_row`. */
  isLate?: boolean;
}

/** A record that could not be read: kept, counted, listed; the run goes on. */
export interface UnreadableRecord {
  unreadable: { code: string; reason: string; position: string; raw: Uint8Array };
}

/** Opaque to everyone but the connector; `v` is its version. */
export interface Cursor {
  v: number;
  state: Json;
}

export interface Page {
  records: (RawRecord | UnreadableRecord)[];
  /** Where to go on after this page is committed. */
  next: Cursor;
  /** True when the source has no more. */
  done: boolean;
  /** The source's own clock at this page, ISO. Null where it has none (a file): then the latest time seen in the data counts. */
  sourceNow: string | null;
  progress?: { done: number; total?: number; unit: 'bytes' | 'records' };
  /** What was met in a way worth counting, a code each: `forbidden_item`. */
  warnings?: string[];
}

/** What a direct look at an item finds. `hidden`: it may be there, but these credentials do not reach it; that is no deletion. */
export type Presence = 'present' | 'gone' | 'hidden';

export interface Context {
  signal: AbortSignal;
  now(): Date;
  secret(name: string): Promise<string>;
  /** How requests leave the house, for `createHttp`; absent: to public addresses only. */
  network?: Network;
}

/** Working hours of a team or a customer. Weekday 1 is Monday. Several spans a day are several rows. Dates are local, `to` is exclusive. */
export interface CalendarRow {
  id: string;
  name: string;
  timeZone: string;
  hours: { weekday: number; opens: string; closes: string; from?: string; to?: string }[];
  /** A day without `opens` is closed; with it, a short day. */
  holidays: { on: string; name: string; opens?: string; closes?: string }[];
}

/** Settings of a connection that change how its history is read, with their defaults in `defaultSettings`. */
export interface ConnectionSettings {
  /** A stay with an owner shorter than this is a correction, not a handoff. 0 turns it off. */
  ownerCorrectionSeconds: number;
  /** A due date that stood shorter than this is a correction. 0 turns it off. */
  dueCorrectionSeconds: number;
  /** The customer is promised a word at least this often while the ball is ours. Calendar seconds. */
  updateIntervalSeconds: number;
  /**
   * `seq` numbers the whole story of an item, not only the events of one instant: an event that comes later in time with a
   * smaller number is a late copy of what was said before and tells no status and no owner.
   */
  isNumberedThroughout: boolean;
  /** Zone of dates without one and of the default calendar. */
  timeZone: string;
  /** External id of the calendar of teams that have none; null: the clock round the week. */
  defaultCalendar: string | null;
  /** Statuses as named by the tool. */
  statuses: Record<string, StatusMeaning>;
}

export const defaultSettings: ConnectionSettings = {
  ownerCorrectionSeconds: 120,
  dueCorrectionSeconds: 3_600,
  updateIntervalSeconds: 172_800,
  isNumberedThroughout: false,
  timeZone: 'UTC',
  defaultCalendar: null,
  statuses: {},
};

export interface Discovery {
  streams: StreamDef[];
  capabilities: Capabilities;
  settings: Partial<ConnectionSettings>;
  calendars: CalendarRow[];
}

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

export interface CheckResult {
  ok: boolean;
  /** What was found or what is wrong, one sentence each, with the remedy. */
  findings: string[];
}

/** Thrown by `map`: the record is quarantined with this code and reason. */
export class RejectedRecord extends Error {
  constructor(
    readonly code: string,
    reason: string,
  ) {
    super(reason);
    this.name = 'RejectedRecord';
  }
}

/** Thrown where a source as a whole cannot be used: the message names the value and the remedy. */
export class SourceError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SourceError';
  }
}

export interface Connector<Config = unknown> {
  readonly id: string;
  /** Raised when `map` changes: raw records are then replayed. */
  readonly mapVersion: number;
  readonly configSchema: { parse(value: unknown): Config };
  readonly secretNames: readonly string[];
  /** Origin that the secrets are sent to; where it changes they are cleared. Wanted wherever there are secrets. */
  address?(config: Config): string;
  check(config: Config, context: Context): Promise<CheckResult>;
  discover(config: Config, context: Context): Promise<Discovery>;
  /**
   * Pages from the cursor on, `null` from the start. Never an array of everything. Streams are read in the order `discover`
   * names them. A cursor that does not move before `done` ends the run.
   */
  read(config: Config, stream: string, from: Cursor | null, context: Context): AsyncIterable<Page>;
  /**
   * Ids of all items that exist now, as `map` names them; throws where the list cannot be read to its end. Taken daily after
   * a complete sync: an item missing in two of them and not found by `look` is marked deleted. Absent: the tool tells deletions itself, or never.
   */
  census?(config: Config, context: Context): AsyncIterable<string[]>;
  /** A direct look at one item. Wanted wherever `census` is. `url`: where people open it, for tools that know it by a key in there. */
  look?(config: Config, externalId: string, context: Context, url?: string): Promise<Presence>;
  /**
   * What in the config decides which records are the same (where it changes, what was read is dropped and read again)
   * and what `map` reads of it (where it changes, what was read is mapped anew). Absent: `map` reads all of it.
   */
  dependsOn?(config: Config): { identity: Json; mapping: Json };
  /** Deterministic: the same raw record gives the same rows, whenever asked. Throws `RejectedRecord`. */
  map(config: Config, stream: string, record: RawRecord): MappedRecord;
}
