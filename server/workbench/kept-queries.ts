import type pg from 'pg';
import { ownerId } from '../access/own.js';
import { may, type Principal } from '../access/principal.js';
import type { KeptQuery, KeptQueryContent } from '../api.js';
import { iso } from '../database/iso.js';
import { Missing } from '../refusal.js';

const columns = `id, title, text, parameters, is_shared as "isShared", owner, ${ownerId} as "ownerId", owner_account_id is not distinct from $1 as "isOwn",
  ${iso('changed_at')} as "changedAt"`;

/** One's own and those others share, by title. */
export async function readQueries(pool: pg.Pool, { id }: Principal): Promise<KeptQuery[]> {
  const { rows } = await pool.query<KeptQuery>(
    `select ${columns} from app.query where is_shared or owner_account_id is not distinct from $1 order by title, id`,
    [id],
  );
  return rows;
}

/** Throws `Missing` where there is none, or it is another's who does not share it. */
export async function readQuery(pool: pg.Pool, asker: Principal, query: string): Promise<KeptQuery> {
  const { rows } = await pool.query<KeptQuery>(
    `select ${columns} from app.query where id = $2 and (is_shared or owner_account_id is not distinct from $1)`,
    [asker.id, query],
  );
  return found(rows, query);
}

export async function keepQuery(pool: pg.Pool, { id, name }: Principal, content: KeptQueryContent): Promise<KeptQuery> {
  const { rows } = await pool.query<KeptQuery>(
    `insert into app.query (owner_account_id, owner, title, text, parameters, is_shared) values ($1, $2, $3, $4, $5, $6) returning ${columns}`,
    [id, name, content.title, content.text, JSON.stringify(content.parameters), content.isShared],
  );
  return found(rows, '');
}

/** What is left out stays as it is. Throws `Missing` where it is not one's own. */
export async function changeQuery(
  pool: pg.Pool,
  { id }: Principal,
  query: string,
  change: { [Key in keyof KeptQueryContent]?: KeptQueryContent[Key] | undefined },
): Promise<KeptQuery> {
  const { rows } = await pool.query<KeptQuery>(
    `update app.query
    set title = coalesce($3, title), text = coalesce($4, text), parameters = coalesce($5, parameters),
      is_shared = coalesce($6, is_shared), changed_at = now()
    where id = $2 and owner_account_id is not distinct from $1
    returning ${columns}`,
    [
      id,
      query,
      change.title ?? null,
      change.text ?? null,
      change.parameters === undefined ? null : JSON.stringify(change.parameters),
      change.isShared ?? null,
    ],
  );
  return found(rows, query);
}

/** One's own; an administrator removes what is shared too. Throws `Missing`. */
export async function removeQuery(pool: pg.Pool, asker: Principal, query: string): Promise<void> {
  const { rowCount } = await pool.query(
    'delete from app.query where id = $2 and (owner_account_id is not distinct from $1 or is_shared and $3)',
    [asker.id, query, may(asker, 'manage')],
  );
  if (!rowCount) throw missing(query);
}

function found(rows: KeptQuery[], id: string): KeptQuery {
  const [query] = rows;
  if (!query) throw missing(id);
  return query;
}

function missing(id: string): Missing {
  return new Missing(`There is no query ${id} of yours; it may have been removed, or is not shared.`);
}
