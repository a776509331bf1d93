import type pg from 'pg';
import { administerOnce } from '../database/pool.js';
import { Refusal } from '../refusal.js';

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
 * Works in a session that may make logins: as the administrator whose address is given, else as whoever the program is set up with, at
 * `databaseUrl`. `app` is the login of that address. Throws a `Refusal` where neither may, and where the address is that of another database.
 */
export async function asAdmin<T>(
  databaseUrl: string,
  address: string | undefined,
  work: (admin: pg.PoolClient, app: string) => Promise<T>,
): Promise<T> {
  return administerOnce(databaseUrl, async (client) => {
    const [own] = (await client.query<Place>(where)).rows;
    if (address === undefined) {
      if (own?.isSuper) return work(client, own.user);
      throw new Refusal(
        `The program's login ${own?.user ?? ''} may make no logins; give --as postgres://ADMIN:PASSWORD@HOST/DATABASE of a superuser.`,
      );
    }
    return administerOnce(address, async (admin) => {
      const [there] = (await admin.query<Place>(where)).rows;
      if (there?.database !== own?.database)
        throw new Refusal('--as is the address of another database; give that of DATABASE_URL with the login of an administrator.');
      if (!there?.isSuper)
        throw new Refusal(
          `${there?.user} is no superuser, and only a superuser can close functions of PostgreSQL to others; give --as with one.`,
        );
      return work(admin, own?.user ?? '');
    });
  });
}
