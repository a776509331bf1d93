import { language } from '../i18n/messages.svelte';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Of bytes: `740 byte`, `12 kB`, `1.4 MB`. */
export function sizeText(bytes: number): string {
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return inUnit(bytes / 1_000 ** step, units[step] ?? 'byte');
}

/** Of milliseconds: `12 ms`, `3.4 sec`. */
export function timeText(milliseconds: number): string {
  return milliseconds < 1_000 ? inUnit(Math.round(milliseconds), 'millisecond') : inUnit(milliseconds / 1_000, 'second');
}

function inUnit(amount: number, unit: string): string {
  const maximumFractionDigits = amount < 10 ? 1 : 0;
  return new Intl.NumberFormat(language.numberTags, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits }).format(amount);
}
