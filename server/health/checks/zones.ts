import { Temporal } from 'temporal-polyfill';
import type pg from 'pg';
import { fine, type Check } from '../check.js';

/** Zones whose rules were changed in the last years, or that many live in, beside those of the data. */
const probedZones = [
  'Africa/Cairo', 'America/Asuncion', 'America/Mexico_City', 'America/New_York', 'Asia/Almaty', 'Asia/Amman', 'Asia/Tehran', 'Asia/Yerevan',
  'Europe/Berlin', 'Europe/Istanbul', 'Europe/London', 'Pacific/Apia',
]; // prettier-ignore

/** Whether this program and the database give a day the same hours, in winter and summer of this year and the next. */
export async function zoneCheck(pool: pg.Pool, now: Date): Promise<Check> {
  const instants = [0, 1].flatMap((year) => ['01-15', '07-15'].map((day) => `${now.getUTCFullYear() + year}-${day}T12:00:00Z`));
  const { rows } = await pool.query<{ zone: string; at: string; minutes: number | null }>(
    `with zones as (
      select unnest($1::text[]) as zone
      union select settings ->> 'timeZone' from ingest.connection where settings ? 'timeZone'
      union select time_zone from core.calendar
    ), known as (
      select zone, zone in (select name from pg_timezone_names) as is_known from zones
    )
    select zone, at::text,
      case when is_known then (extract(epoch from (at::timestamptz at time zone zone) - (at::timestamptz at time zone 'UTC')) / 60)::int end as minutes
    from known, unnest($2::text[]) as at
    order by zone`,
    [probedZones, instants],
  );
  const zones = [...new Set(rows.map(({ zone }) => zone))];
  const different = zones.filter((zone) =>
    rows.some((row) => row.zone === zone && (row.minutes === null || row.minutes !== offsetMinutes(zone, row.at))),
  );
  const subject = { key: 'subject.zones' } as const;
  const version = process.versions.tz ?? '';
  if (different.length === 0) return fine('zones', subject, { key: 'zones.agree', values: { version, count: zones.length } });
  const found = { key: 'zones.differ', values: { version, names: different.join(', ') } } as const;
  return { id: 'zones', subject, state: 'warning', found, remedies: [{ key: 'zones.differ.do' }] };
}

/** Null where this program does not know the zone. */
function offsetMinutes(zone: string, at: string): number | null {
  try {
    return Temporal.Instant.from(at).toZonedDateTimeISO(zone).offsetNanoseconds / 60_000_000_000;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
