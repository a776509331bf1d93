import type pg from 'pg';
import type { ErasedResponse } from '../api.js';
import { iso } from '../database/iso.js';

/** Who was erased, the latest first, and until when backups hold them, as far as that is known. */
export async function readErased(pool: pg.Pool): Promise<Pick<ErasedResponse, 'people' | 'backups'>> {
  const people = await pool.query<ErasedResponse['people'][number]>(
    `select pseudonym, ${iso('max(erased_at)')} as at, count(*)::int as parties,
      ${iso(`(max(erased_at) + make_interval(days => (select (value ->> 'keepDays')::int from app.setting where name = 'backups')))`)}
        as "goneFromBackupsAt"
    from ingest.erasure
    group by pseudonym
    order by max(erased_at) desc, pseudonym`,
  );
  const backups = await pool.query<ErasedResponse['backups']>(
    `select (select (value ->> 'keepDays')::int from app.setting where name = 'backups') as "keepDays",
      count(*)::int as known, ${iso('max(at)')} as "lastAt"
    from app.audit
    where action = 'backup' and outcome = 'done'`,
  );
  return { people: people.rows, backups: backups.rows[0] ?? { keepDays: null, known: 0, lastAt: null } };
}

/** For how many days backups are kept, as somebody says who keeps them; null: it is not said. */
export async function setBackupDays(pool: pg.Pool, keepDays: number | null): Promise<void> {
  await pool.query(
    `insert into app.setting (name, value) values ('backups', jsonb_build_object('keepDays', $1::int))
    on conflict (name) do update set value = excluded.value`,
    [keepDays],
  );
}
