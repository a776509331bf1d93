import type pg from 'pg';
import { migrations } from '#etl/model/database.js';
import { fine, type Check } from '../check.js';
import { floorAbove } from '../../workbench/floor.js';
import type { Phrase } from '../texts/index.js';

/** Beyond it, an age or a due date of minutes is told wrongly. */
const mostSkewSeconds = 5;

/** Whether it answers, which one it is, and whether its tables are this program's. The first alone where it is silent. */
export async function databaseChecks(pool: pg.Pool, where: string | Phrase): Promise<Check[]> {
  const subject = { key: 'subject.database' } as const;
  try {
    const { rows } = await pool.query<{ version: string; number: number; size: string }>(
      `select split_part(current_setting('server_version'), ' ', 1) as version, current_setting('server_version_num')::int as number,
        pg_size_pretty(pg_database_size(current_database())) as size`,
    );
    const { version = '', number = 0, size = '' } = rows[0] ?? {};
    return [
      fine('database', subject, { key: 'database.answers', values: { version, where, size } }),
      versionCheck(version, floorAbove(number)),
      await schemaCheck(pool),
    ];
  } catch (error) {
    const reason = error instanceof Error && error.message !== '' ? error.message : String(error);
    const found = { key: 'database.silent', values: { reason } } as const;
    return [{ id: 'database', subject, state: 'failing', found, remedies: [{ key: 'database.silent.do' }] }];
  }
}

function versionCheck(version: string, floor: string | null): Check {
  const subject = { key: 'subject.version' } as const;
  if (floor === null) return fine('version', subject, { key: 'version.safe', values: { version } });
  const values = { version, floor };
  return { id: 'version', subject, state: 'warning', found: { key: 'version.old', values }, remedies: [{ key: 'version.old.do', values }] };
}

async function schemaCheck(pool: pg.Pool): Promise<Check> {
  const subject = { key: 'subject.schema' } as const;
  const { rows } = await pool.query<{ name: string }>('select name from public.throughline_migration');
  const applied = rows.map(({ name }) => name);
  const known = migrations.map(({ name }) => name);
  const missing = known.filter((name) => !applied.includes(name));
  const unknown = applied.filter((name) => !known.includes(name));
  const failing = (key: 'schema.behind' | 'schema.ahead', names: string[]): Check => ({
    id: 'schema',
    subject,
    state: 'failing',
    found: { key, values: { names: names.join(', ') } },
    remedies: [{ key: `${key}.do` }],
  });
  if (missing.length > 0) return failing('schema.behind', missing);
  if (unknown.length > 0) return failing('schema.ahead', unknown);
  return fine('schema', subject, { key: 'schema.fits', values: { count: applied.length } });
}

/** Our clock against that of the database, as far as the way there and back lets it be told. */
export async function clockCheck(pool: pg.Pool, now: () => number): Promise<Check> {
  const askedAt = now();
  const { rows } = await pool.query<{ ms: number }>('select extract(epoch from clock_timestamp())::float8 * 1000 as ms');
  const answeredAt = now();
  const told = rows[0]?.ms ?? answeredAt;
  const seconds = Math.max(0, askedAt - told, told - answeredAt) / 1_000;
  const values = { seconds: Math.round(seconds * 10) / 10 };
  const subject = { key: 'subject.clock' } as const;
  if (seconds <= mostSkewSeconds) return fine('clock', subject, { key: 'clock.right', values });
  return { id: 'clock', subject, state: 'warning', found: { key: 'clock.off', values }, remedies: [{ key: 'clock.off.do' }] };
}
