import { sourceRows, StatementParameters } from '../compose.js';
import type { EngineRow, MetricEngine } from '../engine.js';
import type { Source } from '../source.js';
import type { Bucket } from '../window.js';
import { beginningOfMonth } from './backtest.js';
import { openForecaster } from './forecaster.js';
import { epochSeconds } from './history.js';
import { askedColumns, askedOf, stayAt } from './open-item.js';

/** A warning that comes later than this before the date is too late to do anything about it. Also the time between two looks. */
const warnedBeforeSeconds = 86_400;
/** An item is flagged from this probability of being late on: rather late than not. */
const flaggedFrom = 0.5;
/** Looks at a promise, the last ones before its date. More would cost as much again and warn of what nobody acts on yet. */
const mostLooks = 7;

/** A decided promise, with what was forecast for it at the looks before. */
export interface WatchedPromise {
  itemId: string;
  /** The date that decided, epoch seconds. */
  due: number;
  isMissed: boolean;
  /** 0 where it was never open with a date at a look. */
  looks: number;
  /** Seconds before the date at the first look that flagged it; null for never. */
  firstFlagged: number | null;
  /** How often it was flagged or the flag was taken back, from one look to the next. */
  flips: number;
}

/**
 * Promises whose deciding date lies in one of the buckets: those that were open with a date one to seven days before it, and those
 * missed without that. At each look the forecast is asked about the date in force then, and knows what was known at the beginning of
 * that month (UTC), so never anything later than the look. Those cancelled before the date are left out.
 */
export async function watchPromises(
  engine: MetricEngine,
  sources: readonly Source[],
  buckets: readonly Bucket[],
): Promise<WatchedPromise[]> {
  const forecaster = await openForecaster(engine);
  const rows = await readLooks(engine, sources, buckets);
  const watched = new Map<string, WatchedPromise & { wasFlagged: boolean }>();
  for (const row of rows) {
    const itemId = String(row.item_id);
    const due = Number(row.decisive_due);
    const promise = watched.get(itemId) ?? {
      itemId,
      due,
      isMissed: Number(row.is_missed) === 1,
      looks: 0,
      firstFlagged: null,
      flips: 0,
      wasFlagged: false,
    };
    watched.set(itemId, promise);
    if (row.look === null) continue;
    const look = Number(row.look);
    const forecast = forecaster.knowing(beginningOfMonth(look))(askedOf(row, look));
    const isFlagged = forecast !== null && forecast.p >= flaggedFrom;
    if (isFlagged) promise.firstFlagged ??= due - look;
    if (promise.looks > 0 && isFlagged !== promise.wasFlagged) promise.flips += 1;
    promise.wasFlagged = isFlagged;
    promise.looks += 1;
  }
  return [...watched.values()];
}

/** The looks in the order of time, and for each missed one a row without a look. */
function readLooks(engine: MetricEngine, sources: readonly Source[], buckets: readonly Bucket[]): Promise<EngineRow[]> {
  const parameters = new StatementParameters();
  const bound = (instants: number[], pick: (...values: number[]) => number) =>
    `${parameters.add(new Date(pick(...instants)).toISOString())}::timestamptz`;
  const from = bound(
    buckets.map(({ fromAt }) => fromAt.epochMilliseconds),
    Math.min,
  );
  const to = bound(
    buckets.map(({ toAt }) => toAt.epochMilliseconds),
    Math.max,
  );
  const numbers = Array.from({ length: mostLooks }, (_, index) => index + 1).join(',');
  return engine.query(
    `with ${sourceRows(sources, parameters)},
decided as (
  select u.item_id, u.decisive_due_at, case when u.outcome = 'done' and u.ended_at <= u.decisive_due_at then 0 else 1 end as is_missed
  from measured.promised u
  join source s on s.connection_id = u.connection_id
  where u.decisive_due_at >= ${from} and u.decisive_due_at < ${to} and u.decisive_due_at < s.as_of_at and u.first_due_at >= s.since_at
    and not (u.outcome = 'cancelled' and u.ended_at <= u.decisive_due_at)
),
planned as (
  select d.item_id, d.decisive_due_at, d.is_missed, d.decisive_due_at - interval '1 second' * (${warnedBeforeSeconds} * k.number) as look_at
  from decided d
  cross join (select unnest(string_to_array('${numbers}', ','))::int as number) k
)
select l.item_id, ${epochSeconds('l.decisive_due_at')}::float8 as decisive_due, l.is_missed,
  ${epochSeconds('l.look_at')}::float8 as look, ${askedColumns}
from planned l
join measured.promise p on p.item_id = l.item_id and p.said_at <= l.look_at and p.until_at > l.look_at
join measured.item i on i.item_id = l.item_id
${stayAt('l.look_at')}
where i.created_at <= l.look_at and i.ended_at > l.look_at
  and not exists (
    select 1
    from measured.cycle c
    where c.item_id = l.item_id and c.resolved_at <= l.look_at and c.reopened_at > l.look_at
  )
union all
select d.item_id, ${epochSeconds('d.decisive_due_at')}::float8, d.is_missed, null, null, null, null, null, null, null, null, null
from decided d
where d.is_missed = 1
order by look, item_id`,
    parameters.values,
  );
}
