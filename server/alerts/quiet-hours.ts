import { Temporal } from 'temporal-polyfill';
import type { AlertDelivery } from '../api.js';

type When = Pick<AlertDelivery, 'zone' | 'quiet' | 'digestHour'>;

/**
 * When something that happens now is told: at once, or at the next digest; after quiet hours where that falls into them. Local times
 * that a change of clocks leaves out are taken an hour later, those it repeats the first time.
 */
export function tellAt(now: Date, { zone, quiet, digestHour }: When): Date {
  const at = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  return new Date(afterQuiet(digestHour === null ? at : nextHour(at, digestHour), quiet).epochMilliseconds);
}

/** The next time the clock shows the hour, now excluded. */
function nextHour(at: Temporal.ZonedDateTime, hour: number): Temporal.ZonedDateTime {
  const onDay = (days: number) => atTime(at.toPlainDate().add({ days }), Temporal.PlainTime.from({ hour }), at.timeZoneId);
  const today = onDay(0);
  return Temporal.ZonedDateTime.compare(today, at) > 0 ? today : onDay(1);
}

function afterQuiet(at: Temporal.ZonedDateTime, quiet: AlertDelivery['quiet']): Temporal.ZonedDateTime {
  if (quiet === null) return at;
  const [from, to] = [Temporal.PlainTime.from(quiet.from), Temporal.PlainTime.from(quiet.to)];
  const isOverMidnight = Temporal.PlainTime.compare(from, to) >= 0;
  // Quiet hours that began yesterday, then those that begin today.
  for (const days of [-1, 0]) {
    const day = at.toPlainDate().add({ days });
    const begin = atTime(day, from, at.timeZoneId);
    const end = atTime(isOverMidnight ? day.add({ days: 1 }) : day, to, at.timeZoneId);
    if (Temporal.ZonedDateTime.compare(begin, at) <= 0 && Temporal.ZonedDateTime.compare(at, end) < 0) return end;
  }
  return at;
}

function atTime(day: Temporal.PlainDate, time: Temporal.PlainTime, zone: string): Temporal.ZonedDateTime {
  return day.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: 'compatible' });
}
