import type { ByteSink } from './byte-sink.js';
import { isoDay, isoInstant } from './iso-instant.js';

const secondsOfDay = 86_400;
const million = 1_000_000;
const microsecondsOfDay = secondsOfDay * million;

/** Days since 1970 of 0000-01-01 and of 10000-01-01: the years of four digits lie between. */
const firstDay = -719_528;
const endDay = 2_932_897;

/** An instant, given in microseconds since 1970 by halves of 32 bits, as `isoInstant` tells it. */
export function putInstant(sink: ByteSink, low: number, high: number): void {
  const microseconds = high * 2 ** 32 + (low >>> 0);
  const days = Math.floor(microseconds / microsecondsOfDay);
  if (!Number.isSafeInteger(microseconds) || days < firstDay || days >= endDay) {
    sink.ascii(isoInstant((BigInt(high) << 32n) | BigInt(low >>> 0)));
    return;
  }
  const ofDay = microseconds - days * microsecondsOfDay;
  const second = Math.floor(ofDay / million);
  const minute = (second / 60) | 0;
  const hour = (minute / 60) | 0;
  putDay(sink, days);
  sink.byte(0x54);
  sink.digits(hour, 2);
  sink.byte(colon);
  sink.digits(minute - hour * 60, 2);
  sink.byte(colon);
  sink.digits(second - minute * 60, 2);
  sink.byte(0x2e);
  sink.digits(ofDay - second * million, 6);
  sink.byte(0x5a);
}

/**
 * A day, given in days since 1970, as `isoDay` tells it. Years are counted from March, so that the day of a leap year is the last one.
 * https://howardhinnant.github.io/date_algorithms.html#civil_from_days
 */
export function putDay(sink: ByteSink, days: number): void {
  if (days < firstDay || days >= endDay) {
    sink.ascii(isoDay(days));
    return;
  }
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = ((dayOfEra - ((dayOfEra / 1_460) | 0) + ((dayOfEra / 36_524) | 0) - ((dayOfEra / 146_096) | 0)) / 365) | 0;
  const dayOfYear = dayOfEra - (365 * yearOfEra + (yearOfEra >> 2) - ((yearOfEra / 100) | 0));
  const month = ((5 * dayOfYear + 2) / 153) | 0;
  sink.digits(yearOfEra + era * 400 + (month > 9 ? 1 : 0), 4);
  sink.byte(hyphen);
  sink.digits(month > 9 ? month - 9 : month + 3, 2);
  sink.byte(hyphen);
  sink.digits(dayOfYear - (((153 * month + 2) / 5) | 0) + 1, 2);
}

const colon = 0x3a;
const hyphen = 0x2d;
