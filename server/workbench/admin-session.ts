import pg from 'pg';
import { Refusal } from '../dashboards/refusal.js';

interface Place {
  database: string;
  isSuper: boolean;
  user: string;
}

const where = `
  select (select oid::text from pg_database where datname = current_database()) || ' ' || current_database() as database,
    rolsuper as "isSuper", rolname as "user"
  from pg_roles where rolname = current_user`;

/**
 * Works in a session that may make logins: as the administrator whose address is given, else as the program itself. `app` is the program's
 * own login. Throws a `Refusal` where neither may, and where the address is that of another database.
 */
export async function asAdmin<T>(
  pool: pg.Pool,
  address: string | undefined,
  work: (admin: pg.PoolClient, app: string) => Promise<T>,
): Promise<T> {
  const { rows } = await pool.query<Place>(where);
  const own = rows[0];
  if (address === undefined) {
    if (!own?.isSuper) {
      throw new Refusal(
        `The program's login ${own?.user ?? ''} may make no logins; give --as postgres://ADMIN:PASSWORD@HOST/DATABASE of a superuser.`,
      );
    }
    const client = await pool.connect();
    try {
      return await work(client, own.user);
    } finally {
      client.release();
    }
  }
  const admins = new pg.Pool({ connectionString: address, max: 1, connectionTimeoutMillis: 10_000, application_name: 'throughline' });
  admins.on('error', () => undefined);
  try {
    const admin = await admins.connect();
    try {
      const [there] = (await admin.query<Place>(where)).rows;
      if (there?.database !== own?.database)
        throw new Refusal('--as is the address of another database; give that of DATABASE_URL with the login of an administrator.');
      if (!there?.isSuper)
        throw new Refusal(
          `${there?.user} is no superuser, and only a superuser can close functions of PostgreSQL to others; give --as with one.`,
        );
      return await work(admin, own?.user ?? '');
    } finally {
      admin.release();
    }
  } finally {
    await admins.end();
  }
}
