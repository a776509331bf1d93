import { isolated } from './i18n/isolated';
import { language, t } from './i18n/messages.svelte';

/** Dates and lengths of time of single items. Values of metrics come formatted from the server. */

export function dateTime(iso: string, zone: string): string {
  return dated({ dateStyle: 'medium', timeStyle: 'short', timeZone: zone }, new Date(iso));
}

export function day(iso: string, zone: string): string {
  return dated({ dateStyle: 'medium', timeZone: zone }, new Date(iso));
}

export function localDate(date: string): string {
  return dated({ dateStyle: 'medium', timeZone: 'UTC' }, new Date(`${date}T00:00:00Z`));
}

/** Jalali years of another language come with `AP`; there is only one era an item can lie in. */
function dated(options: Intl.DateTimeFormatOptions, at: Date): string {
  const parts = new Intl.DateTimeFormat(language.dateTags, options).formatToParts(at);
  const text = parts.map(({ type, value }) => (type === 'era' ? '' : value)).join('');
  return parts.some(({ type }) => type === 'era')
    ? text
        .replace(/\s+/g, ' ')
        .replace(/[\s,]+$/, '')
        .trim()
    : text;
}

export function count(value: number): string {
  return new Intl.NumberFormat(language.numberTags).format(value);
}

/** One after the other, with the comma of the language. */
export function list(parts: readonly string[]): string {
  return language.direction === 'rtl' ? parts.map(isolated).join('، ') : parts.join(', ');
}

/** Of a share from 0 to 1: `12%`; one figure that counts below 1 %, so that few are not none. */
export function percent(share: number): string {
  const precision = share > 0 && share < 0.01 ? { maximumSignificantDigits: 1 } : { maximumFractionDigits: 0 };
  return new Intl.NumberFormat(language.numberTags, { style: 'percent', ...precision }).format(share);
}

/** The two largest parts of a length of time: `3 d 4 h`, `12 min`. */
export function elapsed(seconds: number): string {
  const size = Math.abs(Math.round(seconds));
  const [days, hours, minutes] = [Math.floor(size / 86_400), Math.floor(size / 3_600), Math.floor(size / 60)];
  const two = (first: string, rest: string, isRest: boolean) => whole(isRest ? `${first} ${rest}` : first);
  if (days > 0) return two(t('unit.days', { n: days }), t('unit.hours', { n: hours % 24 }), hours % 24 > 0);
  if (hours > 0) return two(t('unit.hours', { n: hours }), t('unit.minutes', { n: minutes % 60 }), minutes % 60 > 0);
  return whole(minutes > 0 ? t('unit.minutes', { n: minutes }) : t('unit.seconds', { n: size }));
}

/** Not parted at the end of a line. */
function whole(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}

/** `6 minutes ago`, in the largest unit that fits. */
export function ago(iso: string, now: Date): string {
  const minutes = Math.max(0, Math.round((now.getTime() - Date.parse(iso)) / 60_000));
  if (minutes === 0) return t('ago.now');
  if (minutes < 60) return t('ago.minutes', { n: minutes });
  const hours = Math.round(minutes / 60);
  return hours < 48 ? t('ago.hours', { n: hours }) : t('ago.days', { n: Math.round(hours / 24) });
}
