import pg from 'pg';
import { hasCode } from '#etl/error-code.js';
import { withTransaction } from '#etl/transaction.js';
import { Refusal } from '../refusal.js';

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

/** Rows are counted for so long; what takes longer is guessed. */
const countWithinMs = 200;

/** How many rows a view has: counted where that is quick, else as the planner guesses; null where it knows nothing of a table just filled. */
export async function estimatedRows(pool: pg.Pool, { name }: Pick<View, 'name'>): Promise<number | null> {
  const counted = withTransaction(pool, async (client) => {
    await client.query(`set local statement_timeout = ${countWithinMs}`);
    const { rows } = await client.query<{ n: number }>(`select count(*)::float8 as n from analytics.${pg.escapeIdentifier(name)}`);
    return rows[0]?.n ?? 0;
  });
  return counted.catch((error: unknown) => {
    if (hasCode(error, queryCanceled)) return guessedRows(pool, name);
    throw error;
  });
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const queryCanceled = '57014';

interface PlanNode {
  'Plan Rows': number;
  Schema?: string;
  'Relation Name'?: string;
  Plans?: PlanNode[];
}

async function guessedRows(pool: pg.Pool, name: string): Promise<number | null> {
  const { rows } = await pool.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
    `explain (format json, verbose) select from analytics.${pg.escapeIdentifier(name)}`,
  );
  const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
  if (plan === undefined) return null;
  const { rows: unknown } = await pool.query(`select from pg_class where oid = any($1::regclass[]) and reltuples < 0`, [tablesOf(plan)]);
  return unknown.length > 0 ? null : plan['Plan Rows'];
}

function tablesOf({ Schema: schema, 'Relation Name': table, Plans: below = [] }: PlanNode): string[] {
  const own = schema === undefined || table === undefined ? [] : [`${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`];
  return [...own, ...below.flatMap(tablesOf)];
}

/** The version of the schema `analytics`, as its comment says. */
export async function analyticsVersion(pool: Pick<pg.Pool, 'query'>): Promise<string> {
  const { rows } = await pool.query<{ comment: string | null }>(
    `select obj_description('analytics'::regnamespace, 'pg_namespace') as comment`,
  );
  const [, version] = /^Version (\d+\.\d+)\./.exec(rows[0]?.comment ?? '') ?? [];
  if (version === undefined)
    throw new Error('The schema analytics does not say its version; start the server once, so that it is brought up to date.');
  return version;
}
