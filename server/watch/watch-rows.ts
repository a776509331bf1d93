import type pg from 'pg';
import type { WatchItem, WatchMark } from '../api.js';
import type { Watched } from './watch-list.js';

/** What the page shows of an item, with its name and link, which the facts do not keep. In the order given. */
export async function watchRows(
  pool: pg.Pool,
  items: readonly Watched[],
  markOf: (item: Watched) => WatchMark | null,
): Promise<WatchItem[]> {
  const { rows } = await pool.query<Pick<WatchItem, 'id' | 'externalId' | 'title' | 'url'>>(
    `select item_id as id, external_id as "externalId", title, case when url ~* '^https?://' then url end as url
    from core.item
    where item_id = any ($1::uuid[])`,
    [items.map(({ itemId }) => itemId)],
  );
  const names = new Map(rows.map((row) => [row.id, row]));
  return items.flatMap((item) => {
    const name = names.get(item.itemId);
    // Removed since the facts were derived.
    return name ? [{ ...name, ...shown(item), mark: markOf(item) }] : [];
  });
}

function shown(item: Watched): Omit<WatchItem, 'id' | 'externalId' | 'title' | 'url' | 'mark'> {
  const { forecast } = item;
  return {
    connection: item.connection,
    type: item.type,
    team: item.team,
    customer: item.customer,
    asOf: iso(item.at),
    reasons: item.reasons,
    dueAt: item.dueAt === null ? null : iso(item.dueAt),
    firstDueAt: item.firstDueAt === null ? null : iso(item.firstDueAt),
    isLate: item.isLate,
    chance: forecast === null ? null : { late: forecast.p, basis: forecast.stratum, n: forecast.atRisk },
    expectedOverrun: item.expectedOverrun,
    court: item.court,
    courtSince: item.courtSince === null ? null : iso(item.courtSince),
    silence: item.silence,
    hasWord: item.lastWordAt !== null,
    isTold: item.isTold,
  };
}

function iso(epochSeconds: number): string {
  return new Date(epochSeconds * 1_000).toISOString();
}
