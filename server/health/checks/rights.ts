import type { ProgramRights } from '../../database/least-rights.js';
import { fine, type Check } from '../check.js';

/** Whether the program works with logins that may do what it needs and no more. */
export function rightsCheck(rights: ProgramRights): Check {
  const subject = { key: 'subject.rights' } as const;
  if (rights.isLeast) return fine('rights', subject, { key: 'rights.least' });
  const { user, why, reason } = rights;
  const found = { key: 'rights.all', values: { user } } as const;
  const remedy = { key: `rights.${why}.do`, values: { user, reason } } as const;
  return { id: 'rights', subject, state: 'warning', found, remedies: [remedy] };
}
