import type pg from 'pg';
import type { Principal } from '../access/principal.js';
import type { SchemaView } from '../api.js';
import { listViews } from '../exports/view-catalog.js';

/** The views the asker's login may read: of a scope, those that keep to it. */
export async function readableViews(pool: pg.Pool, { scope }: Principal): Promise<SchemaView[]> {
  const views = await listViews(pool);
  if (scope === null) return views;
  const { rows } = await pool.query<{ name: string }>(
    `select relname as name from pg_class
    where relnamespace = 'analytics'::regnamespace and relkind = 'v' and 'security_barrier=true' = any(reloptions)`,
  );
  const narrow = new Set(rows.map(({ name }) => name));
  return views.filter(({ name }) => narrow.has(name));
}
