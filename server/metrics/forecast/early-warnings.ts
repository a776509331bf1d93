import { sourceRows, StatementParameters } from '../compose.js';
import type { MetricEngine } from '../engine.js';
import type { Source } from '../source.js';
import type { Bucket } from '../window.js';
import { beginningOfMonth } from './backtest.js';
import { openForecaster } from './forecaster.js';
import { epochSeconds } from './history.js';
import { forecastLooks, looksSelect, readLooks } from './looks.js';
import { outerBounds } from './outer-bounds.js';

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
  const parameters = new StatementParameters();
  const { from, to } = outerBounds(buckets, parameters);
  const numbers = Array.from({ length: mostLooks }, (_, index) => index + 1).join(',');
  const before = (looks: string | number) => `d.decisive_due_at - interval '1 second' * (${warnedBeforeSeconds} * ${looks})`;
  const { subjects, looks } = await readLooks(
    engine,
    `with ${sourceRows(sources, parameters)},
subject as materialized (
  select (row_number() over ())::int as number, u.item_id, u.decisive_due_at,
    case when u.outcome = 'done' and u.ended_at <= u.decisive_due_at then 0 else 1 end as is_missed
  from measured.promised u
  join source s on s.connection_id = u.connection_id
  where u.decisive_due_at >= ${from} and u.decisive_due_at < ${to} and u.decisive_due_at < s.as_of_at and u.first_due_at >= s.since_at
    and not (u.outcome = 'cancelled' and u.ended_at <= u.decisive_due_at)
),
dated as (
  select d.number, d.item_id, d.decisive_due_at, p.said_at, p.until_at, p.due_at
  from measured.promise p
  join subject d on d.item_id = p.item_id
  where p.said_at <= ${before(1)} and p.until_at > ${before(mostLooks)}
),
present as (
  select d.number, d.item_id, d.decisive_due_at, d.said_at, d.until_at, d.due_at, i.connection_id, i.type, i.priority, i.created_at, i.ended_at
  from measured.item i
  join dated d on d.item_id = i.item_id
  where i.created_at <= ${before(1)} and i.ended_at > ${before(mostLooks)}
),
seen as (
  select d.number, ${before('k.number')} as at, d.item_id, d.connection_id, d.type, d.priority, d.created_at, d.said_at, d.due_at
  from present d
  cross join (select unnest(string_to_array('${numbers}', ','))::int as number) k
  where greatest(d.said_at, d.created_at) <= ${before('k.number')} and least(d.until_at, d.ended_at) > ${before('k.number')}
),
${looksSelect([epochSeconds('decisive_due_at'), 'is_missed'])}`,
    parameters.values,
  );
  const dueOf = new Float64Array(subjects.length + 1);
  for (const { number, told } of subjects) dueOf[number] = told[0] ?? NaN;
  // A bit a look, the last one before the date the lowest.
  const looked = new Uint8Array(subjects.length + 1);
  const flagged = new Uint8Array(subjects.length + 1);
  await forecastLooks(forecaster, looks, beginningOfMonth, ({ subject, at }, forecast) => {
    const bit = 1 << (((dueOf[subject] ?? NaN) - at) / warnedBeforeSeconds - 1);
    looked[subject] = (looked[subject] ?? 0) | bit;
    if (forecast !== null && forecast.p >= flaggedFrom) flagged[subject] = (flagged[subject] ?? 0) | bit;
  });
  return subjects.flatMap(({ number, itemId, told: [due = NaN, isMissed] }) => {
    const known = watched(looked[number] ?? 0, flagged[number] ?? 0);
    return known.looks === 0 && isMissed === 0 ? [] : [{ itemId, due, isMissed: isMissed === 1, ...known }];
  });
}

function watched(looked: number, flagged: number): Pick<WatchedPromise, 'looks' | 'firstFlagged' | 'flips'> {
  let looks = 0;
  let firstFlagged: number | null = null;
  let flips = 0;
  let wasFlagged = false;
  for (let days = mostLooks; days > 0; days--) {
    const bit = 1 << (days - 1);
    if ((looked & bit) === 0) continue;
    const isFlagged = (flagged & bit) !== 0;
    if (isFlagged) firstFlagged ??= days * warnedBeforeSeconds;
    if (looks > 0 && isFlagged !== wasFlagged) flips += 1;
    wasFlagged = isFlagged;
    looks += 1;
  }
  return { looks, firstFlagged, flips };
}
