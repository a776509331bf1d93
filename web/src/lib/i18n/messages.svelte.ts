import { page } from '$app/state';
import { IntlMessageFormat } from 'intl-messageformat';
import type { Calendar } from '#dashboards/metric-result.js';
import type { Locale } from '#server/api.js';
import { en } from './en';
import { withPlaces, withSaid } from './isolated';
import type { Catalog, MessageKey } from './catalog';

export type { MessageKey } from './catalog';

export const locales: { id: Locale; name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'tr', name: 'Türkçe' },
  { id: 'fa', name: 'فارسی' },
  { id: 'hy', name: 'Հայերեն' },
];

const loaders: Record<Exclude<Locale, 'en'>, () => Promise<Catalog>> = {
  tr: async () => (await import('./tr')).tr,
  fa: async () => (await import('./fa')).fa,
  hy: async () => (await import('./hy')).hy,
};

/** Browsers may lack the data of a language; the second tag then writes figures and dates the way its readers are used to. */
const numberTags: Record<Locale, string[]> = { en: ['en-GB'], tr: ['tr-TR'], fa: ['fa-IR'], hy: ['hy-AM', 'ru-RU'] };
const dateTags: Record<Locale, string[]> = { ...numberTags, hy: ['hy-AM', 'de-DE'] };

export type Digits = 'own' | 'latn';

/** The language in use: catalog and locale change together, so no text is ever half in one and half in another. */
class Language {
  locale = $state<Locale>('en');
  #catalog = $state.raw<Catalog>(en);
  #compiled = new Map<string, IntlMessageFormat>();

  /** 0 to 9 in place of the language's own. */
  digits = $state<Digits>('own');

  get numberTags(): string[] {
    return withExtensions(numberTags[this.locale], { nu: this.#numbering });
  }

  get dateTags(): string[] {
    return withExtensions(dateTags[this.locale], { ca: this.calendar === 'jalali' ? 'persian' : 'gregory', nu: this.#numbering });
  }

  /** The address names the calendar where it is not that of the language. */
  get calendar(): Calendar {
    const asked = page.url.searchParams.get('calendar');
    return asked === 'jalali' || asked === 'gregorian' ? asked : this.ownCalendar;
  }

  get ownCalendar(): Calendar {
    return this.locale === 'fa' ? 'jalali' : 'gregorian';
  }

  /** The language has digits of its own to choose from. */
  get hasOwnDigits(): boolean {
    return this.locale === 'fa';
  }

  get #numbering(): string {
    return this.locale === 'fa' && this.digits === 'own' ? 'arabext' : 'latn';
  }

  get direction(): 'ltr' | 'rtl' {
    return this.locale === 'fa' ? 'rtl' : 'ltr';
  }

  async use(locale: Locale): Promise<void> {
    const catalog = locale === 'en' ? en : await loaders[locale]();
    this.#compiled.clear();
    this.#catalog = catalog;
    this.locale = locale;
    document.documentElement.lang = locale;
    document.documentElement.dir = this.direction;
  }

  say(key: MessageKey, values: Record<string, string | number> = {}): string {
    const text = this.#catalog[key];
    const isMirrored = this.direction === 'rtl';
    const id = `${this.digits} ${text}`;
    let message = this.#compiled.get(id);
    if (!message) {
      message = new IntlMessageFormat(isMirrored ? withPlaces(text) : text, this.numberTags, undefined, { ignoreTag: true });
      this.#compiled.set(id, message);
    }
    return String(message.format(isMirrored ? withSaid(values) : values));
  }
}

export const language = new Language();

/** A catalog text in the language in use; reading it in markup keeps it current. */
export function t(key: MessageKey, values?: Record<string, string | number>): string {
  return language.say(key, values);
}

/** For ids that come from the server: undefined where the catalog has no such text, and the id is shown as it is. */
export function optional(key: string): string | undefined {
  return Object.hasOwn(en, key) ? t(key as MessageKey) : undefined;
}

function withExtensions(tags: string[], extensions: { ca?: string; nu: string }): string[] {
  const extension = Object.entries(extensions).map((entry) => entry.join('-'));
  return tags.map((tag) => `${tag}-u-${extension.join('-')}`);
}
