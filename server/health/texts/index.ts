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
  values?: Record<string, string | number>;
}

const catalogs: Record<Locale, HealthTexts> = { en, tr, fa, hy };

/** Says a phrase; numbers are written as the reader writes them. */
export function sayHealth(locale: Locale, conventions: Conventions = {}): (phrase: Phrase) => string {
  const tag = intlLocale(locale, conventions);
  const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 1, useGrouping: false });
  return ({ key, values = {} }) => {
    const said = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? number.format(value) : isolated(locale, value)]),
    );
    return String(new IntlMessageFormat(catalogs[locale][key], tag, undefined, { ignoreTag: true }).format(said));
  };
}

/** Names, paths and dates run from left to right within a sentence that does not. */
function isolated(locale: Locale, value: string): string {
  return locale === 'fa' && value !== '' ? `\u2068${value}\u2069` : value;
}
