import { sourceRows, StatementParameters } from '../compose.js';
import type { MetricEngine } from '../engine.js';
import { secondsBetween } from '../metric.js';
import type { Source } from '../source.js';
import type { Bucket } from '../window.js';
import { openForecaster, type Forecast } from './forecaster.js';
import { epochSeconds } from './history.js';
import { askedColumns, askedOf, stayAt } from './open-item.js';

/** A promise that was decided, with what was forecast for it halfway. */
export interface TestedForecast {
  itemId: string;
  /** The date that decided, epoch seconds. */
  due: number;
  forecast: Forecast | null;
  /** Not finished by that date. */
  wasLate: boolean;
}

/**
 * One forecast per item, asked at half of the time of its first promise while it was open, against the promise in force then.
 * What was known at the beginning of that month (UTC) is learned from, so never anything later than the question. Only promises
 * whose date lies in one of the buckets; those cancelled before it are left out, being neither kept nor missed.
 */
export async function backtest(engine: MetricEngine, sources: readonly Source[], buckets: readonly Bucket[]): Promise<TestedForecast[]> {
  const forecaster = await openForecaster(engine);
  const parameters = new StatementParameters();
  const bound = (at: string) => `${parameters.add(at)}::timestamptz`;
  const ordered = buckets.map(({ fromAt, toAt }) => [fromAt.epochMilliseconds, toAt.epochMilliseconds] as const);
  const from = bound(new Date(Math.min(...ordered.map(([first]) => first))).toISOString());
  const to = bound(new Date(Math.max(...ordered.map(([, last]) => last))).toISOString());
  const rows = await engine.query(
    `with ${sourceRows(sources, parameters)},
halfway as (
  select p.item_id, s.as_of_at, p.said_at + interval '1 second' * floor(${secondsBetween('p.said_at', 'p.due_at')} / 2)::int as half_at
  from measured.promise p
  join source s on s.connection_id = p.connection_id
  where p.n = 1 and p.said_at < p.due_at and p.said_at >= s.since_at
)
select p.item_id, ${epochSeconds('h.half_at')}::float8 as half, ${askedColumns},
  case when i.outcome = 'done' and i.ended_at <= p.due_at then 0 else 1 end as was_late
from halfway h
join measured.promise p on p.item_id = h.item_id and p.said_at <= h.half_at and p.until_at > h.half_at
join measured.item i on i.item_id = h.item_id
${stayAt('h.half_at')}
where p.due_at >= ${from} and p.due_at < ${to} and p.due_at < h.as_of_at and p.due_at > h.half_at
  and i.created_at <= h.half_at and i.ended_at > h.half_at
  and not (i.outcome = 'cancelled' and i.ended_at <= p.due_at)
  and not exists (
    select 1
    from measured.cycle c
    where c.item_id = h.item_id and c.resolved_at <= h.half_at and c.reopened_at > h.half_at
  )
order by half, p.item_id`,
    parameters.values,
  );
  return rows.map((row) => {
    const half = Number(row.half);
    return {
      itemId: String(row.item_id),
      due: Number(row.due),
      forecast: forecaster.knowing(beginningOfMonth(half))(askedOf(row, half)),
      wasLate: Number(row.was_late) === 1,
    };
  });
}

/** Of the UTC month of an instant; both in epoch seconds. */
export function beginningOfMonth(seconds: number): number {
  const at = new Date(seconds * 1_000);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth()) / 1_000;
}
