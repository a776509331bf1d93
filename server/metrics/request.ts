import { Temporal } from 'temporal-polyfill';
import { calendars, dimensions, type Calendar, type Dimension, type Grain } from '#dashboards/metric-result.js';
import type { MetricOptions } from './options.js';

export interface MetricRequest extends MetricOptions {
  metric: string;
  /** Local dates in `zone`, `YYYY-MM-DD`, `to` exclusive. */
  from: string;
  to: string;
  grain: Grain;
  /** Whose weeks, months, quarters and years. Default: Gregorian. */
  calendar?: Calendar;
  /** IANA zone. */
  zone: string;
  by?: Dimension | null;
  /** Names; the empty text stands for none. A unit must match one of each dimension's. */
  filters?: Partial<Record<Dimension, string[]>>;
  /**
   * As known at an ISO instant: nothing later counts; of several connections at the instant of each, by name, those not named being
   * unknown. Default: the data's own time. Exact but for items reopened since, whose final finish alone is kept.
   */
  asOf?: string | Readonly<Record<string, string>>;
}

export const itemParts = ['all', 'numerator', 'remainder', 'excluded'] as const;

/** A mark of a result, and the part of the list behind it. */
export interface ItemsRequest extends MetricRequest {
  /** As in the row of the result. */
  bucket: string;
  /** `by` of the row; null for units that have none. Absent where the result had no break-down. */
  segment?: string | null;
  /**
   * `all`: the `n` units counted. `numerator`: those that make the numerator; `remainder`: the
   * others. `excluded`: those left out. Default all.
   */
  part?: (typeof itemParts)[number];
  offset?: number;
  limit?: number;
}

/** Asked for something that does not exist or makes no sense: the message names the value and the known ones. */
export class MetricError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MetricError';
  }
}

export const grains = ['day', 'week', 'month', 'quarter', 'year', 'all'] as const;

/** The answer to whoever wants periods put together. */
export const neverRolledUp =
  'A period is counted from its items; percentiles are never averaged or rolled up from shorter periods. Ask for the longer one itself: a wider window with grain all.';

/** Throws `MetricError` for the first thing that is wrong. */
export function checkRequest(request: MetricRequest): void {
  if (!grains.includes(request.grain))
    throw new MetricError(`Unknown grain "${request.grain}"; known: ${grains.join(', ')}. ${neverRolledUp}`);
  if (request.calendar !== undefined) known('calendar', request.calendar, calendars);
  if (request.by != null) known('dimension', request.by, dimensions);
  for (const dimension of Object.keys(request.filters ?? {})) known('dimension', dimension, dimensions);
  if (request.clock !== undefined) known('clock', request.clock, ['calendar', 'business']);
  if (request.level !== undefined) known('level', request.level, ['team', 'person']);
  const from = localDate('from', request.from);
  const to = localDate('to', request.to);
  if (Temporal.PlainDate.compare(from, to) >= 0) {
    throw new MetricError(`The window from ${request.from} to ${request.to} is empty: "to" is exclusive and must be a later date.`);
  }
  const wrong = [request.asOf ?? []]
    .flatMap((asOf) => (typeof asOf === 'string' ? asOf : Object.values(asOf)))
    .find((at) => !isInstant(at));
  if (wrong !== undefined) throw new MetricError(`"asOf" is "${wrong}", which is no instant; write it as 2026-03-01T00:00:00Z.`);
  try {
    from.toZonedDateTime(request.zone);
  } catch (cause) {
    throw new MetricError(`Unknown time zone "${request.zone}"; give an IANA name such as Europe/Istanbul.`, { cause });
  }
}

/** Throws `MetricError`, naming the known ones, for a value that is none of them. */
export function known(what: string, value: string, values: readonly string[]): void {
  if (!values.includes(value)) throw new MetricError(`Unknown ${what} "${value}"; known: ${values.join(', ')}.`);
}

function isInstant(value: string): boolean {
  try {
    return Temporal.Instant.from(value).epochNanoseconds !== undefined;
  } catch {
    return false;
  }
}

function localDate(name: string, value: string): Temporal.PlainDate {
  try {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) throw new RangeError('not YYYY-MM-DD');
    return Temporal.PlainDate.from(value, { overflow: 'reject' });
  } catch (cause) {
    throw new MetricError(`"${name}" is "${value}", which is no date; write it as YYYY-MM-DD.`, { cause });
  }
}
