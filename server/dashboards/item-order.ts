import type pg from 'pg';
import type { Locale } from '#dashboards/i18n/messages.js';
import type { MetricEngine } from '../metrics/engine.js';
import { byContribution, type ItemOrder } from '../metrics/item-order.js';
import { Refusal } from '../refusal.js';
import type { ItemsQuestion } from './items-question.js';

/** Titles lie in Postgres: more are not carried there and back for one look at a list. */
const mostTitles = 200_000;

const collations: Record<Locale, string> = { en: 'en-x-icu', tr: 'tr-x-icu', fa: 'fa-x-icu', hy: 'hy-x-icu' };

/** The order a reader asks for; names in that of the reader's language. */
export function itemOrder(
  engine: MetricEngine,
  pool: pg.Pool,
  { sort, order, locale }: Pick<ItemsQuestion, 'sort' | 'order' | 'locale'>,
): ItemOrder {
  if (sort === null && order === null) return byContribution;
  const by = sort ?? 'contribution';
  const asked = { by, isDescending: order === null ? by === 'contribution' : order === 'desc', key: locale };
  const ranked = rankings[by]?.(engine, pool, locale);
  return ranked ? { ...asked, ranked } : asked;
}

type Ranking = (engine: MetricEngine, pool: pg.Pool, locale: Locale) => NonNullable<ItemOrder['ranked']>;

const rankings: Partial<Record<ItemOrder['by'], Ranking>> = {
  team: (engine, _pool, locale) => () => rankedNames(engine, 'select team_id as key, name from measured.team', locale),
  customer: (engine, _pool, locale) => () => rankedNames(engine, 'select customer_id as key, name from measured.customer', locale),
  type: (engine, _pool, locale) => () => rankedNames(engine, 'select distinct type as key, type as name from measured.item', locale),
  title: (engine, pool, locale) => async (list) => {
    const rows = await engine.query(list.sql, list.parameters);
    if (rows.length > mostTitles) {
      throw new Refusal(
        `A list of ${rows.length} items is not sorted by title, at most ${mostTitles} are; filter it, or sort by another column.`,
      );
    }
    const { rows: sorted } = await pool.query<{ id: string }>(
      `select item_id as id
      from core.item
      where item_id = any($1::uuid[])
      order by coalesce(title, external_id) collate "${collations[locale]}", external_id, item_id`,
      [rows.map((row) => String(row.item_id))],
    );
    return sorted.map(({ id }) => id);
  },
};

async function rankedNames(engine: MetricEngine, sql: string, locale: Locale): Promise<string[]> {
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const rows = await engine.query(sql);
  return rows
    .map((row) => ({ key: String(row.key), name: String(row.name) }))
    .sort((one, other) => compare(one.name, other.name) || (one.key < other.key ? -1 : 1))
    .map(({ key }) => key);
}
