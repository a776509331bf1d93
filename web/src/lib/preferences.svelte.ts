import type { Locale } from '#server/api.js';
import { language, locales, type Digits } from './i18n/messages.svelte';
import { server } from './server-state.svelte';

export type Theme = 'system' | 'light' | 'dark';
export const themes: Theme[] = ['system', 'light', 'dark'];

/** What this reader likes, kept in this browser only. */
class Preferences {
  theme = $state<Theme>('system');
  #typed = $state(remembered('person') ?? '');
  /** Single keys do something. */
  hasKeys = $state(remembered('keys') !== 'off');
  /** Is asked what a number may be before it is shown, where the name is told. */
  asksBeliefs = $state(remembered('beliefs') !== 'off');
  #systemIsDark = $state(matchMedia('(prefers-color-scheme: dark)').matches);

  constructor() {
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', (event) => (this.#systemIsDark = event.matches));
    const kept = remembered('theme');
    if (themes.includes(kept as Theme)) this.theme = kept as Theme;
    if (remembered('digits') === 'latn') language.digits = 'latn';
    this.#showTheme();
  }

  /** What the charts are coloured for. */
  get shownTheme(): 'light' | 'dark' {
    if (this.theme !== 'system') return this.theme;
    return this.#systemIsDark ? 'dark' : 'light';
  }

  /** Who keeps views, notes and answers here: the account, or what somebody typed who is not signed in; empty: not told yet. */
  get person(): string {
    return this.isKnown ? (server.state?.asker.name ?? '') : this.#typed;
  }

  /** Nobody has to say who he is. */
  get isKnown(): boolean {
    return server.state?.asker.isSignedIn ?? false;
  }

  choosePerson(name: string): void {
    if (this.isKnown) return;
    this.#typed = name.trim();
    remember('person', this.#typed);
  }

  chooseKeys(hasKeys: boolean): void {
    this.hasKeys = hasKeys;
    remember('keys', hasKeys ? 'on' : 'off');
  }

  chooseBeliefs(asksBeliefs: boolean): void {
    this.asksBeliefs = asksBeliefs;
    remember('beliefs', asksBeliefs ? 'on' : 'off');
  }

  chooseTheme(theme: Theme): void {
    this.theme = theme;
    remember('theme', theme);
    this.#showTheme();
  }

  #showTheme(): void {
    document.documentElement.dataset.theme = this.theme;
  }

  chooseDigits(digits: Digits): void {
    language.digits = digits;
    remember('digits', digits);
  }

  async chooseLanguage(locale: Locale): Promise<void> {
    remember('lang', locale);
    await language.use(locale);
  }

  /** `asked`: the `lang` of the address, which wins. Then what was chosen here before, then what the browser asks for. */
  async startLanguage(asked: string | null): Promise<void> {
    const wished = [asked, remembered('lang'), ...navigator.languages.map((tag) => tag.slice(0, 2))];
    const known = locales.map(({ id }) => id);
    await language.use(known.find((id) => id === wished.find((wish) => known.some((one) => one === wish))) ?? 'en');
  }
}

export const preferences = new Preferences();

/** Storage may be switched off in the browser; the page then forgets, and works. */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`throughline.${key}`);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`throughline.${key}`, value);
  } catch {
    // Storage is switched off: the choice holds until the page is closed.
  }
}
