import { IntlMessageFormat } from 'intl-messageformat';
import { en } from './en.js';
import { fa } from './fa.js';
import { hy } from './hy.js';
import { tr } from './tr.js';

/** Languages the texts of charts and metrics exist in. English is the measure: a key it has and another lacks fails the build. */
export const locales = ['en', 'tr', 'fa', 'hy'] as const;
export type Locale = (typeof locales)[number];

export type MessageKey = keyof typeof en;
export type Catalog = Record<MessageKey, string>;
export type MessageValues = Record<string, string | number>;
export type Translate = (key: MessageKey, values?: MessageValues) => string;

const catalogs: Record<Locale, Catalog> = { en, tr, fa, hy };
const compiled = new Map<string, IntlMessageFormat>();

/** Says a catalog text in one language. ICU syntax; parsed once, without `eval`. */
export function translator(locale: Locale): Translate {
  return (key, values = {}) => {
    const id = `${locale} ${key}`;
    let message = compiled.get(id);
    if (!message) {
      message = new IntlMessageFormat(catalogs[locale][key], intlLocale(locale), undefined, { ignoreTag: true });
      compiled.set(id, message);
    }
    return String(message.format(values));
  };
}

/** The tag `Intl` takes. Persian brings its own digits and the Jalali calendar. */
export function intlLocale(locale: Locale): string {
  return locale === 'fa' ? 'fa-IR-u-ca-persian-nu-arabext' : { en: 'en-GB', tr: 'tr-TR', hy: 'hy-AM' }[locale];
}

export function isRightToLeft(locale: Locale): boolean {
  return locale === 'fa';
}

/** A key made from an id, checked against the catalog: an id without texts is told at once, by its name. */
export function keyOf(key: string): MessageKey {
  if (Object.hasOwn(en, key)) return key as MessageKey;
  throw new Error(`No text "${key}" in dashboards/i18n/*/en.ts; add it there and in tr, fa and hy.`);
}
