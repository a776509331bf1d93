import type pg from 'pg';
import { isUniqueViolation } from '#etl/error-code.js';
import { withTransaction } from '#etl/transaction.js';
import { dimensions } from '#dashboards/metric-result.js';
import { narrowed } from '../access/narrow.js';
import { onlyConcerned } from '../access/occurrence.js';
import { isOwned, notOwned, ownerId, type Owner } from '../access/own.js';
import type { Principal } from '../access/principal.js';
import type { SavedView } from '../api.js';
import { iso } from '../database/iso.js';
import { Conflict, Missing } from '../refusal.js';

/** What is kept of a view, without what the database gives it. */
export interface ViewContent extends Pick<SavedView, 'name' | 'path' | 'query' | 'isDefault'> {
  owner: Owner;
}

const columns = `id, name, owner, ${ownerId} as "ownerId", path, query, is_default as "isDefault", ${iso('saved_at')} as "savedAt"`;

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
    `insert into app.saved_view (owner_account_id, owner, name, path, query) values ($1, $2, $3, $4, $5)
    on conflict do nothing
    returning ${columns}`,
    [view.owner.account, view.owner.name, view.name, view.path, view.query],
  );
  const [saved] = rows;
  if (!saved) throw taken({ ...view, owner: view.owner.name });
  return view.isDefault ? changeView(pool, saved.id, view.owner.account, { isDefault: true }) : saved;
}

/**
 * What is left out stays as it is. `by`: whose views alone are changed, as `ownedBy` says. Throws `Missing`, a 403 where it is somebody
 * else's, and `Conflict` where another view of the owner has the name.
 */
export async function changeView(
  pool: pg.Pool,
  id: string,
  by: string | null,
  change: { [Key in 'name' | 'query' | 'isDefault']?: SavedView[Key] | undefined },
): Promise<SavedView> {
  return withTransaction(pool, async (client) => {
    const view = await lockOwn(client, id, by);
    if (change.isDefault) {
      await client.query(
        `update app.saved_view view set is_default = false
        from app.saved_view chosen
        where chosen.id = $1 and view.id <> $1 and view.is_default and view.path = chosen.path
          and coalesce(view.owner_account_id::text, view.owner) = coalesce(chosen.owner_account_id::text, chosen.owner)`,
        [id],
      );
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
        throw isUniqueViolation(error) ? taken({ ...view, name: change.name ?? view.name }) : error;
      });
    const [changed] = rows;
    if (!changed) throw missing(id);
    return changed;
  });
}

/** Throws as `changeView`. */
export async function removeView(pool: pg.Pool, id: string, by: string | null): Promise<void> {
  await withTransaction(pool, async (client) => {
    await lockOwn(client, id, by);
    await client.query('delete from app.saved_view where id = $1', [id]);
  });
}

async function lockOwn(client: pg.ClientBase, id: string, by: string | null): Promise<Pick<SavedView, 'owner' | 'path' | 'name'>> {
  const { rows } = await client.query<Pick<SavedView, 'owner' | 'path' | 'name'> & { isOwned: boolean }>(
    `select owner, path, name, ${isOwned('$2')} as "isOwned" from app.saved_view where id = $1 for update`,
    [id, by],
  );
  const [view] = rows;
  if (!view) throw missing(id);
  if (!view.isOwned) throw notOwned(view.owner, `view "${view.name}"`);
  return view;
}

function taken({ owner, path, name }: Pick<SavedView, 'owner' | 'path' | 'name'>): Conflict {
  return new Conflict(`${owner} has a view "${name}" of ${path} already; give this one another name, or change that one.`);
}

function missing(id: string): Missing {
  return new Missing(`There is no view ${id}; it may have been removed.`);
}
