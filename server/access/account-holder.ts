import { ForbiddenException } from '@nestjs/common';
import type { Principal } from './principal.js';

/** Somebody signed in to an account by a browser. */
export type AccountHolder = Principal & { id: string };

/** Keys to an account are made and taken away by whoever is signed in to it, never by another key. Throws a 403. */
export function accountHolder(asker: Principal): AccountHolder {
  const { id } = asker;
  if (asker.by === 'session' && id !== null) return { ...asker, id };
  throw new ForbiddenException(
    asker.by === 'open'
      ? 'Sign-in is switched off on this machine, so there is no account this could belong to.'
      : 'This belongs to an account: sign in to it with a browser.',
  );
}

/** Accounts are made, changed and taken away by persons: a token that did so would outlive its end. Throws a 403. */
export function demandPerson({ by }: Pick<Principal, 'by'>): void {
  if (by === 'token')
    throw new ForbiddenException(
      'Accounts are changed by whoever is signed in with a browser, or by "throughline user"; a token only lists them.',
    );
}
