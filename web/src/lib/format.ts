import { language } from './i18n/messages.svelte';

/** Dates and lengths of time of single items. Values of metrics come formatted from the server. */

export function dateTime(iso: string, zone: string): string {
  return new Intl.DateTimeFormat(language.tag, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(new Date(iso));
}

export function day(iso: string, zone: string): string {
  return new Intl.DateTimeFormat(language.tag, { dateStyle: 'medium', timeZone: zone }).format(new Date(iso));
}

export function localDate(date: string): string {
  return new Intl.DateTimeFormat(language.tag, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}

export function count(value: number): string {
  return new Intl.NumberFormat(language.tag).format(value);
}

/** The two largest parts of a length of time: `3 d 4 h`, `12 min`. */
export function elapsed(seconds: number): string {
  const size = Math.abs(Math.round(seconds));
  const parts = [
    { unit: 'day', length: 86_400 },
    { unit: 'hour', length: 3_600 },
    { unit: 'minute', length: 60 },
    { unit: 'second', length: 1 },
  ] as const;
  const first = parts.findIndex((part) => size >= part.length);
  if (first === -1) return unit(0, 'second');
  const [large, small] = [parts[first]!, parts[first + 1]];
  const whole = Math.floor(size / large.length);
  const rest = small && first < 2 ? Math.floor((size - whole * large.length) / small.length) : 0;
  return rest > 0 && small ? `${unit(whole, large.unit)} ${unit(rest, small.unit)}` : unit(whole, large.unit);
}

/** `6 minutes ago`, in the largest unit that fits. */
export function ago(iso: string, now: Date): string {
  const seconds = Math.round((Date.parse(iso) - now.getTime()) / 1_000);
  const relative = new Intl.RelativeTimeFormat(language.tag, { numeric: 'auto' });
  const steps = [
    { unit: 'minute', length: 60, upTo: 3_600 },
    { unit: 'hour', length: 3_600, upTo: 48 * 3_600 },
    { unit: 'day', length: 86_400, upTo: Infinity },
  ] as const;
  const step = steps.find((candidate) => Math.abs(seconds) < candidate.upTo) ?? steps[2];
  return relative.format(Math.round(seconds / step.length), step.unit);
}

function unit(value: number, name: string): string {
  return new Intl.NumberFormat(language.tag, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
}
