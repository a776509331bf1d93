import type { EventRow } from '../connector.js';

/** Where an item stands and whose it is, as a tool tells all of it at once. */
export type Ownership = Required<Pick<EventRow, 'status' | 'team' | 'person'>>;

/** What of it is otherwise than it was told last; null: nothing. */
export function ownershipChange(told: Ownership, now: Ownership): Partial<Ownership> | null {
  const changed: Partial<Ownership> = {
    ...(now.status !== told.status && { status: now.status }),
    ...(now.team !== told.team && { team: now.team }),
    ...(now.person !== told.person && { person: now.person }),
  };
  return Object.keys(changed).length > 0 ? changed : null;
}
