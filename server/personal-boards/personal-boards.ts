import type pg from 'pg';
import { withTransaction } from '#etl/transaction.js';
import { isOwned, ownerId, type Owner } from '../access/own.js';
import type { PersonalBoard, PlacedChart } from '../api.js';
import { iso } from '../database/iso.js';
import { Conflict, Missing } from '../refusal.js';

/** What somebody may say of a board. */
export interface PersonalBoardContent extends Pick<PersonalBoard, 'title' | 'description' | 'charts'> {
  owner: Owner;
}
export type PersonalBoardChange = { [Key in 'title' | 'description' | 'charts']?: PersonalBoard[Key] | undefined };

/** Null: an administrator, who may change those of others. */
export type Changer = Owner | null;

/** How long a removed one can be brought back. */
const keptDays = 30;

const columns = `id, title, owner, ${ownerId} as "ownerId", description, charts, ${iso('updated_at')} as "updatedAt"`;

export async function readPersonalBoards(pool: pg.Pool): Promise<PersonalBoard[]> {
  const { rows } = await pool.query<PersonalBoard>(
    `select ${columns} from app.personal_board where removed_at is null order by title, owner, id`,
  );
  return rows;
}

/** Throws `Missing`. */
export async function readPersonalBoard(pool: pg.Pool, id: string): Promise<PersonalBoard> {
  const { rows } = await pool.query<PersonalBoard>(`select ${columns} from app.personal_board where id = $1 and removed_at is null`, [id]);
  const [board] = rows;
  if (!board) throw missing(id);
  return board;
}

export async function addPersonalBoard(pool: pg.Pool, board: PersonalBoardContent): Promise<PersonalBoard> {
  const { rows } = await pool.query<PersonalBoard>(
    `insert into app.personal_board (title, owner_account_id, owner, description, charts) values ($1, $2, $3, $4, $5) returning ${columns}`,
    [board.title, board.owner.account, board.owner.name, board.description, JSON.stringify(board.charts)],
  );
  const [added] = rows;
  if (!added) throw new Error(`Board "${board.title}" was not kept; the database gave nothing back.`);
  return added;
}

/** What is left out stays as it is. Throws `Missing`, and `Conflict` where it is somebody else's. */
export async function changePersonalBoard(pool: pg.Pool, id: string, by: Changer, change: PersonalBoardChange): Promise<PersonalBoard> {
  return owned(pool, id, by, async (client) =>
    client.query<PersonalBoard>(
      `update app.personal_board
      set title = coalesce($2, title),
        description = coalesce($3, description),
        charts = coalesce($4::jsonb, charts),
        updated_at = now()
      where id = $1
      returning ${columns}`,
      [id, change.title ?? null, change.description ?? null, change.charts ? JSON.stringify(change.charts) : null],
    ),
  );
}

/** Puts a chart at the end. Throws `Conflict` where it is there already. */
export async function placeChart(pool: pg.Pool, id: string, by: Changer, chart: PlacedChart): Promise<PersonalBoard> {
  return owned(pool, id, by, async (client, { title, charts }) => {
    if (charts.some((placed) => placed.board === chart.board && placed.chart === chart.chart))
      throw new Conflict(`The chart "${chart.chart}" is on "${title}" already.`);
    return client.query<PersonalBoard>(
      `update app.personal_board set charts = charts || $2::jsonb, updated_at = now() where id = $1 returning ${columns}`,
      [id, JSON.stringify([chart])],
    );
  });
}

/** It can be brought back for 30 days; those removed before are let go of. */
export async function removePersonalBoard(pool: pg.Pool, id: string, by: Changer): Promise<void> {
  await owned(pool, id, by, async (client) => {
    await client.query(`delete from app.personal_board where removed_at < now() - interval '${keptDays} days'`);
    return client.query<PersonalBoard>(`update app.personal_board set removed_at = now() where id = $1 returning ${columns}`, [id]);
  });
}

/** Brings a removed one back as it was. Throws `Missing` where it is gone, `Conflict` where it is somebody else's. */
export async function restorePersonalBoard(pool: pg.Pool, id: string, by: Changer): Promise<PersonalBoard> {
  return owned(
    pool,
    id,
    by,
    async (client) =>
      client.query<PersonalBoard>(`update app.personal_board set removed_at = null where id = $1 returning ${columns}`, [id]),
    'removed too',
  );
}

/** Does it to the board of `by`, which nobody changes meanwhile. */
async function owned(
  pool: pg.Pool,
  id: string,
  by: Changer,
  work: (client: pg.PoolClient, board: PersonalBoard) => Promise<pg.QueryResult<PersonalBoard>>,
  which: 'there' | 'removed too' = 'there',
): Promise<PersonalBoard> {
  return withTransaction(pool, async (client) => {
    const { rows } = await client.query<PersonalBoard & { isOwned: boolean }>(
      `select ${columns}, ${isOwned('$2')} as "isOwned"
      from app.personal_board
      where id = $1${which === 'there' ? ' and removed_at is null' : ''}
      for update`,
      [id, by?.account ?? null],
    );
    const [board] = rows;
    if (!board) throw missing(id);
    // Where nobody signs in, the name that was typed says whose it is.
    if (by !== null && !(board.isOwned && (by.account !== null || board.owner === by.name))) {
      throw new Conflict(
        `"${board.title}" is a board of ${board.owner}, and you are ${by.name}; duplicate it to have one of your own to change.`,
      );
    }
    const { rows: changed } = await work(client, board);
    return changed[0] ?? board;
  });
}

function missing(id: string): Missing {
  return new Missing(`There is no personal board ${id}; it may have been removed.`);
}
