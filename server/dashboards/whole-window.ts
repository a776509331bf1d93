import type pg from 'pg';
import type { Window } from '../metrics/periods.js';
import { Refusal } from '../refusal.js';

/** From the first day of the data to the day after it ends, of one connection or of all. Throws a `Refusal`. */
export async function wholeWindow(pool: pg.Pool, connection: string | undefined, zone: string | undefined): Promise<Window> {
  const { rows: known } = await pool.query<{ name: string; zone: string }>(
    `select name, coalesce(settings ->> 'timeZone', 'UTC') as zone from ingest.connection order by created_at, name`,
  );
  const asked = connection === undefined ? known : known.filter(({ name }) => name === connection);
  if (asked.length === 0) {
    const names = known.map(({ name }) => name).join(', ');
    throw new Refusal(
      connection === undefined
        ? 'There is no data yet; import some with throughline import.'
        : `Unknown connection "${connection}"; known: ${names || 'none'}.`,
    );
  }
  const chosen = zone ?? asked[0]?.zone ?? 'UTC';
  const { rows } = await pool.query<{ from: string | null; to: string | null }>(
    `
    select
      to_char(min(i.created_at) at time zone $2, 'YYYY-MM-DD') as "from",
      to_char(date_trunc('day', max(c.as_of_at) at time zone $2) + interval '1 day', 'YYYY-MM-DD') as "to"
    from ingest.connection c
    left join facts.item i on i.connection_id = c.id
    where c.name = any($1)`,
    [asked.map(({ name }) => name), checkedZone(chosen)],
  );
  const { from, to } = rows[0] ?? {};
  if (!from || !to) throw new Refusal(`${connection ?? 'The connections'} brought no item yet; look at throughline status.`);
  return { from, to, zone: chosen };
}

function checkedZone(zone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    throw new Refusal(`Unknown time zone "${zone}"; give an IANA name such as Europe/Istanbul.`);
  }
}
