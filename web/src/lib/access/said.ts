import { ApiError } from '../api';
import { wordsOf } from '../failure';
import { t } from '../i18n/messages.svelte';

/** What the reader is told of a failure where nobody is known yet. */
export function saidAtTheDoor(failure: unknown): string {
  if (failure instanceof ApiError && failure.status === 401) return t('access.wrong');
  if (failure instanceof ApiError && failure.status === 429) return t('access.wait');
  return wordsOf(failure);
}
