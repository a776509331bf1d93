import { Cron } from 'croner';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { reasonOf } from '#etl/error-code.js';

const at = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day such as 08:00.');
const day = z.number().int().min(1).max(31);

/** When a schedule is due, in the local time of whoever gets it. At most once a day: one report for each local date. */
export const Rhythm = z.discriminatedUnion('kind', [
  /** `weekday`: 1 Monday to 7 Sunday. */
  z.strictObject({ kind: z.literal('weekly'), weekday: z.number().int().min(1).max(7), at }),
  /** A month that has no such day has its last one. */
  z.strictObject({ kind: z.literal('monthly'), day, at }),
  /** Of January, April, July and October. */
  z.strictObject({ kind: z.literal('quarterly'), day, at }),
  z.strictObject({ kind: z.literal('cron'), expression: z.string().max(120).superRefine(checkCron) }),
]);
export type Rhythm = z.output<typeof Rhythm>;

/** A local time of a zone and the instant it stands for. */
export interface DueTime {
  /** As `2026-03-29T08:00`. */
  local: string;
  at: Date;
}

/** Longer than any rhythm pauses: 29 February skips eight years around 2100. */
const mostYearsAhead = 9;

/**
 * The due times after `from` and up to `to`, in order. Walks over local dates and times, so there is one for each local date, on the
 * days on which the clock is changed too: a time that is left out stands for the first one after it, one that comes twice for the first.
 */
export function dueTimes(rhythm: Rhythm, zone: string, from: Date, to: Date): DueTime[] {
  const found: DueTime[] = [];
  const begin = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(zone).toPlainDateTime().subtract({ days: 1 });
  for (let local = nextLocal(rhythm, begin); local !== null; local = nextLocal(rhythm, local)) {
    const instant = local.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
    if (instant > to.getTime()) break;
    if (instant > from.getTime()) found.push({ local: local.toString({ smallestUnit: 'minute' }), at: new Date(instant) });
  }
  return found;
}

/** The next due times after `from`, at most `count`. */
export function nextDueTimes(rhythm: Rhythm, zone: string, from: Date, count: number): DueTime[] {
  for (const days of [count * 8, count * 32, count * 93, mostYearsAhead * 366]) {
    const found = dueTimes(rhythm, zone, from, new Date(from.getTime() + days * 86_400_000));
    if (found.length >= count || days === mostYearsAhead * 366) return found.slice(0, count);
  }
  return [];
}

/** True for a zone that this program's time zone data knows by that name. */
export function isZone(name: string): boolean {
  try {
    return new Temporal.ZonedDateTime(0n, name).timeZoneId !== '' && !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

function nextLocal(rhythm: Rhythm, after: Temporal.PlainDateTime): Temporal.PlainDateTime | null {
  if (rhythm.kind === 'cron') return nextByCron(rhythm.expression, after);
  const time = Temporal.PlainTime.from(rhythm.at);
  let date = firstDate(rhythm, after.toPlainDate());
  while (Temporal.PlainDateTime.compare(date.toPlainDateTime(time), after) <= 0) date = followingDate(rhythm, date);
  return date.toPlainDateTime(time);
}

type Dated = Exclude<Rhythm, { kind: 'cron' }>;

/** The first date of the rhythm in the week, month or quarter of `near`. */
function firstDate(rhythm: Dated, near: Temporal.PlainDate): Temporal.PlainDate {
  if (rhythm.kind === 'weekly') return near.add({ days: rhythm.weekday - near.dayOfWeek });
  const month = rhythm.kind === 'monthly' ? near.month : near.month - ((near.month - 1) % 3);
  return near.with({ month, day: 1 }).with({ day: rhythm.day });
}

function followingDate(rhythm: Dated, date: Temporal.PlainDate): Temporal.PlainDate {
  if (rhythm.kind === 'weekly') return date.add({ weeks: 1 });
  return date
    .with({ day: 1 })
    .add({ months: rhythm.kind === 'monthly' ? 1 : 3 })
    .with({ day: rhythm.day });
}

/** Cron knows local times only; here they are told and read as if they were UTC, which has no changes of the clock. */
function nextByCron(expression: string, after: Temporal.PlainDateTime): Temporal.PlainDateTime | null {
  const next = new Cron(expression, { timezone: 'UTC', mode: '5-part' }).nextRun(
    new Date(`${after.toString({ smallestUnit: 'second' })}Z`),
  );
  return next === null ? null : Temporal.PlainDateTime.from(next.toISOString().replace('Z', ''));
}

function checkCron(expression: string, context: z.RefinementCtx): void {
  const refuse = (message: string): void => context.addIssue({ code: 'custom', message: `"${expression}" ${message}` });
  const [minute = '', hour = '', ...others] = expression.trim().split(/\s+/);
  if (others.length !== 3) return refuse('is not five fields: minute, hour, day of the month, month, day of the week; as in 30 7 * * 1-5.');
  if (!/^\d{1,2}$/.test(minute) || !/^\d{1,2}$/.test(hour))
    return refuse('is due more than once a day; give one minute and one hour, as in 30 7 * * 1-5.');
  try {
    if (nextByCron(expression, Temporal.PlainDateTime.from('2026-01-01T00:00')) === null) refuse('is never due.');
  } catch (error) {
    refuse(`is no cron expression: ${reasonOf(error)}.`);
  }
}
