import type { Dimension } from '#dashboards/metric-result.js';
import type { SharedPage } from './share-page.js';

export const roles = ['admin', 'lead', 'executive', 'analyst', 'viewer'] as const;
export type Role = (typeof roles)[number];

/**
 * What a route asks of whoever uses it. `read`: boards, items, reports. `keep`: things of one's own, such as saved views. `steer`: what
 * others see too: targets, notes, marks, alerts, schedules. `export`: rows as files. `query`: SQL of one's own. `manage`: connections,
 * channels, accounts, settings, the audit log.
 */
export type Permission = 'read' | 'keep' | 'steer' | 'export' | 'query' | 'manage';

export const permissions = ['read', 'keep', 'steer', 'export', 'query', 'manage'] as const satisfies Permission[];

const rights: Record<Role, readonly Permission[]> = {
  admin: ['read', 'keep', 'steer', 'export', 'query', 'manage'],
  lead: ['read', 'keep', 'steer', 'export'],
  executive: ['read', 'keep', 'export'],
  analyst: ['read', 'keep', 'export', 'query'],
  viewer: ['read'],
};

export const scopeDimensions = ['team', 'service', 'group'] as const satisfies Dimension[];
export type ScopeDimension = (typeof scopeDimensions)[number];

/** Items somebody may see: those that have one of the values of each dimension that is named. */
export type Scope = Partial<Record<ScopeDimension, readonly string[]>>;

/** Who asks, and what that one may do and see. */
export interface Principal {
  /** Of the account; null: nobody signed in, because it is not asked for here. */
  id: string | null;
  /** Shown beside what is kept. Empty: not told. */
  name: string;
  role: Role;
  /** Null: everything. */
  scope: Scope | null;
  /** Names of the company's people; otherwise their pseudonyms. */
  seesNames: boolean;
  /** How it is known. `guest`: sees the sample before there is an admin. `open`: sign-in is switched off on this machine. */
  by: 'session' | 'token' | 'share' | 'guest' | 'open';
  /** What a token is limited to, within the role; null: all of it. */
  only: readonly Permission[] | null;
  /** Has to set up a second factor before anything else is open. */
  lacksSecondFactor?: true;
  /** Of a share link: all that it opens. */
  page?: SharedPage;
}

/** Whoever uses a machine of his own with sign-in switched off. */
export const ownerOfTheMachine: Principal = { id: null, name: '', role: 'admin', scope: null, seesNames: true, by: 'open', only: null };

/** Who has a right, the mightiest first. */
export function rolesWith(permission: Permission): Role[] {
  return roles.filter((role) => rights[role].includes(permission));
}

/** What is managed is of everything, so nobody manages who may see a part. */
export function may(
  { role, only, scope = null }: Pick<Principal, 'role' | 'only'> & Partial<Pick<Principal, 'scope'>>,
  permission: Permission,
): boolean {
  if (permission === 'manage' && scope !== null) return false;
  return rights[role].includes(permission) && (only === null || only.includes(permission));
}

/** The name something is kept under: that of the account, or what an unknown reader typed. */
export function nameOf({ id, name }: Pick<Principal, 'id' | 'name'>, typed: string): string {
  return id === null ? typed : name;
}
