import type { Account } from '#server/api.js';
import { t } from '../i18n/messages.svelte';

export const scopeDimensions = ['team', 'service', 'group'] as const;

/** Which items somebody sees, in words. */
export function saidScope(scope: Account['scope']): string {
  const parts = scopeDimensions.flatMap((dimension) => {
    const names = scope?.[dimension];
    return names === undefined ? [] : [`${t(`dimension.${dimension}`)}: ${names.map((name) => name || t('filter.nobody')).join(', ')}`];
  });
  return parts.length === 0 ? t('access.sees.all') : parts.join(' · ');
}
