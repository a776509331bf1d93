import { Temporal } from 'temporal-polyfill';
import { zoneProblem } from '../../files/local-time.js';
import type { JiraConfig } from './payload.js';

const hourMs = 3_600_000;
/** So near to a clock change, local times may be read twice. */
const nearChangeMs = 3 * hourMs;
/** Wider than any hour that a clock change repeats. */
const changeSlackMs = 2 * hourMs;
/** Where the zone is not known: the farthest from UTC that there is. */
const unknownSlackMs = 14 * hourMs;

/** Writes instants as JQL wants them: local minutes of the account that asks. https://support.atlassian.com/jira-software-cloud/docs/jql-fields/ */
export class JqlClock {
  private readonly zone: string | null;

  constructor(zone: string | null) {
    this.zone = zone !== null && zoneProblem(zone) === null ? zone : null;
  }

  /** A minute at or before the instant, in quotation marks; where a clock change is near, some hours before. */
  atOrBefore(at: string): string {
    return this.written(Date.parse(at), -1);
  }

  /** The beginning of a minute after the instant, in quotation marks. */
  after(at: string): string {
    return this.written(Math.floor(Date.parse(at) / 60_000) * 60_000 + 60_000, 1);
  }

  /** How far beyond the instant a search may reach, in milliseconds: what is written widened, and read in another zone. */
  reachMs(at: string): number {
    return 2 * this.slackMs(Date.parse(at));
  }

  private written(ms: number, direction: 1 | -1): string {
    const local = this.local(ms + direction * this.slackMs(ms)).toPlainDateTime();
    return `"${local.toString({ smallestUnit: 'minute' }).replace('T', ' ')}"`;
  }

  private slackMs(ms: number): number {
    if (this.zone === null) return unknownSlackMs;
    return this.offsetAt(ms - nearChangeMs) === this.offsetAt(ms + nearChangeMs) ? 0 : changeSlackMs;
  }

  private offsetAt(ms: number): number {
    return this.local(ms).offsetNanoseconds;
  }

  private local(ms: number): Temporal.ZonedDateTime {
    return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(this.zone ?? 'UTC');
  }
}

/** A search within the projects of the connection. */
export function jql({ projects }: JiraConfig, condition: string, order: string): string {
  const scope = projects.length === 0 ? [] : [`project in (${projects.map((key) => `"${key}"`).join(', ')})`];
  return `${[...scope, condition].join(' AND ')} ORDER BY ${order}`;
}
