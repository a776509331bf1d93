import type pg from 'pg';
import type { UnitResult } from '#dashboards/unit-result.js';
import type { metricUnits } from '../metrics/units.js';

/** Units with the names of their items. One whose item was removed meanwhile is named by its id. */
export async function namedUnits(pool: pg.Pool, { rows, ...units }: Awaited<ReturnType<typeof metricUnits>>): Promise<UnitResult> {
  const { rows: items } = await pool.query<{ id: string; externalId: string; title: string | null }>(
    `select item_id as id, external_id as "externalId", title from core.item where item_id = any($1::uuid[])`,
    [rows.map((row) => row.itemId)],
  );
  const byId = new Map(items.map((item) => [item.id, item]));
  return {
    ...units,
    rows: rows.map((row) => {
      const item = byId.get(row.itemId);
      return { ...row, externalId: item?.externalId ?? row.itemId, title: item?.title ?? null };
    }),
  };
}
