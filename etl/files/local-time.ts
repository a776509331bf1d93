import { Temporal } from 'temporal-polyfill';
import { nearest } from './nearest.js';

export type LocalTimeWarning = 'ambiguous_local_time' | 'skipped_local_time';

const daySeconds = 86_400;

/**
 * Turns local times of a zone into instants. A time that a clock change repeats is read as the earlier one, a time it
 * skips as the later one (what Temporal calls `compatible`), and said so.
 */
export class LocalZone {
  private readonly offsets = new Map<number, number | null>();

  constructor(readonly name: string) {}

  /** Seconds since 1970 of the local time written as if it were UTC. */
  toEpochSeconds(localSeconds: number): { epochSeconds: number; warning?: LocalTimeWarning } {
    if (this.name === 'UTC') return { epochSeconds: localSeconds };
    const offset = this.offsetOfDay(Math.floor(localSeconds / daySeconds));
    return offset === null ? this.exact(localSeconds) : { epochSeconds: localSeconds - offset };
  }

  /** The offset where no clock change is near, else null. */
  private offsetOfDay(day: number): number | null {
    const known = this.offsets.get(day);
    if (known !== undefined) return known;
    const before = this.offsetAt((day - 1) * daySeconds);
    const offset = before === this.offsetAt((day + 2) * daySeconds) ? before : null;
    this.offsets.set(day, offset);
    return offset;
  }

  private offsetAt(epochSeconds: number): number {
    return Temporal.Instant.fromEpochMilliseconds(epochSeconds * 1000).toZonedDateTimeISO(this.name).offsetNanoseconds / 1e9;
  }

  private exact(localSeconds: number): { epochSeconds: number; warning?: LocalTimeWarning } {
    const local = Temporal.Instant.fromEpochMilliseconds(localSeconds * 1000)
      .toZonedDateTimeISO('UTC')
      .toPlainDateTime();
    const earlier = local.toZonedDateTime(this.name, { disambiguation: 'earlier' });
    const later = local.toZonedDateTime(this.name, { disambiguation: 'later' });
    if (earlier.equals(later)) return { epochSeconds: earlier.epochMilliseconds / 1000 };
    const isSkipped = !earlier.toPlainDateTime().equals(local);
    return isSkipped
      ? { epochSeconds: later.epochMilliseconds / 1000, warning: 'skipped_local_time' }
      : { epochSeconds: earlier.epochMilliseconds / 1000, warning: 'ambiguous_local_time' };
  }
}

/** Null for a zone name that is known, else what is wrong with it and the nearest known name. */
export function zoneProblem(name: string): string | null {
  const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC'];
  if (zones.includes(name)) return null;
  try {
    if (!/^[+-]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name })) return null;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  const close = nearest(name, zones);
  return `"${name}" is not a zone of the IANA list${close ? `; did you mean "${close}"?` : ', such as "Europe/Berlin".'}`;
}
