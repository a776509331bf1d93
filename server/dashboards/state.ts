import type pg from 'pg';
import type { Board } from '#dashboards/dashboard.js';
import type { Locale } from '#dashboards/i18n/messages.js';
import { dimensions, type Calendar, type Dimension } from '#dashboards/metric-result.js';
import { boardDescription, boardTitle } from '#dashboards/titles.js';
import { may, permissions, rolesWith, type Permission, type Principal, type Role, type Scope } from '../access/principal.js';
import { scopeCondition } from '../access/scope.js';
import type { SharedPage } from '../access/share-page.js';
import type { ConnectionState, StateAsker, StateResponse } from '../api.js';
import { packageVersion } from '../package-root.js';
import type { Window } from './asked.js';
import type { KnownName } from './names.js';
import { periodWindow, periodWindows, type DataSpan } from './periods.js';

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

/**
 * The last complete weeks of the data, of one connection or of all; all of it where it is shorter. Ends with the data, in the zone
 * of the first connection.
 */
export async function defaultWindow(pool: pg.Pool, connection: string | null = null, calendar: Calendar = 'gregorian'): Promise<Window> {
  const span = await readDataSpan(pool, connection);
  return { ...periodWindow('default', span, calendar), zone: span.zone };
}

/** The days the data of one connection or of all covers, in the zone of the first connection. */
export async function readDataSpan(pool: pg.Pool, connection: string | null = null): Promise<DataSpan> {
  const { rows } = await pool.query<{ zone: string; asOf: string | null; first: string | null }>(
    `
    select
      coalesce(c.settings ->> 'timeZone', 'UTC') as zone,
      to_char(c.as_of_at at time zone coalesce(c.settings ->> 'timeZone', 'UTC'), 'YYYY-MM-DD') as "asOf",
      (select to_char(min(i.created_at) at time zone coalesce(c.settings ->> 'timeZone', 'UTC'), 'YYYY-MM-DD')
        from facts.item i where i.connection_id = c.id) as first
    from ingest.connection c
    where c.as_of_at is not null
      and ($1::text is null or c.name = $1)
    order by c.created_at, c.name`,
    [connection],
  );
  const zone = rows[0]?.zone ?? 'UTC';
  const days = (of: 'first' | 'asOf') =>
    rows
      .map((row) => row[of])
      .filter((day) => day !== null)
      .sort();
  return { first: days('first')[0] ?? null, last: days('asOf').at(-1) ?? null, zone };
}

/** How each connection stands, by name. To a scope only its items are counted, and no error told: it may name others. */
export async function readConnections(pool: pg.Pool, scope: Scope | null = null): Promise<ConnectionState[]> {
  const parameters: unknown[] = [];
  const error = (column: string) => (scope === null ? column : 'null');
  const { rows } = await pool.query<ConnectionState>(
    `
    select
      c.name,
      c.connector,
      c.is_sample as "isSample",
      ${iso('c.as_of_at')} as "asOf",
      ${iso('c.last_complete_at')} as "lastCompleteAt",
      case when c.failures > 0 or c.state = 'needs_auth'
        then json_build_object('failures', c.failures, 'isRefused', c.state = 'needs_auth', 'error', ${error('c.last_error')})
      end as stale,
      (select count(*)::int from facts.item i where i.connection_id = c.id and ${scopeCondition(scope, 'i', parameters)}) as items,
      (select count(*)::int from ingest.quarantine q where q.connection_id = c.id and q.resolved_at is null and q.dismissed_at is null) as quarantined,
      (select coalesce(json_agg(s.name order by s.name), '[]')
        from core.status s where s.connection_id = c.id and s.meaning = 'unmapped') as "unmappedStatuses",
      (select json_build_object('state', r.state, 'startedAt', ${iso('r.started_at')}, 'finishedAt', ${iso('r.finished_at')}, 'error', ${error('r.error')})
        from ingest.sync_run r where r.connection_id = c.id order by r.started_at desc limit 1) as "lastRun"
    from ingest.connection c
    order by c.name
  `,
    parameters,
  );
  return rows;
}

async function readIsDeriving(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ isDeriving: boolean }>(`select exists (select from facts.dirty) as "isDeriving"`);
  return rows[0]?.isDeriving ?? false;
}

/** An instant of the database as ISO text in UTC; the expression is written in code. */
export function iso(expression: string): string {
  return `to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
