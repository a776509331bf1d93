import type { StateAsker, StateResponse } from '#server/api.js';
import type { Permission } from '../can';
import { language, t, type MessageKey } from '../i18n/messages.svelte';

/** What a page asks of whoever opens it, besides that one may look at all. `account`: to be signed in. `sharing`: share links are made here. */
type Need = Permission | 'account' | 'sharing';

/** A page that menu and palette lead to. */
export interface Room {
  path: string;
  label: string;
}

/** An entry of the menu: a page, or several under a name. */
export interface RoomGroup {
  id: (typeof groupIds)[number];
  label: string;
  rooms: Room[];
}

const groupIds = ['today', 'boards', 'watch', 'reports', 'data'] as const;

interface Listed {
  path: string;
  label: MessageKey;
  needs: Need;
}

const listed = {
  today: [{ path: '/', label: 'nav.home', needs: 'read' }],
  boards: [
    { path: '/my', label: 'my.title', needs: 'read' },
    { path: '/wall', label: 'wall.all', needs: 'read' },
  ],
  watch: [{ path: '/watch', label: 'watch.title', needs: 'read' }],
  reports: [
    { path: '/reports', label: 'rooms.summaries', needs: 'read' },
    { path: '/reports/schedules', label: 'schedules.title', needs: 'read' },
    { path: '/alerts', label: 'alerts.title', needs: 'read' },
  ],
  data: [
    { path: '/data', label: 'rooms.connections', needs: 'read' },
    { path: '/data/quality', label: 'rooms.quality', needs: 'read' },
    { path: '/connections/new', label: 'connect.title', needs: 'manage' },
    { path: '/workbench', label: 'nav.workbench', needs: 'query' },
    { path: '/exports', label: 'nav.exports', needs: 'export' },
    { path: '/api-docs', label: 'api-docs.title', needs: 'read' },
  ],
  account: [
    { path: '/account', label: 'access.account', needs: 'account' },
    { path: '/account/second-factor', label: 'identity.menu.factor', needs: 'account' },
    { path: '/account/tokens', label: 'identity.menu.tokens', needs: 'account' },
    { path: '/account/shares', label: 'identity.menu.shares', needs: 'sharing' },
    { path: '/users', label: 'access.users', needs: 'manage' },
    { path: '/privacy', label: 'privacy.title', needs: 'manage' },
    { path: '/audit', label: 'audit.title', needs: 'manage' },
    { path: '/health', label: 'health.title', needs: 'manage' },
  ],
} as const satisfies Record<RoomGroup['id'] | 'account', Listed[]>;

/** Pages that no menu names, and everything below them. */
const inner: { path: string; needs: Permission }[] = [{ path: '/connections', needs: 'manage' }];

const groupLabels = {
  today: 'nav.home',
  boards: 'rooms.boards',
  watch: 'watch.title',
  reports: 'reports.title',
  data: 'nav.data',
} as const;

/** The menu of whoever asks: pages that are not for that one are left out, and groups that have none. */
export function roomGroups({ asker, boards }: Pick<StateResponse, 'asker' | 'boards'>): RoomGroup[] {
  return groupIds
    .map((id) => {
      const own = id === 'boards' ? boards.map((board) => ({ path: `/boards/${board.id}`, label: board.title[language.locale] })) : [];
      return { id, label: t(groupLabels[id]), rooms: [...own, ...opened(listed[id], asker)] };
    })
    .filter(({ rooms }) => rooms.length > 0);
}

/** Pages of the account and of those who manage. */
export function accountRooms(asker: StateAsker): Room[] {
  return opened(listed.account, asker);
}

/** Which of the pages one is on: itself, or the nearest above it. Null: none of them. */
export function hereOf(path: string, rooms: readonly Room[]): string | null {
  const above = rooms.filter((room) => isBelow(path, room.path)).map((room) => room.path);
  if (above.length === 0 && isBelow(path, '/connections')) return rooms.find((room) => room.path === '/data')?.path ?? null;
  return above.sort((a, b) => b.length - a.length)[0] ?? null;
}

/** The permission that a page asks for and whoever asks has not; null: it is open, or says itself what it wants. */
export function lacking(path: string, asker: StateAsker): Permission | null {
  const rooms: { path: string; needs: Need }[] = [...Object.values(listed).flat(), ...inner];
  const needed = rooms
    .filter((room) => isBelow(path, room.path))
    .map(({ needs }) => (needs === 'sharing' ? 'steer' : needs))
    .filter((needs) => needs !== 'account');
  return needed.find((needs) => !asker.permissions.includes(needs)) ?? null;
}

function isBelow(path: string, above: string): boolean {
  return path === above || (above !== '/' && path.startsWith(`${above}/`));
}

function opened(rooms: readonly Listed[], asker: StateAsker): Room[] {
  return rooms.filter(({ needs }) => isMet(needs, asker)).map(({ path, label }) => ({ path, label: t(label) }));
}

function isMet(needs: Need, { isSignedIn, sharesLinks, permissions }: StateAsker): boolean {
  if (needs === 'account') return isSignedIn;
  return needs === 'sharing' ? sharesLinks : permissions.includes(needs);
}
