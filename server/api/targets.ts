import type { Dimension, Unit } from '#dashboards/metric-result.js';
import type { TargetVerdict } from '#dashboards/target.js';

/**
 * `GET /api/targets?lang&digits&calendar`, by metric; `POST /api/targets` sets one, `PATCH /api/targets/:id` changes its value from a
 * day on, its way or its note, `DELETE /api/targets/:id` removes it with its history. Texts are in the language asked.
 */
export interface Target {
  id: string;
  metric: string;
  /** Which of the metric's values; null where it has one. */
  part: string | null;
  unit: Unit;
  /** Names by dimension that it is for; none for the whole company. */
  scope: Partial<Record<Dimension, string[]>>;
  /** Null: set by hand. */
  ratchet: Ratchet | null;
  /** Never empty; the oldest first. Each value holds until the next. */
  moves: TargetMove[];
}

/** Looks at the median of the last complete weeks at the end of each period, and follows it where it is better beyond chance. */
export interface Ratchet {
  every: 'month' | 'quarter';
  weeks: number;
}

export interface TargetMove {
  /** First local day it holds. */
  from: string;
  /** In the metric's unit. */
  value: number;
  /** Formatted, in the language asked. */
  text: string;
  /** Null: the ratchet moved. */
  by: string | null;
  note: string | null;
  /** What a ratchet saw; null where a person gave the value. Values in the metric's unit. */
  seen: { from: string; to: string; weeks: number; median: number; lo: number | null; hi: number | null } | null;
  /** ISO. */
  movedAt: string;
}

/** Whether the number a chart leads with can have a target, and what it is. */
export interface ChartTargetPlace {
  metric: string;
  part: string | null;
  unit: Unit;
  /** What a target set here would be for: the filters of the number. */
  scope: Target['scope'];
  /** Why it can have none; null: it can. */
  refusal: string | null;
  /** It has an interval, so that a ratchet can follow it. */
  canFollow: boolean;
  /**
   * Local date a value set now would hold from, unless another is said: the quarter, or of a target
   * that is changed the week, in which the window ends.
   */
  from: string;
  target: Target | null;
}

/** A target with what was measured in a window. `verdict` is null where the value is withheld or no target holds. */
export interface TargetCheck {
  target: Target;
  from: string;
  to: string;
  value: number | null;
  n: number;
  lo: number | null;
  hi: number | null;
  verdict: TargetVerdict | null;
}
