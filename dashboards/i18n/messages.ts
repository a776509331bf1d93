import { IntlMessageFormat } from 'intl-messageformat';
import type { Calendar } from '../metric-result.js';
import { en } from './en.js';
import { fa } from './fa.js';
import { withPlaces, withSaid } from './isolated.js';
import { hy } from './hy.js';
import { tr } from './tr.js';
import type { Catalog, MessageKey } from './catalog.js';

export type { MessageKey } from './catalog.js';

/** Languages the texts of charts and metrics exist in. */
export const locales = ['en', 'tr', 'fa', 'hy'] as const;
export type Locale = (typeof locales)[number];

export type MessageValues = Record<string, string | number>;
export type Translate = (key: MessageKey, values?: MessageValues) => string;

const catalogs: Record<Locale, Catalog> = { en, tr, fa, hy };
const compiled = new Map<string, IntlMessageFormat>();

/** What a reader may have otherwise than the language has it. Left out: as the language has it. */
export interface Conventions {
  calendar?: Calendar;
  /** `latn`: 0 to 9 in every language. */
  digits?: Digits;
}

export const digitKinds = ['own', 'latn'] as const;
export type Digits = (typeof digitKinds)[number];

/** Says a catalog text in one language. ICU syntax; parsed once, without `eval`. */
export function translator(locale: Locale, conventions: Conventions = {}): Translate {
  const tag = intlLocale(locale, conventions);
  const isMirrored = isRightToLeft(locale);
  return (key, values = {}) => {
    const id = `${tag} ${key}`;
    let message = compiled.get(id);
    if (!message) {
      message = new IntlMessageFormat(isMirrored ? withPlaces(catalogs[locale][key]) : catalogs[locale][key], tag, undefined, {
        ignoreTag: true,
      });
      compiled.set(id, message);
    }
    return String(message.format(isMirrored ? withSaid(values) : values));
  };
}

/** The calendar of a language's readers. */
export function calendarOf(locale: Locale): Calendar {
  return locale === 'fa' ? 'jalali' : 'gregorian';
}

/** The tag `Intl` takes. Persian brings its own digits and the Jalali calendar. */
export function intlLocale(locale: Locale, { calendar = calendarOf(locale), digits = 'own' }: Conventions = {}): string {
  const region = { en: 'en-GB', tr: 'tr-TR', fa: 'fa-IR', hy: 'hy-AM' }[locale];
  const numbering = locale === 'fa' ? (digits === 'latn' ? '-nu-latn' : '-nu-arabext') : '';
  const own = calendar === 'jalali' ? '-ca-persian' : locale === 'fa' ? '-ca-gregory' : '';
  return own + numbering === '' ? region : `${region}-u${own}${numbering}`;
}

export function isRightToLeft(locale: Locale): boolean {
  return locale === 'fa';
}

/** A key made from an id, checked against the catalog: an id without texts is told at once, by its name. */
export function keyOf(key: string): MessageKey {
  if (Object.hasOwn(en, key)) return key as MessageKey;
  throw new Error(`No text "${key}" in dashboards/i18n/*/en.ts; add it there and in tr, fa and hy.`);
}
