import type pg from 'pg';
import type { Board } from '#dashboards/dashboard.js';
import { keyOf, translator, type Locale } from '#dashboards/i18n/messages.js';
import { boardTitle, chartTitle } from '#dashboards/titles.js';
import { entityId } from '#etl/model/ids.js';
import type { Scope } from '../access/principal.js';
import { itemScopeCondition } from '../access/scope.js';
import type { SearchResponse } from '../api.js';
import { findNames, fold } from '../dashboards/names.js';

/** As many of a kind as a reader looks through. */
const mostOfAKind = 8;

/** Charts whose title, board or metric contains the text, however it is written. */
export function findCharts(boards: readonly Board[], text: string, locale: Locale): SearchResponse['charts'] {
  const say = translator(locale);
  const charts = boards.flatMap((board) =>
    board.charts.map((chart) => {
      const told = { board: board.id, boardTitle: boardTitle(board, locale), chart: chart.id, title: chartTitle(chart, locale) };
      const metrics = [...new Set(chart.queries.map(({ metric }) => say(keyOf(`metric.${metric}.name`))))];
      return { told, name: [told.title, told.boardTitle, ...metrics].join(' ') };
    }),
  );
  const byTitle = new Map(charts.map(({ name, told }) => [name, told]));
  const known = [...byTitle.keys()].map((name) => ({ name, folded: fold(name) }));
  return findNames(known, text)
    .names.flatMap((name) => byTitle.get(name) ?? [])
    .slice(0, mostOfAKind);
}

/**
 * Items of that key or number within a scope, in any connection: their ids are made of it, so that no text has to be looked through.
 * A `#` before it is left out, and letters may be small.
 */
export async function findItems(pool: pg.Pool, text: string, scope: Scope | null = null): Promise<SearchResponse['items']> {
  const key = text.trim().replace(/^#/, '');
  if (key === '') return [];
  const connections = await pool.query<{ id: string }>('select id from ingest.connection');
  const keys = [...new Set([key, key.toUpperCase(), key.toLowerCase()])];
  const ids = connections.rows.flatMap(({ id }) => keys.map((each) => entityId(id, 'item', each)));
  const parameters: unknown[] = [ids];
  const { rows } = await pool.query<SearchResponse['items'][number]>(
    `select i.item_id as id, s.external_id as "externalId", s.title, c.name as connection, i.type
    from facts.item i
    join core.item s on s.item_id = i.item_id
    join ingest.connection c on c.id = i.connection_id
    where (i.item_id = any($1) or i.item_id in (select a.item_id from core.alias a where a.alias_id = any($1)))
      and ${itemScopeCondition(scope, 'i', parameters)}
    order by c.name, s.external_id
    limit ${mostOfAKind}`,
    parameters,
  );
  return rows;
}
