import type { ViewFormat } from '../exports/formats.js';
import type { Rhythm } from '../schedules/rhythm.js';
import type { OwnerShown, OwnerTold } from './schedules.js';
import type { Locale } from './state.js';
import type { QueryRunRequest } from './workbench.js';

export type { ViewFormat } from '../exports/formats.js';

/** `GET /api/exports`. */
export interface ExportsResponse {
  /** Of the schema `analytics`: the first number grows when a query written for it may break. */
  version: string;
  /** By name. */
  views: ExportableView[];
}

/** `GET /api/exports/:view?format=parquet&raw=1`, or with an `Accept` of the kind of file. */
export interface ExportableView {
  name: string;
  comment: string;
  columns: { name: string; type: string; comment: string }[];
  /** Counted, or as the planner guesses. Null: not told, because it counts more than the asker may see, or it is not known yet. */
  estimatedRows: number | null;
}

/**
 * `POST /api/exports/query`. Answers with the file. Header `throughline-estimated-rows` says how many rows are likely, so that progress
 * can be drawn; a file that broke off ends in a broken connection, never like a whole one.
 */
export interface QueryExportBody {
  /** Of the text or of the saved query, one. */
  sql?: string;
  /** Of `sql`: for its $1, $2, …, as `POST /api/workbench/runs` takes them. */
  values?: QueryRunRequest['parameters'];
  savedQuery?: string;
  /** Of the saved query: values by name, bound, never pasted. Those left out are the ones kept with it. */
  parameters?: Record<string, string | null>;
  format: ViewFormat;
  /** CSV: cells a spreadsheet would run as formulas stay as they are. Default false. */
  raw?: boolean;
}

/** What a scheduled export takes. `watch`: the open items that somebody should look at, as the watch list shows them. */
export type ExportSource =
  | { kind: 'view'; view: string }
  | { kind: 'query'; savedQuery: string; parameters: Record<string, string | null> }
  | { kind: 'watch'; filters: Partial<Record<string, string[]>> };

/** Where it goes. `folder`: below the data directory, under a name that the server chooses. */
export type ExportDestination =
  | { kind: 'folder' }
  /** As an attachment, or as a link where it is larger than 10 MB. */
  | { kind: 'mail'; recipients: string[]; locale: Locale }
  /** Any storage that speaks S3. `prefix` goes before the name; the secret key is sealed, and told by nobody again. */
  | { kind: 'bucket'; endpoint: string; region: string; bucket: string; prefix: string; accessKeyId: string };

/**
 * What a person says of it: the body of `POST /api/export-schedules`, and of
 * `PATCH /api/export-schedules/:id`, which wants the whole of it.
 */
export interface ExportScheduleBody extends OwnerTold {
  name: string;
  source: ExportSource;
  format: ViewFormat;
  isRaw: boolean;
  destination: ExportDestination;
  rhythm: Rhythm;
  /** IANA. */
  zone: string;
  /** Who is told of what went wrong; null: it is shown here alone. */
  ownerAddress: string | null;
  /** Of a bucket. Needed with a new one, and again when its address or key changes. */
  secretAccessKey?: string;
}

/** `GET /api/export-schedules`, by name. */
export interface ExportSchedule extends Omit<ExportScheduleBody, 'secretAccessKey' | keyof OwnerTold>, OwnerShown {
  id: string;
  isPaused: boolean;
  /** When it is due next; null while it is paused. */
  next: { localDue: string; dueAt: string } | null;
  lastRun: ExportRun | null;
}

export type ExportRunStatus = 'planned' | 'making' | 'made' | 'skipped' | 'failed';

/**
 * `GET /api/export-schedules/:id/runs`, the latest first. `POST …/:id/run` makes today's due now, `POST …/runs/:run/retry` a failed one.
 */
export interface ExportRun {
  id: string;
  zone: string;
  /** Local time of the zone, as `2026-03-29T08:00`. */
  localDue: string;
  /** ISO. */
  dueAt: string;
  status: ExportRunStatus;
  reason: 'missed' | 'making' | 'refused' | 'abandoned' | null;
  /** What was told of a failure. */
  detail: string | null;
  isLate: boolean;
  attempts: number;
  finishedAt: string | null;
  file: ExportedFile | null;
}

/** What a run made. `GET /api/export-schedules/runs/:run/file` gives it while it is kept here. */
export interface ExportedFile {
  name: string;
  bytes: number;
  /** Where it went: a path below the data directory, `s3://bucket/key`, or the addresses it was sent to. */
  place: string;
}
