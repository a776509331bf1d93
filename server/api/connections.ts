import type { ItemSummary } from './items.js';
import type { ConnectionQuality } from './quality.js';
import type { ConnectionState } from './state.js';

/** `GET /api/connectors`: the tools that can be connected, and what each wants to know. */
export interface ConnectorForm {
  id: string;
  fields: ConnectorField[];
  /** Names of the tokens and passwords it wants; their values are written once and never shown. */
  secrets: string[];
}

export interface ConnectorField {
  name: string;
  /** `list`: texts; `object`: given on the command line only. */
  kind: 'text' | 'number' | 'choice' | 'yes-no' | 'list' | 'object';
  isRequired: boolean;
  default: unknown;
  choices: string[];
}

/** Body of `POST /api/connections/test` and `POST /api/connections`. */
export interface ConnectionRequest {
  name: string;
  connector: string;
  config: Record<string, unknown>;
  secrets: Record<string, string>;
}

/** What the tool let us read, before anything was stored. */
export interface ConnectionTest {
  isOk: boolean;
  /** One sentence each: what was found, or what is wrong and what to do. */
  findings: string[];
  /** Statuses of the tool with the meanings guessed. */
  statuses: { name: string; meaning: StatusMeaning }[];
  capabilities: ConnectionQuality['capabilities'];
}

export type StatusMeaning = 'ours_active' | 'ours_waiting' | 'customer' | 'third_party' | 'done' | 'cancelled' | 'unmapped';

/** `GET /api/connections/:name`. */
export interface ConnectionDetail extends ConnectionState {
  /** `needs_auth`: its credentials are refused, give new ones. */
  state: 'active' | 'paused' | 'needs_auth';
  /** A live tool, not a file or what is sent to us. */
  isLive: boolean;
  config: Record<string, unknown>;
  secrets: { name: string; setAt: string }[];
  everySeconds: number | null;
  /** ISO; null: only when asked to. */
  nextSyncAt: string | null;
  failures: number;
  lastError: string | null;
  running: ConnectionProgress | null;
  /** Records in quarantine that somebody decided need not be read. */
  dismissed: number;
  /** Records of the last 30 days that came later than the overlap reaches back: only a deeper look found them. */
  lateRows: number;
  heldCensus: HeldCensus | null;
  /** The latest first. */
  runs: ConnectionRun[];
  statuses: { name: string; meaning: StatusMeaning; items: number }[];
  teams: { name: string; items: number }[];
}

/** A census that missed so many items that nothing was counted as gone. `POST …/census/confirm` with `missing`: they are gone. */
export interface HeldCensus {
  /** ISO. */
  takenAt: string;
  items: number;
  missing: number;
  /** Ten of them, the latest. */
  examples: { externalId: string; title: string | null; url: string | null }[];
}

/** `GET /api/connections/:name/progress`: cheap enough to be asked every second. */
export interface ProgressResponse {
  running: ConnectionProgress | null;
}

/**
 * `GET /api/connections/:name/quarantine?code&dismissed&offset&limit`. `POST …/quarantine/dismiss` with `id`, `code` or `all`:
 * these need not be read.
 */
export interface QuarantineResponse {
  /** What waits, or what was dismissed, by code; the most first. */
  codes: { code: string; n: number }[];
  /** Of the code asked for, or of all; the oldest first. */
  records: {
    id: string;
    stream: string;
    externalId: string | null;
    position: string;
    code: string;
    /** In the words of whoever refused it. */
    reason: string;
    /** As it came, cut off after some thousand characters. */
    raw: string;
    /** ISO. */
    firstSeenAt: string;
  }[];
}

/** `POST /api/connections/:name/preview`: what other meanings would change in the latest items that had one of the statuses. */
export interface MeaningPreview {
  items: { id: string; externalId: string; title: string | null; before: MeaningEffect; after: MeaningEffect }[];
}

export interface MeaningEffect {
  outcome: ItemSummary['outcome'];
  /** Open time by court, in whole seconds. */
  seconds: Record<'ours_active' | 'ours_waiting' | 'customer' | 'third_party', number>;
}

export interface ConnectionProgress {
  startedAt: string;
  stream: string | null;
  records: number;
  recordsPerSecond: number;
  done: number | null;
  total: number | null;
  secondsLeft: number | null;
  /** ISO: a limit of the tool is waited for until then. */
  waitingUntil: string | null;
}

export interface ConnectionRun {
  stream: string;
  state: string;
  startedAt: string;
  finishedAt: string | null;
  fetched: number;
  inserted: number;
  updated: number;
  unchanged: number;
  duplicate: number;
  quarantined: number;
  warnings: Record<string, number>;
  error: string | null;
}
