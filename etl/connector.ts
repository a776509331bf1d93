/**
 * The contract between a tool and the rest of the house. A connector knows its tool and the canonical model;
 * it holds no database handle and writes nothing. One folder per tool: `client`, `payload`, `map`, `connector`.
 * It reads pages (`page`), maps each record to rows (`rows`), and says what it can tell (`capability`) and what words mean (`settings`).
 */

import type { Capabilities } from './capability.js';
import type { Network } from './http/network.js';
import type { Cursor, Json, Page, RawRecord, StreamDef } from './page.js';
import type { MappedRecord } from './rows.js';
import type { CalendarRow, ConnectionSettings } from './settings.js';

export { signals, type Capabilities, type Capability, type Signal } from './capability.js';
export type { Cursor, Json, Page, RawRecord, StreamDef, UnreadableRecord } from './page.js';
export * from './rows.js';
export * from './settings.js';
export * from './source-error.js';

/** What a direct look at an item finds. `hidden`: it may be there, but these credentials do not reach it; that is no deletion. */
export type Presence = 'present' | 'gone' | 'hidden';

export interface Context {
  signal: AbortSignal;
  now(): Date;
  secret(name: string): Promise<string>;
  /** How requests leave the house, for `createHttp`; absent: to public addresses only. */
  network?: Network;
}

export interface Discovery {
  streams: StreamDef[];
  capabilities: Capabilities;
  settings: Partial<ConnectionSettings>;
  calendars: CalendarRow[];
}

export interface CheckResult {
  ok: boolean;
  /** What was found or what is wrong, one sentence each, with the remedy. */
  findings: string[];
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
   * Ids of all items that exist now, as `map` names them; throws where the list cannot be read to its end. Taken daily after a complete
   * sync: an item missing in two of them and not found by `look` is marked deleted. Absent: the tool tells deletions itself, or never.
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
