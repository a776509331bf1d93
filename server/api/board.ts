import type { FinishedChart, Headline } from '#dashboards/dashboard.js';
import type { Dimension, MetricInfo, MetricResult } from '#dashboards/metric-result.js';
import type { ChartNote } from '#dashboards/note.js';
import type { TargetVerdict } from '#dashboards/target.js';
import type { ErrorResponse } from './error.js';
import type { ChartTargetPlace } from './targets.js';

/** `GET /api/boards/:id?from&to&period&calendar&grain&by&<dimension>=…&compare&clock&lang&digits&theme`. */
export interface BoardResponse {
  board: string;
  title: string;
  description: string;
  asOf: string | null;
  /** Local dates, half-open, as answered: the default window where none was asked. */
  from: string;
  to: string;
  charts: ChartResponse[];
  /** Query parameters nobody knows: told, not dropped. */
  unknownParameters: string[];
}

/**
 * `GET /api/boards/:id/charts?…&chart=…`, same parameters as a board, a JSON line each: the board with the ids of its charts, then every
 * chart in that order as soon as it is answered; or those that are named alone, each as soon as it is there. Lines that end before the last
 * chart were broken off by an error, which the last line tells.
 */
export type BoardLine =
  { board: Omit<BoardResponse, 'asOf' | 'charts'> & { charts: string[] } } | { chart: ChartResponse } | { error: ErrorResponse };

/** What `composeChart` made, with the plain answer to the first of the chart's queries. The page draws it and adds nothing. */
export interface ChartResponse extends FinishedChart {
  info: MetricInfo;
  result: MetricResult;
  /** The one type all of it is of, because types share no percentile; null: all that was asked for. */
  ofType: string | null;
  /** The change of its headline can be split: `GET /api/charts/:id/why`. */
  canAskWhy: boolean;
  /** Null where the chart leads with no single number. */
  target: ChartTargetPlace | null;
}

/** `GET /api/headlines?…`, same parameters as a board: the first number of each board, for the home page and the summary. */
export interface HeadlinesResponse {
  asOf: string | null;
  from: string;
  to: string;
  headlines: HeadlineResponse[];
  unknownParameters: string[];
}

export interface HeadlineResponse {
  board: string;
  chart: string;
  metric: string;
  asOf: string | null;
  title: string;
  summary: string;
  headline: Headline | null;
  evidence: Evidence;
  now: HeadlineValue | null;
  before: HeadlineValue | null;
  /** Against what the number is wanted to be; null where nothing is wanted of it in this window. */
  target: (TargetVerdict & { text: string }) | null;
}

/**
 * Is the change since the window before more than chance? `signal`: the 95 % intervals of the two windows lie apart; `noise`: they
 * overlap; `unclear`: a value is withheld or has no interval.
 */
export type Evidence = 'signal' | 'noise' | 'unclear';

export interface HeadlineValue {
  from: string;
  to: string;
  value: number | null;
  n: number;
  lo: number | null;
  hi: number | null;
  note: string | null;
}

/** `POST /api/notes`, `PATCH` and `DELETE /api/notes/:id`: what people know about a time. */
export interface Note extends ChartNote {
  /** Names by dimension that it is about; none for everything. A chart filtered to others does not draw it. */
  scope: Partial<Record<Dimension, string[]>>;
}

/** `GET /api/notes?from&to`, a list, the oldest first; `GET /api/notes/:id`. */
export interface NoteForAsker extends Note {
  /** It is about nothing beyond what the asker may see; others are changed by those who see all of it. */
  isWithin: boolean;
}

/** `GET /api/metrics/:id/sql?…`, same parameters as the metric: the SQL that gives its rows in Postgres, over the schema `measured`. */
export interface SqlResponse {
  metric: string;
  /** In the order they run; several where the metric is made of others. */
  statements: MetricStatement[];
}

export interface MetricStatement {
  sql: string;
  parameters: string[];
  /** Both as one text for psql. */
  script: string;
}

/** `GET /api/restatements?limit`: past weeks that say something else than they did, of the headline of each board; the latest first. */
export interface Restatement {
  /** ISO. */
  restatedAt: string;
  metric: string;
  /** Its Monday. */
  week: string;
  before: { value: number | null; n: number; asOf: string };
  /** `asOf` is null where there is no data any more. */
  after: { value: number | null; n: number; asOf: string | null };
  /**
   * `later-events`: what happened since, such as the finish of an item that was open. `history`: what was said differently of the time
   * before, such as a late import, a reopened item or a changed mapping, and words after a handoff, of which the instants are not kept.
   */
  cause: 'later-events' | 'history';
}
