import { sourceRows, StatementParameters } from '../compose.js';
import type { MetricEngine } from '../engine.js';
import { secondsBetween } from '../metric.js';
import type { Source } from '../source.js';
import type { Bucket } from '../window.js';
import { openForecaster } from './forecaster.js';
import { forecastLooks, looksSelect, readLooks } from './looks.js';
import { outerBounds } from './outer-bounds.js';

/** A promise that was decided, with what was forecast for it halfway. */
export interface TestedForecast {
  itemId: string;
  /** The date that decided, epoch seconds. */
  due: number;
  /** Probability of being late; null where none was made. */
  p: number | null;
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
  const { from, to } = outerBounds(buckets, parameters);
  const { subjects, looks } = await readLooks(
    engine,
    `with ${sourceRows(sources, parameters)},
halfway as (
  select p.item_id, s.as_of_at, p.said_at + interval '1 second' * floor(${secondsBetween('p.said_at', 'p.due_at')} / 2)::int as at
  from measured.promise p
  join source s on s.connection_id = p.connection_id
  where p.n = 1 and p.said_at < p.due_at and p.said_at >= s.since_at
),
dated as (
  select h.item_id, h.at, p.said_at, p.due_at
  from measured.promise p
  join halfway h on h.item_id = p.item_id and p.said_at <= h.at and p.until_at > h.at
  where p.due_at >= ${from} and p.due_at < ${to} and p.due_at < h.as_of_at and p.due_at > h.at
),
seen as materialized (
  select (row_number() over ())::int as number, d.at, d.item_id, i.connection_id, i.type, i.priority, i.created_at, d.said_at, d.due_at,
    case when i.outcome = 'done' and i.ended_at <= d.due_at then 0 else 1 end as was_late
  from measured.item i
  join dated d on d.item_id = i.item_id
  where i.created_at <= d.at and i.ended_at > d.at and not (i.outcome = 'cancelled' and i.ended_at <= d.due_at)
),
subject as (
  select number, item_id, was_late
  from seen
),
${looksSelect(['was_late'])}`,
    parameters.values,
  );
  const subjectOf = new Map(subjects.map((subject) => [subject.number, subject]));
  const tested: TestedForecast[] = [];
  await forecastLooks(forecaster, looks, beginningOfMonth, ({ subject, at, asked }, forecast) => {
    const { itemId = '', told = [] } = subjectOf.get(subject) ?? {};
    tested.push({ itemId, due: at + asked.left, p: forecast?.p ?? null, wasLate: told[0] === 1 });
  });
  return tested;
}

/** Of the UTC month of an instant; both in epoch seconds. */
export function beginningOfMonth(seconds: number): number {
  const at = new Date(seconds * 1_000);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth()) / 1_000;
}
