export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

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
