import type pg from 'pg';
import type { NotMeasurable } from '#dashboards/metric-result.js';
import type { Ask } from '../dashboards/boards.js';
import type { Question } from '../dashboards/question.js';
import { metricRequest } from '../dashboards/asked.js';
import { iso } from '../database/iso.js';
import type { Window } from '../metrics/periods.js';
import type { ReportContext } from './report-context.js';

/** Moves of dates made once the old one had passed. */
export interface MovedPromises {
  /** As the metric counts them. */
  total: number;
  /** The furthest moved first. */
  moves: MovedPromise[];
  /** Sources that do not tell. */
  absent: NotMeasurable[];
  /** No source tells. */
  isUntold: boolean;
}

export interface MovedPromise {
  itemId: string;
  externalId: string;
  title: string | null;
  team: string | null;
  customer: string | null;
  /** ISO. */
  oldDue: string;
  newDue: string;
  movedSeconds: number;
}

const metric = 'slip-after-due';

/** More than a company moves in a window; a list longer than this would be cut before it is put in order. */
const mostListed = 20_000;

/** The moves behind the numerator of "slip-after-due" in a window, `most` of them with their dates. */
export async function readMovedPromises(
  { pool, dashboards }: Pick<ReportContext, 'pool' | 'dashboards'>,
  ask: Ask,
  question: Question,
  window: Window,
  most: number,
): Promise<MovedPromises> {
  const query = { role: 'drawn', metric, window: 'asked', grain: 'all', by: null } as const;
  const { absent, rows } = (await ask(metricRequest(query, question, window))).result;
  if (rows.length === 0) return { total: 0, moves: [], absent, isUntold: absent.length > 0 };
  const { total, items } = await dashboards.items(metric, {
    ...question,
    from: window.from,
    to: window.to,
    grain: 'all',
    bucket: 'all',
    segment: null,
    part: 'numerator',
    sort: null,
    order: null,
    offset: 0,
    limit: mostListed,
  });
  const ids = items.map(({ id }) => id);
  return { total, moves: total === 0 ? [] : await furthest(pool, ids, window, most), absent, isUntold: false };
}

async function furthest(pool: pg.Pool, items: readonly string[], window: Window, most: number): Promise<MovedPromise[]> {
  const { rows } = await pool.query<MovedPromise>(
    `select
      i.item_id as "itemId",
      i.external_id as "externalId",
      i.title,
      t.name as team,
      u.name as customer,
      ${iso(`(p.due_at - p.moved_seconds * interval '1 second')`)} as "oldDue",
      ${iso('p.due_at')} as "newDue",
      p.moved_seconds::float8 as "movedSeconds"
    from facts.promise p
    join facts.item f on f.item_id = p.item_id
    join core.item i on i.item_id = p.item_id
    left join core.team t on t.id = f.team_id
    left join core.customer u on u.id = f.customer_id
    where p.item_id = any ($1::uuid[])
      and p.is_after_due
      and p.moved_seconds <> 0
      and p.said_at >= ($2::date)::timestamp at time zone $4
      and p.said_at < ($3::date)::timestamp at time zone $4
    order by p.moved_seconds desc, i.external_id, p.n
    limit $5`,
    [items, window.from, window.to, window.zone, most],
  );
  return rows;
}
