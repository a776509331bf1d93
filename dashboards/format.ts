import { isolated } from './i18n/isolated.js';
import { intlLocale, isRightToLeft, translator, type Conventions, type Locale, type MessageKey } from './i18n/messages.js';
import type { Grain, Unit } from './metric-result.js';

/** Every number and date a chart shows goes through here, so page, table and PDF read the same. */
export interface Formatter {
  number(value: number): string;
  count(value: number): string;
  /** Seconds, in the unit a person would say: `45 s`, `12 min`, `2.3 h`, `3.4 d`. */
  duration(seconds: number): string;
  value(value: number | null | undefined, unit: Unit): string;
  /** With its sign, for changes and gaps. A change of a percentage is in points. */
  difference(value: number, unit: Unit): string;
  /** A bucket on an axis or in a table: a day, the week that begins with it, a month, a quarter, a year. */
  bucket(localDate: string, grain: Grain): string;
  /** A bucket's label on an axis, and its year in the reader's calendar, for the line below. */
  tick(localDate: string, grain: Grain): { label: string; year: string };
  date(localDate: string): string;
  /** One part after the other, with the comma of the language, or its semicolon where parts have commas themselves. */
  list(parts: readonly string[], mark?: keyof typeof listMarks): string;
  /** Which of two names comes first in the alphabet of the language. */
  compareNames(one: string, other: string): number;
  /** ISO instant as date and time in a zone. */
  instant(iso: string, zone: string): string;
}

export const missing = '–';

/** What stands between the parts of a list. */
const listMarks = {
  comma: { en: ', ', tr: ', ', fa: '، ', hy: ', ' },
  semicolon: { en: '; ', tr: '; ', fa: '؛ ', hy: '. ' },
} satisfies Record<string, Record<Locale, string>>;

const steps: { key: MessageKey; seconds: number; upTo: number }[] = [
  { key: 'unit.seconds', seconds: 1, upTo: 90 },
  { key: 'unit.minutes', seconds: 60, upTo: 90 * 60 },
  { key: 'unit.hours', seconds: 3_600, upTo: 48 * 3_600 },
  { key: 'unit.days', seconds: 86_400, upTo: Infinity },
];

export function formatter(locale: Locale, conventions: Conventions = {}): Formatter {
  const say = translator(locale, conventions);
  const tag = intlLocale(locale, conventions);
  const upTo = (digits: number, signDisplay: 'auto' | 'exceptZero' = 'auto') => {
    const format = new Intl.NumberFormat(tag, { maximumFractionDigits: digits, signDisplay });
    return { format: (amount: number) => format.format(amount).replace('-', '−') };
  };
  const fraction = { whole: upTo(0), tenths: upTo(1), hundredths: upTo(2) };
  const signed = { whole: upTo(0, 'exceptZero'), tenths: upTo(1, 'exceptZero'), hundredths: upTo(2, 'exceptZero') };
  const dayFormat = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const monthFormat = withoutEra(new Intl.DateTimeFormat(tag, { month: 'short', year: 'numeric', timeZone: 'UTC' }));
  const monthName = new Intl.DateTimeFormat(tag, { month: 'short', timeZone: 'UTC' });
  const yearFormat = new Intl.DateTimeFormat(tag, { year: 'numeric', timeZone: 'UTC' });
  const yearOf = (at: Date) => yearFormat.formatToParts(at).find((part) => part.type === 'year')?.value ?? '';
  const dateFormat = withoutEra(new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' }));
  const monthNumber = new Intl.DateTimeFormat(tag, { month: 'numeric', numberingSystem: 'latn', timeZone: 'UTC' });
  const quarterOf = (at: Date) => Math.ceil(Number(monthNumber.formatToParts(at).find((part) => part.type === 'month')?.value) / 3);

  const number = (value: number) =>
    (Math.abs(value) >= 100 ? fraction.whole : Math.abs(value) >= 10 ? fraction.tenths : fraction.hundredths).format(value);

  function duration(seconds: number, isSigned = false): string {
    const size = Math.abs(seconds);
    const step = steps.find((candidate) => size < candidate.upTo) ?? steps[steps.length - 1]!;
    const amount = seconds / step.seconds;
    const digits = Math.abs(amount) >= 100 ? 'whole' : 'tenths';
    return say(step.key, { value: (isSigned ? signed : fraction)[digits].format(amount) });
  }

  function value(amount: number | null | undefined, unit: Unit): string {
    if (amount === null || amount === undefined) return missing;
    if (unit === 's') return duration(amount);
    if (unit === '%') return say('unit.percent', { value: fraction.tenths.format(amount) });
    if (unit === 'pp') return say('unit.points', { value: signed.tenths.format(amount) });
    if (unit === 'x') return say('unit.ratio', { value: fraction.hundredths.format(amount) });
    return number(amount);
  }

  function difference(amount: number, unit: Unit): string {
    if (unit === 's') return duration(amount, true);
    if (unit === '%' || unit === 'pp') return say('unit.points', { value: signed.tenths.format(amount) });
    return signed.hundredths.format(amount);
  }

  return {
    number,
    count: (amount) => fraction.whole.format(amount),
    duration: (seconds) => duration(seconds),
    value,
    difference,
    bucket: (localDate, grain) => {
      if (localDate === 'all') return say('bucket.all');
      const at = utcMidnight(localDate);
      if (grain === 'month') return monthFormat(at);
      if (grain === 'quarter') return say('bucket.quarter', { quarter: quarterOf(at), year: yearOf(at) });
      return grain === 'year' ? yearOf(at) : dayFormat.format(at);
    },
    tick: (localDate, grain) => {
      const at = utcMidnight(localDate);
      const year = yearOf(at);
      if (grain === 'quarter') return { label: say('tick.quarter', { quarter: quarterOf(at) }), year };
      // A label of years needs no line for them.
      if (grain === 'year') return { label: year, year: '' };
      return { label: (grain === 'month' ? monthName : dayFormat).format(at), year };
    },
    date: (localDate) => dateFormat(utcMidnight(localDate)),
    list: (parts, mark = 'comma') => parts.map(isRightToLeft(locale) ? isolated : String).join(listMarks[mark][locale]),
    compareNames: new Intl.Collator(tag, { numeric: true }).compare,
    instant: (iso, zone) =>
      withoutEra(new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }))(new Date(iso)),
  };
}

/** Jalali years of another language come with `AP`; there is only one era a ticket can lie in. */
function withoutEra(format: Intl.DateTimeFormat): (at: Date) => string {
  return (at) => {
    const parts = format.formatToParts(at);
    if (!parts.some(({ type }) => type === 'era')) return format.format(at);
    return parts
      .map(({ type, value }) => (type === 'era' ? '' : value))
      .join('')
      .replace(/\s+/g, ' ')
      .replace(/[\s,]+$/, '')
      .trim();
  };
}

/** Local dates are formatted as midnight UTC in UTC, so that no zone can move them to another day. */
function utcMidnight(localDate: string): Date {
  return new Date(`${localDate}T00:00:00Z`);
}

/** The window is half-open; people read its last day. */
export function dayBefore(localDate: string): string {
  const day = new Date(`${localDate}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}
