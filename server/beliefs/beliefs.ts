import type pg from 'pg';
import { isOfPerson, type Owner } from '../access/own.js';
import type { BeliefResponse } from '../api.js';
import { believable } from '../metrics/definitions/expectation/belief-gap.js';
import { findMetric } from '../metrics/definitions/index.js';
import type { MetricEngine } from '../metrics/engine.js';
import type { Window } from '../metrics/periods.js';
import { queryMetric } from '../metrics/query.js';
import { checkRequest, type MetricRequest } from '../metrics/request.js';
import { scopeKey } from '../metrics/scope-key.js';
import { Refusal } from '../refusal.js';

export interface Belief {
  person: Owner;
  metric: string;
  /** Percent, 0 to 100. */
  answer: number;
  window: Window;
  filters: NonNullable<MetricRequest['filters']>;
  /** Where the question was asked. */
  board?: string | undefined;
}

/** Whoever says no name. Names are told apart, so that a second answer of the same person is known as one; they are never shown. */
export const unnamed = 'lead';

/**
 * Keeps what somebody believes and only then looks up the number. The first answer about a number holds: throws a `Refusal` for
 * another one of the same person, who has seen the number since.
 */
export async function answerBelief(pool: pg.Pool, engine: MetricEngine, belief: Belief): Promise<BeliefResponse> {
  const { person, answer, window, filters } = belief;
  const metric = believable(belief.metric, findMetric);
  const request: MetricRequest = { metric: metric.id, ...window, grain: 'all', filters };
  checkRequest(request);
  if (!(answer >= 0 && answer <= 100)) throw new Refusal(`${answer} is no percentage; answer with a number from 0 to 100.`);
  await keep(pool, belief);
  const result = await queryMetric(engine, request);
  const row = result.rows[0];
  const [name] = metric.values;
  const number = (name === undefined ? row?.value : row?.values?.[name]) ?? null;
  return {
    metric: metric.id,
    person: person.name,
    from: window.from,
    to: window.to,
    answer,
    number,
    gap: number === null ? null : answer - number,
    n: row?.n ?? 0,
    lo: row?.lo ?? null,
    hi: row?.hi ?? null,
    note: row?.note ?? null,
    absent: result.absent,
  };
}

async function keep(pool: pg.Pool, { person, metric, answer, window, filters, board }: Belief): Promise<void> {
  const key = [person.account, person.name, metric, scopeKey(filters), window.from, window.to];
  // The mark of no item makes a new version, with which readers of facts take the answer over.
  const kept = await pool.query(
    `with kept as (
      insert into app.belief (owner_account_id, person, metric, scope, from_on, to_on, time_zone, answer, board)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      on conflict do nothing
      returning id
    )
    insert into facts.dirty (item_id) select id from kept`,
    [...key, window.zone, answer, board ?? null],
  );
  if (kept.rowCount) return;
  const before = await pool.query<{ answer: number }>(
    `select answer from app.belief where ${isOfPerson('$1', '$2')} and (metric, scope, from_on, to_on) = ($3, $4, $5, $6)`,
    key,
  );
  throw new Refusal(
    `"${person.name}" has answered ${before.rows[0]?.answer} for ${metric} from ${window.from} to ${window.to} already and has seen the number since: the first answer holds.`,
  );
}
