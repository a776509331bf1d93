import type pg from 'pg';
import { dimensions, type Dimension } from '#dashboards/metric-result.js';
import { scopeDimensions, type Scope } from './principal.js';
import { scopeCondition } from './scope.js';

type Names = Partial<Record<Dimension, readonly string[]>>;

/** Of the names those that concern what filters leave. */
export async function onlyConcerned(pool: pg.Pool, about: Names, filters: Names): Promise<Partial<Record<Dimension, string[]>>> {
  const left: Partial<Record<Dimension, string[]>> = {};
  for (const [dimension, names] of Object.entries(about) as [Dimension, string[]][]) {
    const concerned: string[] = [];
    for (const name of names) if (await concerns(pool, { [dimension]: [name] }, filters)) concerned.push(name);
    left[dimension] = concerned;
  }
  return left;
}

/** Whether names are about something that filters leave: they name the same, and an item has both. */
export async function concerns(pool: pg.Pool, about: Names, filters: Names): Promise<boolean> {
  const isNamed = dimensions.every((dimension) => {
    const [named, left] = [about[dimension] ?? [], filters[dimension] ?? []];
    return named.length === 0 || left.length === 0 || named.some((name) => left.includes(name));
  });
  return isNamed && occurs(pool, about, filters);
}

/** Whether an item has the names and is left by the filters; asked only where they are of different dimensions. */
async function occurs(pool: pg.Pool, about: Names, filters: Names): Promise<boolean> {
  const [named, left] = [ofItems(about), ofItems(filters)];
  const isDecided = Object.keys(named).every((dimension) => dimension in left) && about.customer === undefined;
  if (isDecided || Object.keys(left).length === 0) return true;
  const parameters: unknown[] = [about.customer ?? []];
  const { rowCount } = await pool.query(
    `select
    from facts.item i
    where ${scopeCondition(named, 'i', parameters)} and ${scopeCondition(left, 'i', parameters)}
      and (cardinality($1::text[]) = 0 or i.customer_id in (select id from core.customer where name = any($1)))
    limit 1`,
    parameters,
  );
  return rowCount !== 0;
}

/** The names of teams, services and groups alone. An empty list leaves all. */
function ofItems(names: Names): Scope {
  return Object.fromEntries(scopeDimensions.flatMap((dimension) => (names[dimension]?.length ? [[dimension, names[dimension]]] : [])));
}
