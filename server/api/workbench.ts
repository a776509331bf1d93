/** `GET /api/workbench/state`: whether queries can be run by whoever asks, and within which limits. */
export interface WorkbenchState {
  isOn: boolean;
  /** Why it is off and what to do, a sentence; null while it is on. */
  reason: string | null;
  /** The attacks of the start are still being tried; a moment later it is on or off. */
  isChecking: boolean;
  /** Version of PostgreSQL, such as `18.4`. */
  server: string;
  /** The version that repairs what a reader of SQL could abuse, such as `18.7`; null where the server has it. */
  floor: string | null;
  /** Below it, too, others than administrators may ask: the settings say so. */
  isOpenBelowFloor: boolean;
  limits: WorkbenchLimits;
}

export interface WorkbenchLimits {
  rows: number;
  /** As they come from the database. */
  bytes: number;
  seconds: number;
  /** At the same time: of one person, and of all. */
  perPerson: number;
  inAll: number;
}

/** `GET /api/workbench/schema`: what can be asked of. */
export interface WorkbenchSchema {
  views: SchemaView[];
  /** Worked queries, ready to run. */
  examples: { name: string; about: string; sql: string }[];
}

export interface SchemaView {
  name: string;
  comment: string;
  /** `type` as Postgres names it. */
  columns: { name: string; type: string; comment: string }[];
}

export type QueryParameterType = 'text' | 'integer' | 'number' | 'boolean' | 'date' | 'instant';

/** The first parameter is `$1` in the text, the second `$2`. Values travel as text: `42`, `true`, `2026-03-01`, `2026-03-01T09:00:00Z`. */
export interface QueryParameter {
  /** Lower-case letters, digits and `_`; `p.<name>` in a link. */
  name: string;
  type: QueryParameterType;
  /** Null: none. */
  default: string | null;
}

/** Of `POST /api/workbench/runs` and `POST /api/workbench/explain`. `null` as a value is SQL's null. */
export interface QueryRunRequest {
  /** One query, without a semicolon at the end. */
  text: string;
  parameters?: { type: QueryParameterType; value: string | null }[];
}

/**
 * A line of the answer of `POST /api/workbench/runs`, which is NDJSON. The last one is `end` or
 * `error`; without it the answer is not whole.
 */
export type QueryRunMessage =
  /** All places are taken; `position` 1 is next. May come again. */
  | { kind: 'waiting'; position: number }
  /** `run` cancels it: `DELETE /api/workbench/runs/:run`. Comes first, and again when it has waited and its turn is there. */
  | { kind: 'started'; run: string }
  | { kind: 'columns'; columns: QueryColumn[] }
  | { kind: 'rows'; rows: QueryCell[][] }
  | QueryRunEnd
  | ({ kind: 'error' } & QueryError);

export interface QueryColumn {
  name: string;
  /** As Postgres names it. */
  type: string;
  /** How to sort, align and draw it. `integer` and `number` cells may be texts of digits, where a JavaScript number would lose some. */
  kind: 'text' | 'integer' | 'number' | 'boolean' | 'instant' | 'date';
}

/** Instants are ISO in UTC, days `2026-03-01`; 64-bit whole numbers and decimals are texts of digits. */
export type QueryCell = string | number | boolean | null;

export interface QueryRunEnd {
  kind: 'end';
  rows: number;
  bytes: number;
  milliseconds: number;
  /** Which limit cut it short; null: it is whole. */
  cutAt: 'rows' | 'bytes' | null;
}

/** Why there is no answer, or no whole one. */
export interface QueryError {
  /**
   * `query`: the text is wrong; `time`: took longer than it may; `cancelled`; `busy`: too many at
   * once; `off`; `failed`: here, not in the text.
   */
  reason: 'query' | 'time' | 'cancelled' | 'busy' | 'off' | 'failed';
  message: string;
  /** Of PostgreSQL. */
  sqlState: string | null;
  /** Character of the text, from 1. */
  position: number | null;
}

/** `POST /api/workbench/explain`. A text that cannot be planned gives `error`. */
export type ExplainResponse = { plan: PlanNode; milliseconds: number } | { error: QueryError };

export interface PlanNode {
  /** Such as `Hash Join`. */
  kind: string;
  /** What is read, by name; null where nothing is. */
  relation: string | null;
  /** Estimates of the planner; costs in its own unit, up to the last row. */
  rows: number;
  cost: number;
  /** Conditions and keys, in the planner's words, such as `Hash Cond: (a.id = b.id)`. */
  details: string[];
  children: PlanNode[];
}

/** `GET /api/workbench/history`: one's own runs, the latest first, 200 at most. */
export interface QueryHistory {
  runs: PastRun[];
}

export interface PastRun {
  run: string;
  /** ISO. */
  at: string;
  text: string;
  parameters: { type: QueryParameterType; value: string | null }[];
  /** `running` also where the server was stopped meanwhile. */
  outcome: 'running' | 'done' | 'cut' | QueryError['reason'];
  rows: number | null;
  bytes: number | null;
  milliseconds: number | null;
  sqlState: string | null;
}

/**
 * `GET /api/workbench/queries`: one's own and those others share, by title. `POST`, `PATCH` and
 * `DELETE /:id` keep, change and remove; `GET /:id` is one.
 */
export interface KeptQuery extends KeptQueryContent {
  id: string;
  /** Name of who keeps it. */
  owner: string;
  /** Account of the owner; null: nobody signed in, or the account was removed. */
  ownerId: string | null;
  /** May be changed and removed by who asks. */
  isOwn: boolean;
  /** ISO. */
  changedAt: string;
}

export interface KeptQueryContent {
  title: string;
  text: string;
  parameters: QueryParameter[];
  isShared: boolean;
}
