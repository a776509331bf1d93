import { t } from './i18n/messages.svelte';

/** What was thrown, as an error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** What a failure tells its reader: its own words, or that nothing answered where it has none. */
export function wordsOf(failure: unknown): string {
  return asError(failure).message || t('state.offline');
}
