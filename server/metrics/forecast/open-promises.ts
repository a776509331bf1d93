import { sourceRows, StatementParameters } from '../compose.js';
import type { MetricEngine } from '../engine.js';
import type { Source } from '../source.js';
import type { Bucket } from '../window.js';
import type { Asked } from './forecaster.js';
import { looksSelect, readLooks } from './looks.js';

/** An item that was open with a promise in force, at an instant in epoch seconds. */
export interface OpenPromise {
  itemId: string;
  at: number;
  asked: Asked;
}

/** Open items with a promise in force in the last second of each bucket, or when the data of their connection ends within it. */
export async function openPromises(engine: MetricEngine, sources: readonly Source[], buckets: readonly Bucket[]): Promise<OpenPromise[]> {
  const parameters = new StatementParameters();
  const instants = (of: (bucket: Bucket) => string) => `string_to_array(${parameters.add(buckets.map(of).join(','))}, ',')`;
  const { subjects, looks } = await readLooks(
    engine,
    `with ${sourceRows(sources, parameters)},
period as (
  select
    unnest(${instants((bucket) => bucket.fromAt.toString())})::timestamptz as from_at,
    unnest(${instants((bucket) => bucket.toAt.subtract({ seconds: 1 }).toString())})::timestamptz as last_at
),
snapshot as (
  select s.connection_id, least(d.last_at, s.as_of_at) as at
  from period d
  join source s on s.as_of_at >= d.from_at
),
snapshots as (
  select t.connection_id, min(t.at) as first_at, max(t.at) as last_at
  from snapshot t
  group by t.connection_id
),
subject as materialized (
  select (row_number() over ())::int as number, p.item_id, p.connection_id, i.type, i.priority, i.created_at, p.said_at, p.due_at,
    greatest(p.said_at, i.created_at) as from_at, least(p.until_at, i.ended_at) as to_at
  from measured.item i
  join (
    select p.item_id, p.connection_id, p.said_at, p.due_at, p.until_at, t.first_at, t.last_at
    from measured.promise p
    join snapshots t on t.connection_id = p.connection_id and p.said_at <= t.last_at and p.until_at > t.first_at
  ) p on p.item_id = i.item_id
  where i.created_at <= p.last_at and i.ended_at > p.first_at
),
seen as (
  select p.number, t.at, p.item_id, p.connection_id, p.type, p.priority, p.created_at, p.said_at, p.due_at
  from subject p
  join snapshot t on t.connection_id = p.connection_id and p.from_at <= t.at and p.to_at > t.at
),
${looksSelect([])}`,
    parameters.values,
  );
  const itemOf = new Map(subjects.map(({ number, itemId }) => [number, itemId]));
  return looks.map(({ subject, at, asked }) => ({ itemId: itemOf.get(subject) ?? '', at, asked }));
}
