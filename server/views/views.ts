import type pg from 'pg';
import { withTransaction } from '#etl/transaction.js';
import { dimensions } from '#dashboards/metric-result.js';
import { narrowed } from '../access/narrow.js';
import { onlyConcerned } from '../access/occurrence.js';
import type { Principal } from '../access/principal.js';
import type { SavedView } from '../api.js';
import { iso } from '../dashboards/state.js';
import { Conflict, Missing } from '../dashboards/refusal.js';

/** What is kept of a view, without what the database gives it. */
export type ViewContent = Omit<SavedView, 'id' | 'savedAt'>;

const columns = `id, name, owner, path, query, is_default as "isDefault", ${iso('saved_at')} as "savedAt"`;

/** Every view, those of a page together, by name. */
async function readViews(pool: pg.Pool): Promise<SavedView[]> {
  const { rows } = await pool.query<SavedView>(`select ${columns} from app.saved_view order by path, name, owner`);
  return rows;
}

/** Those that name nothing in their addresses but what occurs in what the asker may see. */
export async function readSeenViews(pool: pg.Pool, asker: Pick<Principal, 'scope'>): Promise<SavedView[]> {
  const seen: SavedView[] = [];
  for (const view of await readViews(pool)) if (await isViewSeen(pool, view, asker)) seen.push(view);
  return seen;
}

/** Throws `Missing`, also for one that names what the asker may not see. */
export async function readView(pool: pg.Pool, id: string, asker: Pick<Principal, 'scope'>): Promise<SavedView> {
  const { rows } = await pool.query<SavedView>(`select ${columns} from app.saved_view where id = $1`, [id]);
  const [view] = rows;
  if (!view || !(await isViewSeen(pool, view, asker))) throw missing(id);
  return view;
}

async function isViewSeen(pool: pg.Pool, { query }: SavedView, asker: Pick<Principal, 'scope'>): Promise<boolean> {
  if (asker.scope === null) return true;
  const told = new URLSearchParams(query);
  const names = Object.fromEntries(dimensions.map((dimension) => [dimension, told.getAll(dimension)]));
  const { filters } = narrowed({ filters: {} }, asker);
  return JSON.stringify(await onlyConcerned(pool, names, filters)) === JSON.stringify(names);
}

/** Throws `Conflict` where the owner has a view of that name on that page already. */
export async function saveView(pool: pg.Pool, view: ViewContent): Promise<SavedView> {
  const { rows } = await pool.query<SavedView>(
    `insert into app.saved_view (owner, name, path, query) values ($1, $2, $3, $4)
    on conflict (owner, path, name) do nothing
    returning ${columns}`,
    [view.owner, view.name, view.path, view.query],
  );
  const [saved] = rows;
  if (!saved) throw taken(view);
  return view.isDefault ? changeView(pool, saved.id, { isDefault: true }) : saved;
}

/** What is left out stays as it is. Throws `Missing`, and `Conflict` where another view of the owner has the name. */
export async function changeView(
  pool: pg.Pool,
  id: string,
  change: { [Key in 'name' | 'query' | 'isDefault']?: SavedView[Key] | undefined },
): Promise<SavedView> {
  return withTransaction(pool, async (client) => {
    const before = await client.query<ViewContent>('select owner, path, name from app.saved_view where id = $1 for update', [id]);
    const [view] = before.rows;
    if (!view) throw missing(id);
    if (change.isDefault) {
      await client.query('update app.saved_view set is_default = false where owner = $1 and path = $2 and is_default and id <> $3', [
        view.owner,
        view.path,
        id,
      ]);
    }
    const { rows } = await client
      .query<SavedView>(
        `update app.saved_view
        set name = coalesce($2, name), query = coalesce($3, query), is_default = coalesce($4, is_default)
        where id = $1
        returning ${columns}`,
        [id, change.name ?? null, change.query ?? null, change.isDefault ?? null],
      )
      .catch((error: unknown) => {
        throw isTaken(error) ? taken({ ...view, name: change.name ?? view.name }) : error;
      });
    const [changed] = rows;
    if (!changed) throw missing(id);
    return changed;
  });
}

export async function removeView(pool: pg.Pool, id: string): Promise<void> {
  const { rowCount } = await pool.query('delete from app.saved_view where id = $1', [id]);
  if (!rowCount) throw missing(id);
}

function taken({ owner, path, name }: Pick<ViewContent, 'owner' | 'path' | 'name'>): Conflict {
  return new Conflict(`${owner} has a view "${name}" of ${path} already; give this one another name, or change that one.`);
}

function missing(id: string): Missing {
  return new Missing(`There is no view ${id}; it may have been removed.`);
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}
