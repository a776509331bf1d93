import { createHash } from 'node:crypto';
import type pg from 'pg';
import { type Capabilities, type ConnectionSettings, type StatusMeaning, defaultSettings, signals } from '#etl/connector.js';

/** Writes stories straight into `core`, for tests of what is derived from them. Ids are functions of names. */

export const nobody = '00000000-0000-0000-0000-000000000000';

const names = new Map<string, string>();

export function idOf(kind: string, name: string): string {
  const id = createHash('md5')
    .update(`${kind} ${name}`)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  names.set(id, name);
  return id;
}

/** Rows of a facts table of one item in order, with names for ids, ISO instants, and without the version. */
export async function factsOf(
  pool: pg.Pool,
  table:
    'item' | 'cycle' | 'interval' | 'ownership' | 'handoff' | 'promise' | 'turn' | 'rating' | 'silence' | 'word' | 'handoff_word' | 'delay',
  item: string,
  level?: 'team' | 'person',
): Promise<Record<string, unknown>[]> {
  const order = table === 'item' ? 'item_id' : ['ownership', 'handoff', 'handoff_word'].includes(table) ? 'level, n' : 'n';
  const rows = await pool.query<Record<string, unknown>>(
    `select f.* from facts.${table} f where f.item_id = $1 ${level === undefined ? '' : 'and f.level = $2'} order by ${order}`,
    level === undefined ? [idOf('item', item)] : [idOf('item', item), level],
  );
  return rows.rows.map(({ item_id: _item, version: _version, ...row }) =>
    Object.fromEntries(Object.entries(row).map(([column, value]) => [column, readable(value)])),
  );
}

/** `2026-01-05T10:00:00Z` for an instant, `infinity`, the name behind an id, a number for a count. */
function readable(value: unknown): unknown {
  if (value === Infinity) return 'infinity';
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z');
  if (typeof value === 'string') return names.get(value) ?? (/^-?\d+$/.test(value) ? Number(value) : value);
  return value;
}

/** One line of a story. `at` ISO; team and person by name, `null` for explicitly nobody. */
export interface StoryEvent {
  at: string;
  kind?: 'created' | 'changed' | 'promised' | 'said' | 'noted' | 'rated';
  seq?: number;
  /** A status; its meaning is that of `statuses`. */
  status?: string;
  team?: string | null;
  person?: string | null;
  due?: string | null;
  askedByCustomer?: boolean;
  actor?: string;
  role?: 'customer' | 'agent' | 'system' | 'unknown';
  side?: 'team' | 'customer' | 'system';
  isPublic?: boolean;
  isBot?: boolean;
  /** What was said; the language is guessed. */
  text?: string;
  attachments?: string[];
  rating?: number;
}

export interface StoryItem {
  name: string;
  events: StoryEvent[];
  createdAt?: string;
  startedAt?: string;
  finishedAt?: string;
  finishIsExplicit?: boolean;
  excluded?: string;
}

export interface StoryConnection {
  settings?: Partial<ConnectionSettings>;
  /** Signals the source does not tell. */
  lacks?: (typeof signals)[number][];
}

export const statuses: Record<string, StatusMeaning> = {
  working: 'ours_active',
  working2: 'ours_active',
  queued: 'ours_waiting',
  asked: 'customer',
  vendor: 'third_party',
  done: 'done',
  closed: 'done',
  cancelled: 'cancelled',
  odd: 'unmapped',
};

const connectionName = 'told';
export const toldConnectionId = idOf('connection', connectionName);

export async function tellConnection(pool: pg.Pool, connection: StoryConnection = {}): Promise<void> {
  const capabilities = Object.fromEntries(
    signals.map((signal) => [signal, connection.lacks?.includes(signal) ? { fidelity: 'none', reason: 'left out' } : { fidelity: 'full' }]),
  ) as Capabilities;
  await pool.query(
    `insert into ingest.connection (id, name, connector, config, settings, capabilities, map_version, as_of_at)
     values ($1, $2, 'told', '{}', $3, $4, 1, '2026-12-31T00:00:00Z')
     on conflict (id) do update set settings = excluded.settings, capabilities = excluded.capabilities`,
    [toldConnectionId, connectionName, { ...defaultSettings, ...connection.settings }, capabilities],
  );
  await pool.query(
    `insert into core.status (id, connection_id, name, meaning)
     select id::uuid, $1, name, meaning from json_to_recordset($2) as s (id text, name text, meaning text)
     on conflict (id) do nothing`,
    [toldConnectionId, JSON.stringify(Object.entries(statuses).map(([name, meaning]) => ({ id: idOf('status', name), name, meaning })))],
  );
}

export interface ToldCalendar {
  name: string;
  timeZone: string;
  hours: { weekday: number; opens: string; closes: string; from?: string; to?: string }[];
  holidays?: { on: string; opens?: string; closes?: string }[];
}

export async function tellCalendar(pool: pg.Pool, calendar: ToldCalendar): Promise<string> {
  const id = idOf('calendar', calendar.name);
  await pool.query(
    `insert into core.calendar (id, connection_id, external_id, name, time_zone) values ($1, $2, $3, $3, $4)
     on conflict (id) do update set time_zone = excluded.time_zone`,
    [id, toldConnectionId, calendar.name, calendar.timeZone],
  );
  await pool.query('delete from core.calendar_hours where calendar_id = $1', [id]);
  await pool.query('delete from core.calendar_holiday where calendar_id = $1', [id]);
  for (const hours of calendar.hours) {
    await pool.query('insert into core.calendar_hours values ($1, $2, $3, $4, $5, $6)', [
      id,
      hours.weekday,
      hours.opens,
      hours.closes,
      hours.from ?? '-infinity',
      hours.to ?? 'infinity',
    ]);
  }
  for (const day of calendar.holidays ?? []) {
    await pool.query('insert into core.calendar_holiday values ($1, $2, $3, $4, $5)', [
      id,
      day.on,
      day.on,
      day.opens ?? null,
      day.closes ?? null,
    ]);
  }
  return id;
}

export async function tellTeam(pool: pg.Pool, team: { name: string; calendar?: string }): Promise<void> {
  await pool.query(
    `insert into core.team (id, connection_id, external_id, name, calendar_id) values ($1, $2, $3, $3, $4)
     on conflict (id) do update set calendar_id = excluded.calendar_id`,
    [idOf('team', team.name), toldConnectionId, team.name, team.calendar ? idOf('calendar', team.calendar) : null],
  );
}

/** Writes the items whole, replacing earlier tellings, and marks them dirty. */
export async function tell(pool: pg.Pool, ...items: StoryItem[]): Promise<void> {
  const ids = items.map((item) => idOf('item', item.name));
  await pool.query('delete from core.event where item_id = any($1)', [ids]);
  await pool.query('delete from core.message where item_id = any($1)', [ids]);
  await pool.query(
    `insert into core.item (item_id, connection_id, external_id, as_of_at, as_of_seq, type, created_at, started_at, finished_at,
       finish_is_explicit, excluded, record_id)
     select item_id, $1, name, '2026-01-01T00:00:00Z', 0, 'ticket', created_at, started_at, finished_at, finish_is_explicit, excluded, item_id
     from json_to_recordset($2) as i (item_id uuid, name text, created_at timestamptz, started_at timestamptz, finished_at timestamptz,
       finish_is_explicit boolean, excluded text)
     on conflict (item_id) do update set created_at = excluded.created_at, started_at = excluded.started_at,
       finished_at = excluded.finished_at, finish_is_explicit = excluded.finish_is_explicit, excluded = excluded.excluded, deleted_at = null`,
    [
      toldConnectionId,
      JSON.stringify(
        items.map((item) => ({
          item_id: idOf('item', item.name),
          name: item.name,
          created_at: item.createdAt,
          started_at: item.startedAt,
          finished_at: item.finishedAt,
          finish_is_explicit: item.finishIsExplicit ?? false,
          excluded: item.excluded,
        })),
      ),
    ],
  );
  await pool.query(
    `insert into core.event (item_id, event_id, at, seq, kind, actor_id, actor_role, status_id, team_id, person_id, due_at,
       asked_by_customer, side, is_public, is_bot, rating, record_id)
     select item_id, event_id, at, seq, kind, actor_id, actor_role, status_id, team_id, person_id, due_at, asked_by_customer, side,
       is_public, is_bot, rating, item_id
     from json_to_recordset($1) as e (item_id uuid, event_id uuid, at timestamptz, seq bigint, kind text, actor_id uuid, actor_role text,
       status_id uuid, team_id uuid, person_id uuid, due_at timestamptz, asked_by_customer boolean, side text, is_public boolean, is_bot boolean,
       rating real)`,
    [JSON.stringify(items.flatMap((item) => item.events.map((event, index) => eventRow(item.name, event, index))))],
  );
  await pool.query(
    `insert into core.message (item_id, event_id, body, attachments)
     select item_id, event_id, body, attachments
     from json_to_recordset($1) as m (item_id uuid, event_id uuid, body text, attachments text[])`,
    [JSON.stringify(items.flatMap((item) => item.events.flatMap((event, index) => messageRow(item.name, event, index))))],
  );
  await pool.query('insert into facts.dirty (item_id) select unnest($1::uuid[])', [ids]);
}

/** Takes items out of the model, as a source that deletes them does. */
export async function forget(pool: pg.Pool, ...names: string[]): Promise<void> {
  const ids = names.map((name) => idOf('item', name));
  await pool.query('update core.item set deleted_at = $2 where item_id = any($1)', [ids, '2026-02-01T00:00:00Z']);
  await pool.query('insert into facts.dirty (item_id) select unnest($1::uuid[])', [ids]);
}

function eventRow(item: string, event: StoryEvent, index: number): Record<string, unknown> {
  const said = event.kind === 'said';
  return {
    item_id: idOf('item', item),
    event_id: eventId(item, event, index),
    at: event.at,
    seq: event.seq ?? index,
    kind: event.kind ?? 'changed',
    actor_id: event.actor === undefined ? null : idOf('person', event.actor),
    actor_role: event.role ?? (event.actor === undefined ? null : 'agent'),
    status_id: event.status === undefined ? null : idOf('status', event.status),
    team_id: owner('team', event.team),
    person_id: owner('person', event.person),
    due_at: event.due ?? null,
    asked_by_customer: event.askedByCustomer ?? null,
    side: said ? (event.side ?? 'team') : null,
    is_public: said ? (event.isPublic ?? true) : null,
    is_bot: said ? (event.isBot ?? false) : null,
    rating: event.rating ?? null,
  };
}

function messageRow(item: string, event: StoryEvent, index: number): Record<string, unknown>[] {
  if (event.text === undefined && event.attachments === undefined) return [];
  const ids = { item_id: idOf('item', item), event_id: eventId(item, event, index) };
  return [{ ...ids, body: event.text ?? '', attachments: event.attachments ?? [] }];
}

function eventId(item: string, event: StoryEvent, index: number): string {
  return idOf('event', `${item} ${event.at} ${event.seq ?? index}`);
}

function owner(kind: 'team' | 'person', name: string | null | undefined): string | null {
  if (name === undefined) return null;
  return name === null ? nobody : idOf(kind, name);
}
