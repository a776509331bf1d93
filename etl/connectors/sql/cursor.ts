import { Temporal } from 'temporal-polyfill';
import { SourceError } from '../../connector.js';
import type { SqlConfig } from './payload.js';

/**
 * What a cursor column holds. `instant`: a time with its zone, written in UTC. `local`: a time without one, in the zone of
 * the mapping. A value is text as the database writes it.
 */
export type CursorKind = 'instant' | 'local' | 'date' | 'number';

const defaultOverlap = { seconds: 900, ids: 1_000 };
/** A zone's clock goes back by at most so much in a night, and with it the column of a time without a zone. */
const clockChangeSeconds = 7_200;
const daySeconds = 86_400;

/** How far back of the value reached the next reading begins: ids, days or seconds, by kind. */
export function overlapOf(config: SqlConfig, kind: CursorKind): number {
  const given = config.cursor?.overlap;
  if (kind === 'number') return given ?? defaultOverlap.ids;
  const seconds = given ?? defaultOverlap.seconds;
  if (kind === 'date') return Math.max(1, Math.ceil(seconds / daySeconds));
  return kind === 'local' && config.mapping.times.zone !== 'UTC' ? seconds + clockChangeSeconds : seconds;
}

/** The closed lower bound of the next reading. Throws `SourceError` where an id is no whole number. */
export function lowerBound(kind: CursorKind, reached: string, overlap: number): string {
  if (kind === 'number') {
    if (!/^-?\d+$/.test(reached)) throw new SourceError(`The cursor column holds "${reached}"; a cursor that is a number must be whole.`);
    return String(BigInt(reached) - BigInt(overlap));
  }
  const parts = timeParts(reached);
  if (!parts) throw new SourceError(`The cursor stands at "${reached}", which is no time.`);
  const seconds = kind === 'date' ? overlap * daySeconds : overlap;
  return written(kind, parts.epochSeconds - seconds, parts.fraction);
}

/** The clock of the database, an instant in ISO, as the column would hold it. */
export function clockAs(kind: CursorKind, now: string, zone: string): string {
  if (kind === 'number') return now;
  const instant = Temporal.Instant.from(now);
  const local = instant.toZonedDateTimeISO(kind === 'instant' ? 'UTC' : zone).toPlainDateTime();
  const text = local.toString({ smallestUnit: 'second' }).replace('T', ' ');
  return kind === 'date' ? text.slice(0, 10) : text;
}

/** The later of two values, and never later than the clock: a date of next year must not hide what is written until then. */
export function further(kind: CursorKind, reached: string | null, value: string, clock: string): string | null {
  if (kind === 'number') return reached === null || BigInt(value) > BigInt(reached) ? value : reached;
  const moment = timeParts(value);
  if (!moment) return reached;
  const limit = timeParts(clock);
  const capped = limit && moment.epochSeconds > limit.epochSeconds ? clock : value;
  const before = reached === null ? null : timeParts(reached);
  return !before || (timeParts(capped)?.epochSeconds ?? 0) >= before.epochSeconds ? capped : reached;
}

/** Null for what is no time of the years 1 to 9999: `infinity`, or a year before Christ. */
function timeParts(text: string): { epochSeconds: number; fraction: string } | null {
  const match = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d)(\.\d+)?)?(?:Z|\+00)?$/.exec(text);
  if (!match) return null;
  const ms = Date.parse(`${match[1]}T${match[2] ?? '00:00:00'}Z`);
  return Number.isNaN(ms) ? null : { epochSeconds: ms / 1000, fraction: match[3] ?? '' };
}

function written(kind: CursorKind, epochSeconds: number, fraction: string): string {
  const text = new Date(epochSeconds * 1000).toISOString();
  if (kind === 'date') return text.slice(0, 10);
  return `${text.slice(0, 10)} ${text.slice(11, 19)}${fraction}`;
}
