import type { Account } from '#server/api.js';
import { list } from '../format';
import { t } from '../i18n/messages.svelte';

export const scopeDimensions = ['team', 'service', 'group'] as const;

/** As it is being chosen: a dimension without names leaves everything. */
export type ChosenScope = Partial<Record<(typeof scopeDimensions)[number], readonly string[]>>;

/** Null where nothing is chosen: everything. */
export function setScope(chosen: ChosenScope): ChosenScope | null {
  const set = Object.entries(chosen).filter(([, names]) => names.length > 0);
  return set.length === 0 ? null : Object.fromEntries(set);
}

/** Which items somebody sees, in words. */
export function saidScope(scope: Account['scope']): string {
  const parts = scopeDimensions.flatMap((dimension) => {
    const names = scope?.[dimension];
    return names === undefined ? [] : [`${t(`dimension.${dimension}`)}: ${list(names.map((name) => name || t('filter.nobody')))}`];
  });
  return parts.length === 0 ? t('access.sees.all') : parts.join(' · ');
}
