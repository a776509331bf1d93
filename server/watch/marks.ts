import type pg from 'pg';
import type { Owner } from '../access/own.js';
import type { WatchMark } from '../api.js';
import { iso } from '../database/iso.js';
import { Conflict, Missing, Refusal } from '../refusal.js';
import type { Watched } from './watch-list.js';

/** What somebody has done about an item, with the state it was in then. Instants in epoch seconds but for `at`, which is ISO. */
export interface Mark extends Pick<WatchMark, 'by' | 'note' | 'at'> {
  itemId: string;
  dueAt: number | null;
  wasLate: boolean;
  cycle: number;
}

/** The latest mark of each item that was not undone, by item. */
export async function readMarks(pool: pg.Pool): Promise<Map<string, Mark>> {
  const { rows } = await pool.query<Mark>(
    `select distinct on (item_id)
      item_id as "itemId", handled_by as by, note, ${iso('handled_at')} as at,
      floor(extract(epoch from due_at))::float8 as "dueAt", was_late as "wasLate", cycle
    from app.watch_mark
    where undone_at is null
    order by item_id, handled_at desc`,
  );
  return new Map(rows.map((mark) => [mark.itemId, mark]));
}

/** Whether a mark still holds for the item as it is now; if not, what has happened since. */
export function judged({ by, note, at, dueAt, wasLate, cycle }: Mark, item: Watched): WatchMark {
  const since =
    item.cycle !== cycle ? 'reopened' : item.dueAt !== dueAt ? 'new-date' : item.isLate !== wasLate ? ('date-passed' as const) : null;
  return { by, note, at, isHandled: since === null, since };
}

/** Keeps that somebody has handled an item. Throws a `Conflict` that says who has already; the first one holds. */
export async function markHandled(pool: pg.Pool, item: Watched, { note, by }: { note: string; by: Owner }): Promise<void> {
  if (note.trim() === '') throw new Refusal('The note is empty; say in a few words what was done.');
  if (by.name.trim() === '') throw new Refusal('The name is empty; say who has done it.');
  const state = [item.itemId, at(item.dueAt), item.isLate, item.cycle];
  const { rowCount } = await pool.query(
    `insert into app.watch_mark (item_id, due_at, was_late, cycle, connection_id, as_of_at, note, handled_by, owner_account_id)
    select $1, $2, $3, $4, i.connection_id, $5, $6, $7, $8
    from facts.item i
    where i.item_id = $1
    on conflict do nothing`,
    [...state, at(item.at), note.trim(), by.name.trim(), by.account],
  );
  if (rowCount) return;
  const { rows } = await pool.query<{ by: string; at: string; note: string }>(
    `select handled_by as by, ${iso('handled_at')} as at, note
    from app.watch_mark
    where item_id = $1 and due_at is not distinct from $2 and was_late = $3 and cycle = $4 and undone_at is null`,
    state,
  );
  const [first] = rows;
  if (!first) throw new Missing(`There is no item ${item.itemId}; it may have been removed with its connection.`);
  throw new Conflict(`${first.by} has handled this already, at ${first.at.slice(0, 16)}Z: “${first.note}”. Undo it there to mark it anew.`);
}

/** Brings an item back to the list. Throws `Missing` where nobody has handled it. */
export async function undoHandled(pool: pg.Pool, itemId: string): Promise<void> {
  const { rowCount } = await pool.query('update app.watch_mark set undone_at = now() where item_id = $1 and undone_at is null', [itemId]);
  if (!rowCount) throw new Missing(`Nobody has marked item ${itemId} as handled, so there is nothing to undo.`);
}

function at(epochSeconds: number | null): Date | null {
  return epochSeconds === null ? null : new Date(epochSeconds * 1_000);
}
