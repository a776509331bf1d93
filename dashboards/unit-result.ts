import type { NotMeasurable } from './metric-result.js';

/** One unit behind a number: an item, a handoff, a promise. */
export interface UnitRow {
  itemId: string;
  /** The item as its tool names it. */
  externalId: string;
  title: string | null;
  /** What the metric tells of a unit, by its names. Instants are seconds since 1970 on the clock of the zone; null: there is none. */
  tells: Record<string, number | string | null>;
  /** What it is made of, oldest first, such as the dates of a promise; empty where the metric tells no parts. */
  parts: Record<string, number | string | null>[];
}

/** The units behind a number, or a sample of them. Numbers over all of them are the metric's, never worked out from these. */
export interface UnitResult {
  metric: string;
  /** All there are; `rows` has as many or fewer. */
  total: number;
  rows: UnitRow[];
  /** The data's own time, as instants in `tells`. */
  asOf: number | null;
  absent: NotMeasurable[];
}
