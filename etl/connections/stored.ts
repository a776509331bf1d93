import type { Pool, PoolClient } from 'pg';
import type { CalendarRow, Capabilities, ConnectionSettings, Json, StatusMeaning } from '../connector.js';
import { entityId } from '../model/ids.js';

export interface ConnectionRow {
  id: string;
  name: string;
  connector: string;
  config: Json;
  settings: ConnectionSettings;
  capabilities: Capabilities;
  map_version: number;
  is_sample: boolean;
  as_of_at: Date | null;
  last_complete_at: Date | null;
}

const columns = 'id, name, connector, config, settings, capabilities, map_version, is_sample, as_of_at, last_complete_at';

export async function readRows(pool: Pool): Promise<ConnectionRow[]> {
  return (await pool.query<ConnectionRow>(`select ${columns} from ingest.connection order by name`)).rows;
}

export async function readRow(client: Pool | PoolClient, name: string): Promise<ConnectionRow | undefined> {
  return (await client.query<ConnectionRow>(`select ${columns} from ingest.connection where name = $1`, [name])).rows[0];
}

/** Throws, naming the known ones, where there is no such connection. */
export async function idOf(pool: Pool, name: string): Promise<string> {
  const rows = await readRows(pool);
  const row = rows.find((candidate) => candidate.name === name);
  if (row) return row.id;
  const known = rows.map((candidate) => `"${candidate.name}"`).join(', ');
  throw new Error(`Unknown connection "${name}"; ${known === '' ? 'there are none yet: import a file first' : `known: ${known}`}.`);
}

export async function writeRow(
  client: PoolClient,
  row: {
    id: string;
    name: string;
    connector: string;
    config: Json;
    isSample?: boolean;
    settings: ConnectionSettings;
    capabilities: Capabilities;
    mapVersion: number;
  },
): Promise<void> {
  await client.query(
    `insert into ingest.connection (id, name, connector, config, settings, capabilities, map_version, is_sample)
    values ($1, $2, $3, $4::jsonb, $5::jsonb, $6::jsonb, $7, $8)
    on conflict (id) do update
    set config = excluded.config, settings = excluded.settings, capabilities = excluded.capabilities, map_version = excluded.map_version`,
    [
      row.id,
      row.name,
      row.connector,
      JSON.stringify(row.config),
      JSON.stringify(row.settings),
      JSON.stringify(row.capabilities),
      row.mapVersion,
      row.isSample ?? false,
    ],
  );
}

/** Statuses given a meaning get it; those met in the data without one stay or become unmapped. */
export async function writeStatuses(client: PoolClient, connection: string, meanings: Record<string, StatusMeaning>): Promise<void> {
  const names = Object.keys(meanings);
  await client.query(`update core.status set meaning = 'unmapped' where connection_id = $1 and name <> all ($2::text[])`, [
    connection,
    names,
  ]);
  await client.query(
    `insert into core.status (id, connection_id, name, meaning)
    select id, $1, name, meaning
    from unnest($2::uuid[], $3::text[], $4::text[]) as status (id, name, meaning)
    on conflict (id) do update set meaning = excluded.meaning`,
    [connection, names.map((name) => entityId(connection, 'status', name)), names, Object.values(meanings)],
  );
}

/** Replaces the hours and holidays of the calendars named; others stay, since teams may keep them. */
export async function writeCalendars(client: PoolClient, connection: string, calendars: readonly CalendarRow[]): Promise<void> {
  for (const calendar of calendars) {
    const id = entityId(connection, 'calendar', calendar.id);
    await client.query(
      `insert into core.calendar (id, connection_id, external_id, name, time_zone)
      values ($1, $2, $3, $4, $5)
      on conflict (id) do update set name = excluded.name, time_zone = excluded.time_zone`,
      [id, connection, calendar.id, calendar.name, calendar.timeZone],
    );
    await client.query('delete from core.calendar_hours where calendar_id = $1', [id]);
    await client.query('delete from core.calendar_holiday where calendar_id = $1', [id]);
    for (const span of calendar.hours) {
      await client.query(
        `insert into core.calendar_hours (calendar_id, weekday, opens, closes, valid_from, valid_to)
        values ($1, $2, $3, $4, coalesce($5::date, '-infinity'), coalesce($6::date, 'infinity'))`,
        [id, span.weekday, span.opens, span.closes, span.from ?? null, span.to ?? null],
      );
    }
    for (const day of calendar.holidays) {
      await client.query(
        `insert into core.calendar_holiday (calendar_id, on_date, name, opens, closes) values ($1, $2, $3, $4, $5)
        on conflict (calendar_id, on_date) do update set name = excluded.name, opens = excluded.opens, closes = excluded.closes`,
        [id, day.on, day.name, day.opens ?? null, day.closes ?? null],
      );
    }
  }
}

export async function markItemsDirty(client: PoolClient, connection: string): Promise<void> {
  await client.query(
    `insert into facts.dirty (item_id)
    select item_id from core.item where connection_id = $1`,
    [connection],
  );
}
