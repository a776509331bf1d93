import type pg from 'pg';
import { withTransaction } from '#etl/transaction.js';
import { formatter } from '#dashboards/format.js';
import type { Conventions, Locale } from '#dashboards/i18n/messages.js';
import type { Dimension } from '#dashboards/metric-result.js';
import { isSeen } from '../access/narrow.js';
import type { Principal } from '../access/principal.js';
import type { Ratchet, Target, TargetMove } from '../api.js';
import { iso } from '../database/iso.js';
import { scopeKey } from '../metrics/scope-key.js';
import { Conflict, Missing } from '../refusal.js';
import type { TargetMetric } from './target-metric.js';
import { targetMetric } from './target-metric.js';

/** Which number of which items. */
export interface TargetKey extends Pick<TargetMetric, 'metric' | 'part'> {
  scope: Target['scope'];
}

/** A value from a day on, and who gave it. */
export type NewMove = Pick<TargetMove, 'from' | 'value' | 'by' | 'note' | 'seen'>;

type Reader = { locale: Locale } & Conventions;

interface Row {
  id: string;
  metric: string;
  part: string | null;
  scope: string;
  ratchet: Ratchet | null;
  moves: Omit<TargetMove, 'text'>[];
}

/** All targets by metric, their values told in the reader's language. */
export async function readTargets(pool: Pick<pg.Pool, 'query'>, reader: Reader = { locale: 'en' }): Promise<Target[]> {
  const { rows } = await pool.query<Row>(
    `select t.id, t.metric, t.part, t.scope,
      case when t.every is not null then json_build_object('every', t.every, 'weeks', t.weeks) end as ratchet,
      json_agg(json_build_object(
        'from', to_char(m.from_on, 'YYYY-MM-DD'), 'value', m.value, 'by', m.person, 'note', m.note,
        'seen', case when m.median is not null then json_build_object(
          'from', to_char(m.seen_from_on, 'YYYY-MM-DD'), 'to', to_char(m.seen_to_on, 'YYYY-MM-DD'), 'weeks', m.weeks,
          'median', m.median, 'lo', m.lo, 'hi', m.hi) end,
        'movedAt', ${iso('m.moved_at')}
      ) order by m.from_on) as moves
    from app.target t
    join app.target_move m on m.target_id = t.id
    group by t.id
    order by t.metric, t.part nulls first, t.scope`,
  );
  const { value: told } = formatter(reader.locale, reader);
  return rows.map(({ scope, moves, ...row }) => {
    const { unit } = targetMetric(row.metric, row.part);
    return {
      ...row,
      unit,
      scope: JSON.parse(scope) as Partial<Record<Dimension, string[]>>,
      moves: moves.map((move) => ({ ...move, text: told(move.value, unit) })),
    };
  });
}

/** Throws `Missing`, also for a target of items that the asker may not see. */
export async function findTarget(
  pool: Pick<pg.Pool, 'query'>,
  id: string,
  asker: Pick<Principal, 'scope'> = { scope: null },
  reader?: Reader,
): Promise<Target> {
  const target = (await readTargets(pool, reader)).find((one) => one.id === id && isSeen(one.scope, asker));
  if (!target) throw missing(id);
  return target;
}

export function isAbout({ metric, part, scope }: TargetKey, other: TargetKey): boolean {
  return metric === other.metric && part === other.part && scopeKey(scope) === scopeKey(other.scope);
}

/** Throws `Conflict` where the number has a target already. */
export async function addTarget(pool: pg.Pool, key: TargetKey, ratchet: Ratchet | null, first: NewMove): Promise<string> {
  return withTransaction(pool, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `insert into app.target (metric, part, scope, every, weeks, decided_on) values ($1, $2, $3, $4, $5, $6)
      on conflict do nothing returning id`,
      [key.metric, key.part, scopeKey(key.scope), ratchet?.every ?? null, ratchet?.weeks ?? null, ratchet ? first.from : null],
    );
    const [target] = rows;
    if (!target) throw new Conflict(`${named(key)} has a target already; change that one, or remove it first.`);
    await insertMove(client, target.id, first);
    return target.id;
  });
}

/** Another way, another value from a day on, or both. A value for a day that has one takes its place. Throws `Missing`. */
export async function changeTarget(
  pool: pg.Pool,
  id: string,
  change: { ratchet?: Ratchet | null | undefined; move?: NewMove | undefined; from: string },
): Promise<void> {
  const { ratchet, move, from } = change;
  await withTransaction(pool, async (client) => {
    const known = await client.query('select from app.target where id = $1 for update', [id]);
    if (known.rowCount === 0) throw missing(id);
    if (ratchet !== undefined)
      await client.query(`update app.target set every = $2, weeks = $3, decided_on = $4 where id = $1`, [
        id,
        ratchet?.every ?? null,
        ratchet?.weeks ?? null,
        ratchet ? from : null,
      ]);
    if (move) await insertMove(client, id, move);
  });
}

/** With its history. Throws `Missing`. */
export async function removeTarget(pool: pg.Pool, id: string): Promise<void> {
  const { rowCount } = await pool.query('delete from app.target where id = $1', [id]);
  if (rowCount === 0) throw missing(id);
}

/** The way it came stays with the value: a person's takes the place of the ratchet's. */
async function insertMove(client: pg.PoolClient, target: string, { from, value, by, note, seen }: NewMove): Promise<void> {
  await client.query(
    `insert into app.target_move (target_id, from_on, value, person, note, seen_from_on, seen_to_on, weeks, median, lo, hi)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    on conflict (target_id, from_on) do update set
      value = excluded.value, person = excluded.person, note = excluded.note, seen_from_on = excluded.seen_from_on,
      seen_to_on = excluded.seen_to_on, weeks = excluded.weeks, median = excluded.median, lo = excluded.lo, hi = excluded.hi,
      moved_at = now()`,
    [target, from, value, by, note || null, seen?.from, seen?.to, seen?.weeks, seen?.median, seen?.lo, seen?.hi],
  );
}

export function named({ metric, part, scope }: TargetKey): string {
  const about = Object.entries(scope).map(([dimension, names]) => `${dimension}=${names.join(',')}`);
  return [`"${metric}"`, ...(part === null ? [] : [`(${part})`]), ...about].join(' ');
}

function missing(id: string): Missing {
  return new Missing(`There is no target ${id}; throughline target list names them all.`);
}
