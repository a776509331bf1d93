import { t } from '../i18n/messages.svelte';
import { preferences } from '../preferences.svelte';
import { server } from '../server-state.svelte';

/** What somebody keeps: of an account, or of a name where nobody signs in. */
interface Owned {
  owner: string;
  ownerId: string | null;
}

export function isOwn({ owner, ownerId }: Owned): boolean {
  if (preferences.isKnown) return ownerId !== null && ownerId === server.state?.asker.id;
  return owner !== '' && owner === preferences.person;
}

/** Whose it is, in words; of no account where those who sign in ask and its account was removed. */
export function saidOwner({ owner, ownerId }: Owned): string {
  return preferences.isKnown && ownerId === null ? t('access.ownerless', { name: owner }) : owner;
}
