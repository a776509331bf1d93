import { ApiError } from '../api';
import { wordsOf } from '../failure';
import { t } from '../i18n/messages.svelte';

/** What the reader is told of a failure where nobody is known yet. `wrong`: of what was typed and is not right. */
export function saidAtTheDoor(failure: unknown, wrong = t('access.wrong')): string {
  if (failure instanceof ApiError && failure.status === 401) return wrong;
  if (failure instanceof ApiError && failure.status === 429) return t('access.wait');
  return wordsOf(failure);
}
