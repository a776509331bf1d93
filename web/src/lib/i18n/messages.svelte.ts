import { IntlMessageFormat } from 'intl-messageformat';
import type { Locale } from '#server/api.js';
import { en } from './en';

export type MessageKey = keyof typeof en;
export type Catalog = Record<MessageKey, string>;

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
const numberTags: Record<Locale, string[]> = { en: ['en-GB'], tr: ['tr-TR'], fa: ['fa-IR-u-nu-arabext'], hy: ['hy-AM', 'ru-RU'] };
const dateTags: Record<Locale, string[]> = { en: ['en-GB'], tr: ['tr-TR'], fa: ['fa-IR-u-ca-persian-nu-arabext'], hy: ['hy-AM', 'de-DE'] };

/** The language in use: catalog and locale change together, so no text is ever half in one and half in another. */
class Language {
  locale = $state<Locale>('en');
  #catalog = $state.raw<Catalog>(en);
  #compiled = new Map<string, IntlMessageFormat>();

  get numberTags(): string[] {
    return numberTags[this.locale];
  }

  get dateTags(): string[] {
    return dateTags[this.locale];
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
    let message = this.#compiled.get(text);
    if (!message) {
      message = new IntlMessageFormat(text, this.numberTags, undefined, { ignoreTag: true });
      this.#compiled.set(text, message);
    }
    return String(message.format(values));
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
