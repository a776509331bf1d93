import { IntlMessageFormat } from 'intl-messageformat';
import { intlLocale, type Conventions, type Locale } from '#dashboards/i18n/messages.js';
import { en } from './en.js';
import { fa } from './fa.js';
import { hy } from './hy.js';
import { tr } from './tr.js';
import type { HealthTexts } from './catalog.js';

/** A text to be said in the reader's language, with its values. */
export interface Phrase {
  key: keyof HealthTexts;
  /** A date is an instant. */
  values?: Record<string, string | number | Date | Phrase>;
}

const catalogs: Record<Locale, HealthTexts> = { en, tr, fa, hy };

/** How a reader reads. `zone`: of the instants; null: they are written in ISO 8601. */
export interface HealthReader extends Conventions {
  zone?: string | null;
}

/** Says a phrase; numbers and instants are written as the reader writes them. */
export function sayHealth(locale: Locale, { zone = null, ...conventions }: HealthReader = {}): (phrase: Phrase) => string {
  const tag = intlLocale(locale, conventions);
  const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 1, useGrouping: false });
  const instant = zone === null ? null : new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
  const valueSaid = (value: string | number | Date | Phrase): string => {
    if (typeof value === 'number') return number.format(value);
    if (typeof value === 'string') return isolated(locale, value);
    return value instanceof Date ? (instant?.format(value) ?? isolated(locale, value.toISOString())) : say(value);
  };
  const say = ({ key, values = {} }: Phrase): string => {
    const said = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, valueSaid(value)]));
    return String(new IntlMessageFormat(catalogs[locale][key], tag, undefined, { ignoreTag: true }).format(said));
  };
  return say;
}

/** Names, paths and dates run from left to right within a sentence that does not. */
function isolated(locale: Locale, value: string): string {
  return locale === 'fa' && value !== '' ? `\u2068${value}\u2069` : value;
}
