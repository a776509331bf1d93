import type pg from 'pg';
import type { Calendar } from '#dashboards/metric-result.js';
import { periodWindow, type DataSpan, type Window } from './periods.js';

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
