import type { FinishedChart, Headline } from '#dashboards/dashboard.js';
import type { ChartNote } from '#dashboards/note.js';
import type { Sentence } from '#dashboards/sentences/sentence.js';
import type { Calendar, Dimension, MetricInfo, MetricResult, NotMeasurable, Unit } from '#dashboards/metric-result.js';

/** Types of what travels between server and page. The page imports nothing else of the server. */

/** How well a source tells one kind of history. */
export type Fidelity = 'full' | 'new-value-only' | 'snapshot-diff' | 'none';

export type Locale = 'en' | 'tr' | 'fa' | 'hy';

/** `GET /api/filters/:dimension?search=…`: names that contain it, however they are written; the first 60 of `total`. */
export interface NamesResponse {
  names: string[];
  total: number;
}

/** `this-…` runs to the last day of the data, `last-…` is the complete one before, `N-weeks` are complete weeks. */
export type PeriodWord =
  'default' | `${'this' | 'last'}-${'week' | 'month' | 'quarter' | 'year'}` | `${7 | 30 | 90 | 365}-days` | `${4 | 13 | 26 | 52}-weeks`;

/** `GET /api/state`: asked for first. */
export interface StateResponse {
  version: string;
  /** The sample company is loaded, and can be removed with `DELETE /api/sample`. */
  hasSample: boolean;
  /** Facts are being derived; numbers are those of the last complete version. */
  isDeriving: boolean;
  connections: ConnectionState[];
  /** In the order of the menu. */
  boards: { id: string; title: Record<Locale, string> }[];
  /** Values each filter offers, most frequent first. */
  filters: Record<string, string[]>;
  /** What periods in words mean in each calendar: local dates, half-open. They end with the data, not with the clock. */
  periods: Record<Calendar, Record<PeriodWord, { from: string; to: string }>>;
  zone: string;
}

export interface ConnectionState {
  name: string;
  connector: string;
  isSample: boolean;
  /** ISO. Null before the first complete sync. */
  asOf: string | null;
  lastCompleteAt: string | null;
  /** Why its numbers are older than they should be; null: they are not. */
  stale: { failures: number; isRefused: boolean; error: string | null } | null;
  items: number;
  quarantined: number;
  unmappedStatuses: string[];
  lastRun: { state: string; startedAt: string; finishedAt: string | null; error: string | null } | null;
}

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

/** What `composeChart` made, with the plain answer to the first of the chart's queries. The page draws it and adds nothing. */
export interface ChartResponse extends FinishedChart {
  info: MetricInfo;
  result: MetricResult;
  /** The one type all of it is of, because types share no percentile; null: all that was asked for. */
  ofType: string | null;
  /** The change of its headline can be split: `GET /api/charts/:id/why`. */
  canAskWhy: boolean;
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

/** What the change of a metric between two windows can be split by: a dimension, or the pair of teams of a handoff. */
export type DriverDimension = Dimension | 'pair';

/**
 * `GET /api/metrics/:id/drivers?from&to&against&by&value&<dimension>=…`: what changed since the window `against` (`previous`, the
 * equally long one just before, or `2026-01-01..2026-02-01`, half-open) and which segments carry it.
 */
export interface DriversResponse {
  metric: string;
  /** Which of several values it is about; null where the metric has one. */
  value: string | null;
  unit: Unit;
  zone: string;
  asOf: string | null;
  before: HeadlineValue;
  after: HeadlineValue;
  /** After minus before, in `unit`; null where one of the two is withheld. */
  change: number | null;
  evidence: Evidence;
  /** The dimension to look at: the one asked for, or the one that explains most; null where none explains more than chance does. */
  by: DriverDimension | null;
  /** The one that explains most first. Those with one segment alone are left out. */
  dimensions: DimensionDrivers[];
  absent: NotMeasurable[];
}

/** Of every dimension `mix` and `rate` add up to the change, and so do the contributions of its segments with `others`. */
export interface DimensionDrivers {
  by: DriverDimension;
  /**
   * Percent of the change that segments carry beyond what their size would, counting those alone where that is more than chance. 0
   * where all moved alike; above 100 where others moved against them.
   */
  explained: number;
  /** By the shares of the segments having changed. */
  mix: number;
  /** By the segments themselves having changed. */
  rate: number;
  /** Greatest share of the change first. */
  segments: SegmentDriver[];
  /** The rest, together: small ones, and those with fewer units in both windows than the metric needs. Null where there are none. */
  others: { segments: number; contribution: number; mix: number; rate: number } | null;
}

export interface SegmentDriver {
  /** Null for units that have none. Of a pair, the two names joined by ` → `. */
  segment: string | null;
  /** What it adds to the change, in the metric's unit, with its 95 % interval. */
  contribution: number;
  lo: number | null;
  hi: number | null;
  /** The contribution in percent of the change; below 0 it goes against it. */
  share: number;
  mix: number;
  rate: number;
  /** Is the contribution more than chance, given how many segments of how many dimensions were looked at (Bonferroni)? */
  evidence: Evidence;
  /** Null where it was not there. */
  before: SegmentValue | null;
  after: SegmentValue | null;
}

export interface SegmentValue {
  n: number;
  /** Percent of the whole. */
  weight: number;
  value: number | null;
  lo: number | null;
  hi: number | null;
  note: string | null;
}

/**
 * `GET /api/charts/:id/why?from&to&by&<dimension>=…&lang`, same parameters as a board; `by` is the dimension to look at: what the change
 * that the headline of a chart tells is made of, finished for reading. Answers 400 where `canAskWhy` is false.
 */
export interface WhyResponse {
  chart: string;
  metric: string;
  title: string;
  /** The one type the headline is of, because types share no percentile; null: all that was asked for. */
  ofType: string | null;
  /** What changed and who carries it; names nobody where nothing is more than chance. */
  summary: string;
  before: WhyValue;
  after: WhyValue;
  evidence: Evidence;
  /** The dimension of `segments`; null where none was asked for and none explains more than chance. */
  by: DriverDimension | null;
  /** Those that can be looked at, the one that explains most first. */
  dimensions: { by: DriverDimension; name: string; explained: string; isTelling: boolean }[];
  segments: WhySegment[];
  others: { name: string; contribution: string; mix: string; rate: string } | null;
  /** The change by the shares of the segments, and by the segments themselves; empty without segments. */
  split: string[];
  /** Null where no segment carries more than chance. */
  items: WhyItems | null;
  absent: NotMeasurable[];
}

export interface WhyValue {
  period: string;
  value: string;
  basis: string;
}

export interface WhySegment {
  /** As a filter takes it; null for units that have none. */
  segment: string | null;
  name: string;
  contribution: string;
  interval: string | null;
  share: string;
  mix: string;
  rate: string;
  before: string;
  after: string;
  evidence: Evidence;
  /** Where bar and interval end: percent of the longest, below 0 against the zero line. */
  bar: { at: number; lo: number | null; hi: number | null };
}

/** The items that weigh most in the first segment: on the worse side, of the window in which it was worse. */
export interface WhyItems extends ItemsResponse {
  by: Dimension;
  segment: string | null;
  part: 'all' | 'numerator' | 'remainder';
  /** Local dates, half-open. */
  from: string;
  to: string;
}

/** `GET /api/notes?from&to` (a list, oldest first), `POST /api/notes`, `PATCH` and `DELETE /api/notes/:id`: what people know about a time. */
export interface Note extends ChartNote {
  /** Names by dimension that it is about; none for everything. A chart filtered to others does not draw it. */
  scope: Partial<Record<Dimension, string[]>>;
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

/**
 * `GET /api/metrics/:id/items?…&bucket&segment&part&sort&order&offset&limit`: the very items behind a mark, the greatest contribution
 * first where nothing else is asked. An item is there once for each unit counted, so twice where both of its handoffs are; `total` is the
 * `n` of the mark. `…/items/download?…&format=csv|arrow&column=…` gives all of them as a file.
 */
export interface ItemsResponse {
  /** Name of the metric in the reader's language. */
  name: string;
  counts: MetricInfo['counts'];
  /** What `contribution` is: seconds, a number, or 1 and 0 for yes and no. */
  adds: 's' | 'n' | 'yes-no';
  total: number;
  items: ItemSummary[];
}

export interface ItemSummary {
  id: string;
  externalId: string;
  title: string | null;
  url: string | null;
  connection: string;
  type: string;
  team: string | null;
  customer: string | null;
  createdAt: string;
  finishedAt: string | null;
  outcome: 'open' | 'done' | 'cancelled' | 'unknown';
  /** What this item adds to the mark, in the metric's unit; null where it only counts. */
  contribution: number | null;
}

/** `GET /api/items/:id`: one item's story. */
export interface ItemResponse extends ItemSummary {
  service: string | null;
  channel: string | null;
  priority: string | null;
  asOf: string | null;
  intervals: {
    from: string;
    to: string | null;
    court: string;
    team: string | null;
    person: string | null;
    isFresh: boolean;
    isDuePast: boolean;
  }[];
  events: {
    at: string;
    kind: string;
    status: string | null;
    meaning: string | null;
    team: string | null;
    person: string | null;
    dueAt: string | null;
    side: string | null;
    isPublic: boolean | null;
    body: string | null;
    language: string | null;
    rating: number | null;
  }[];
  promises: {
    saidAt: string;
    dueAt: string;
    until: string | null;
    movedSeconds: number | null;
    isAfterDue: boolean | null;
    askedByCustomer: boolean;
  }[];
  handoffs: { level: string; at: string; from: string; to: string; waitSeconds: number | null; returns: string | null }[];
  /** `isIncoming`: the other item points at this one, so `becomes` reads "came from". */
  links: {
    kind: string;
    isIncoming: boolean;
    id: string;
    at: string;
    externalId: string;
    title: string | null;
    connection: string;
    url: string | null;
  }[];
}

/** `GET /api/today?…`, same parameters as a board: what the first page says. */
export interface TodayResponse {
  asOf: string | null;
  from: string;
  to: string;
  zone: string;
  /** The last complete week; local dates, half-open. Null where there is none. */
  week: { from: string; to: string } | null;
  /** The answer first, in a sentence or two. */
  verdict: string[];
  sentences: Sentence[];
  /** The first chart of each leading board. */
  answers: TodayAnswer[];
  /** The most pressing items, and how many there are. */
  watch: WatchResponse;
  unknownParameters: string[];
}

export interface TodayAnswer {
  board: string;
  title: string;
  chart: ChartResponse;
}

/**
 * Why an open item is on the watch list. `late-untold`: its date has passed, `silent-untold`: the ball is ours and we have said nothing
 * for longer than promised, and in both what we said gives no reason or date that still holds; `late`: late, and told or nobody can tell;
 * `likely-late`: rather late than not.
 */
export type WatchReason = 'late-untold' | 'silent-untold' | 'late' | 'likely-late';

/**
 * `GET /api/watch?reason&sort&handled&offset&limit&<dimension>=…`: open items as the data of their connections ends; without `reason`
 * all that have one. `total` and `counts` leave out the handled ones unless `handled=shown`.
 */
export interface WatchResponse {
  asOf: string | null;
  zone: string;
  /** Open items that match the filters, those on their course included. */
  open: number;
  total: number;
  /** An item has several reasons at a time. */
  counts: Record<WatchReason, number>;
  /** Items late or silent whose customer was not told; null where no source tells messages. */
  untold: number | null;
  /** Handled ones that match the filters. */
  handled: number;
  items: WatchItem[];
  /** What connections cannot tell. */
  absent: NotMeasurable[];
  unknownParameters: string[];
}

/** Lengths of time in seconds. */
export interface WatchItem {
  id: string;
  externalId: string;
  title: string | null;
  url: string | null;
  connection: string;
  type: string;
  team: string | null;
  customer: string | null;
  /** ISO: the data's own time of its connection. */
  asOf: string;
  reasons: WatchReason[];
  /** The date in force and, where it was moved, the first one; ISO. */
  dueAt: string | null;
  firstDueAt: string | null;
  isLate: boolean;
  /** 0 to 1, with how many like it in the history bear it; null where too few do, or where it has no date. */
  chance: { late: number; basis: 'promises' | 'type-priority' | 'type' | 'all'; n: number } | null;
  /** After its date, by which half of such items are finished. */
  expectedOverrun: number | null;
  court: string | null;
  courtSince: string | null;
  /** Since our last public word, or the creation where there is none. */
  silence: number | null;
  hasWord: boolean;
  isTold: boolean | null;
  mark: WatchMark | null;
}

export interface WatchMark {
  by: string;
  note: string;
  /** ISO. */
  at: string;
  /** It still holds: the item stays off the list. */
  isHandled: boolean;
  /** What has happened since, where it does not. */
  since: 'new-date' | 'date-passed' | 'reopened' | null;
}

/** `GET /api/watch/customers?…`: whom to call, the greatest exposure first: most items untold, then most expected to be late. */
export interface WatchCustomersResponse {
  asOf: string | null;
  total: number;
  customers: WatchCustomer[];
}

export interface WatchCustomer {
  /** Null for items without one. */
  customer: string | null;
  items: number;
  /** Late or silent, and not told. */
  untold: number;
  /** The sum of the chances of its items. */
  expectedLate: number;
  longestSilence: number | null;
  /** Its most pressing items. */
  worst: WatchItem[];
}

/** `GET /api/quality`: how far the data of each connection can be trusted. */
export interface QualityResponse {
  connections: ConnectionQuality[];
}

export interface ConnectionQuality {
  name: string;
  items: number;
  /** Absent is a check whose signal the source does not tell. `of`: items that could have the fault. */
  findings: { check: string; n: number; of: number }[];
  /** What the source tells of each signal. `from`: ISO, history before it is not to be trusted; null where it reaches back to the start. */
  capabilities: { signal: string; fidelity: Fidelity; reason: string | null; from: string | null }[];
  bots: { people: number; of: number; messages: number; ofMessages: number };
  /** Records that wait, by reason code. */
  quarantine: { code: string; n: number }[];
  /** What was read in a way worth knowing, by code, in the last run that brought something new. */
  warnings: { code: string; n: number }[];
}

/** `GET /api/quality/items?connection&check&offset&limit`: the items behind a finding, the oldest first. */
export interface QualityItemsResponse {
  total: number;
  items: { id: string; externalId: string; title: string | null; url: string | null; type: string; createdAt: string | null }[];
}

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

/** `POST /api/beliefs` with metric, answer and, where told, person, from, to and filters: the answer is kept before the number is looked up. */
export interface BeliefResponse {
  metric: string;
  person: string;
  from: string;
  to: string;
  /** Percent. */
  answer: number;
  /** Percent; null where it is withheld or not measurable: see `note` and `absent`. */
  number: number | null;
  /** Percentage points. */
  gap: number | null;
  n: number;
  lo: number | null;
  hi: number | null;
  note: string | null;
  absent: MetricResult['absent'];
}

/** `GET /api/search?text&lang`: what a reader may mean by a few letters; a few of each kind, the likeliest first. */
export interface SearchResponse {
  charts: { board: string; boardTitle: string; chart: string; title: string }[];
  names: { dimension: Dimension; name: string }[];
  /** Those with that very key or number. */
  items: { id: string; externalId: string; title: string | null; connection: string; type: string }[];
}

/** `GET /api/views`; `POST`, `PATCH` and `DELETE` keep, change and remove one. */
export interface SavedView {
  id: string;
  name: string;
  owner: string;
  /** The page, such as `/boards/delay`. */
  path: string;
  /** As it stands in the address, without the question mark. */
  query: string;
  /** Opened where its owner opens the page without a choice. */
  isDefault: boolean;
  /** ISO. */
  savedAt: string;
}

/** Every error: what is wrong, with the value, and the remedy. */
export interface ErrorResponse {
  statusCode: number;
  message: string;
  /** To find it in the log. */
  errorId: string;
}
