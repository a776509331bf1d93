import type pg from 'pg';
import { Refusal } from '../dashboards/refusal.js';

/** A view of the `analytics` schema as its comments document it. */
export interface View {
  name: string;
  comment: string;
  columns: ViewColumn[];
}

export interface ViewColumn {
  name: string;
  /** As Postgres names it: `text`, `uuid`, `bigint`, `numeric(12,2)`, `timestamp with time zone`, …. */
  type: string;
  comment: string;
}

/** Every view that can be exported, by name; columns in their order. */
export async function listViews(pool: pg.Pool): Promise<View[]> {
  const { rows } = await pool.query<View>(`
    select
      c.relname as name,
      coalesce(obj_description(c.oid, 'pg_class'), '') as comment,
      json_agg(
        json_build_object(
          'name', a.attname,
          'type', format_type(a.atttypid, a.atttypmod),
          'comment', coalesce(col_description(c.oid, a.attnum), '')
        ) order by a.attnum
      ) as columns
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'analytics'::regnamespace
      and c.relkind = 'v'
    group by c.oid, c.relname
    order by c.relname
  `);
  return rows;
}

/** The view of that name. Throws a `Refusal` that lists the known ones. */
export async function findView(pool: pg.Pool, name: string): Promise<View> {
  const views = await listViews(pool);
  const view = views.find((candidate) => candidate.name === name);
  if (!view) throw new Refusal(`Unknown view "${name}"; known: ${views.map((known) => known.name).join(', ')}.`);
  return view;
}

/** A name of ours as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
