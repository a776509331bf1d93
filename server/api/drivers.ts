import type { Dimension, NotMeasurable, Unit } from '#dashboards/metric-result.js';
import type { Evidence, HeadlineValue } from './board.js';
import type { ItemsResponse } from './items.js';

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
