import { askedOf, type Choice, type Reader } from './address';
import { language } from './i18n/messages.svelte';
import { preferences } from './preferences.svelte';

/** What charts are asked for: the choice, in the reader's language and colours. */
export function drawnQuestion(choice: Choice, reader: Reader): URLSearchParams {
  const query = askedOf(choice, reader);
  query.set('lang', language.locale);
  query.set('theme', preferences.shownTheme);
  return query;
}
