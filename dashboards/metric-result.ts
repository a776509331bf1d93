/** How items still open are treated; see `docs` of each metric. */
export type Treatment = 'KM' | 'TW' | 'COH' | 'EVT' | 'FIN';

export type Family = 'consistency' | 'delay' | 'handoff' | 'visibility' | 'friction' | 'scale' | 'expectation';

/** `s` seconds · `%` 0 to 100 · `pp` percentage points · `x` a ratio of two durations · `n` a count. */
export type Unit = 's' | '%' | 'pp' | 'x' | 'n';

export type Grain = 'day' | 'week' | 'month' | 'quarter' | 'year' | 'all';

/** Whose weeks, months, quarters and years. */
export const calendars = ['gregorian', 'jalali'] as const;
export type Calendar = (typeof calendars)[number];

export const dimensions = ['team', 'type', 'service', 'channel', 'priority', 'customer', 'group', 'connection', 'language'] as const;
export type Dimension = (typeof dimensions)[number];

/** One value with everything a reader needs to trust it. Null value: withheld or not reached; `note` says which. */
export interface MetricRow {
  /** First local day of the bucket, `YYYY-MM-DD`; `all` for the whole window. */
  bucket: string;
  /** Name of the segment; null without a break-down, and for items that have none. */
  by: string | null;
  /** Of a pair, as in the handover matrix: from whom to whom. `by` then joins the two names with ` → `. */
  pair?: [from: string, to: string];
  /** Of a curve: the age at which it is read, in seconds since its beginning; `by` names the step that ends there. */
  atSeconds?: number;
  /** In the metric's unit. Absent where `values` stands. */
  value?: number | null;
  /** Several named values, `p50`, `p85`, `p95`, each in the metric's unit. */
  values?: Record<string, number | null>;
  /** Units counted: items, handoffs or promises, as the metric says. */
  n: number;
  numerator?: number;
  denominator?: number;
  /** 95 % interval of `value`, or of the first of `values`. */
  lo: number | null;
  hi: number | null;
  /**
   * Machine-readable, several joined by `;`: `empty` (nothing to count), `too-few`, `not-reached` (`lo` is then "at least"),
   * `undefined` (divided by nothing), `too-few:p95` and `not-reached:p95` (that of several values alone; the first is there),
   * `mixed-types` (a percentile over items of several types: filter or break down by type for one kind of work),
   * `running` (the period is not over), `partial` (the window cuts the period), `excluded:12`; in a process behaviour chart also
   * `baseline`, `signal:outside`, `signal:run`, `signal:moving-range`, in a funnel `outside:95` and `outside:998`.
   */
  note: string | null;
}

/** Asked for and not measurable: the reason, per connection left out. */
export interface NotMeasurable {
  connection: string;
  signal: string;
  reason: string;
}

export interface MetricResult {
  metric: string;
  family: Family;
  unit: Unit;
  treatment: Treatment;
  /** Local dates in `zone`, half-open. */
  from: string;
  to: string;
  zone: string;
  grain: Grain;
  /** Of the buckets. Absent: Gregorian. */
  calendar?: Calendar;
  by: Dimension | null;
  /** The data's own time, ISO. */
  asOf: string | null;
  rows: MetricRow[];
  /** Connections whose history cannot support the metric. `rows` is empty where none can. */
  absent: NotMeasurable[];
}

/** What is shown next to a number; one per metric file. */
export interface MetricInfo {
  id: string;
  family: Family;
  /** The definition in words, English; what happens to open and reopened items included. */
  definition: string;
  unit: Unit;
  treatment: Treatment;
  /** Which way is better. */
  direction: 'lower' | 'higher' | 'neither';
  /** What `n` counts. */
  counts: 'items' | 'handoffs' | 'promises' | 'resolutions' | 'messages' | 'ratings' | 'journeys' | 'answers';
  /** Names in `values`, in order; empty where the metric has one `value`. */
  values: string[];
  /** Units of those `values` that are not in `unit`. */
  units?: Record<string, Unit>;
  minimumN: number;
  needs: string[];
  source: string;
  /** It can also be read on the business clock. */
  hasBusinessClock?: true;
  /** Read from texts: how well, on labelled ones. Absent where nothing is read. */
  estimate?: Estimate;
}

/** Of `n` labelled texts, 0 to 1: how much of what was found was meant, and how much of what was meant was found. */
export interface Estimate {
  precision: number;
  recall: number;
  n: number;
  /** The same on texts that did not help to make it: the figure to expect elsewhere. */
  unseen: { precision: number; recall: number; n: number } & EstimateRange;
  /** Of the unseen texts of each language; null where they are too few to say. */
  languages: ({ language: string; precision: number | null; recall: number | null; n: number } & EstimateRange)[];
}

/** 95 % intervals of Wilson 1927, lower and upper end; null where there is nothing to say. */
export interface EstimateRange {
  precisionRange: [number, number] | null;
  recallRange: [number, number] | null;
}
