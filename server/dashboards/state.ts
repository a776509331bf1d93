import type pg from 'pg';
import type { Board } from '#dashboards/dashboard.js';
import type { Locale } from '#dashboards/i18n/messages.js';
import { dimensions, type Dimension } from '#dashboards/metric-result.js';
import { boardDescription, boardTitle } from '#dashboards/titles.js';
import { may, permissions, rolesWith, type Permission, type Principal, type Role } from '../access/principal.js';
import type { SharedPage } from '../access/share-page.js';
import type { StateAsker, StateResponse } from '../api.js';
import { readConnections } from '../connections/connection-states.js';
import { periodWindows, type DataSpan } from '../metrics/periods.js';
import { packageVersion } from '../package-root.js';
import type { KnownName } from './names.js';

/** Values a filter offers at most; the rest are found by typing. */
const mostFilterValues = 500;

/** What the page asks for first. `names` and `span` depend on the facts alone; the rest is read fresh. */
export async function readState(
  pool: pg.Pool,
  boards: readonly Board[],
  names: Record<Dimension, KnownName[]>,
  span: DataSpan,
  asker: Principal,
  hasShareLinks: boolean,
): Promise<StateResponse> {
  const [connections, isDeriving] = await Promise.all([readConnections(pool, asker.scope), readIsDeriving(pool)]);
  return {
    version: packageVersion,
    asker: stateAsker(asker, hasShareLinks),
    rights: Object.fromEntries(permissions.map((permission) => [permission, rolesWith(permission)])) as Record<Permission, Role[]>,
    hasSample: connections.some((connection) => connection.isSample),
    isDeriving,
    connections: asker.page ? [] : connections,
    boards: boards
      .filter(({ id }) => !asker.page || isSharedBoard(asker.page, id))
      .map((board) => ({
        id: board.id,
        title: inAll(board, boardTitle),
        description: inAll(board, boardDescription),
        belief: board.belief ?? null,
      })),
    filters: asker.page ? {} : filtersOf(names),
    periods: { gregorian: periodWindows(span, 'gregorian'), jalali: periodWindows(span, 'jalali') },
    zone: span.zone,
  };
}

function isSharedBoard({ kind, id }: SharedPage, board: string): boolean {
  return kind === 'board' && id === board;
}

function stateAsker(asker: Principal, hasShareLinks: boolean): StateAsker {
  return {
    id: asker.id,
    name: asker.name,
    role: asker.role,
    isSignedIn: asker.id !== null,
    canSignOut: asker.by === 'session',
    permissions: permissions.filter((permission) => may(asker, permission)),
    scope: asker.scope,
    needsSecondFactor: asker.lacksSecondFactor ?? false,
    sharesLinks: hasShareLinks && asker.by === 'session' && may(asker, 'steer'),
    sharedPage: asker.page ? `${asker.page.path}${asker.page.query}` : null,
  };
}

/** Values each filter offers, most frequent first. */
function filtersOf(names: Record<Dimension, KnownName[]>): Record<string, string[]> {
  return Object.fromEntries(
    dimensions.map((dimension) => [dimension, names[dimension].slice(0, mostFilterValues).map(({ name }) => name)]),
  );
}

function inAll(board: Board, text: (board: Board, locale: Locale) => string): Record<Locale, string> {
  return { en: text(board, 'en'), tr: text(board, 'tr'), fa: text(board, 'fa'), hy: text(board, 'hy') };
}

async function readIsDeriving(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ isDeriving: boolean }>(`select exists (select from facts.dirty) as "isDeriving"`);
  return rows[0]?.isDeriving ?? false;
}
