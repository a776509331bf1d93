import { sourceRows, StatementParameters } from '../compose.js';
import type { MetricEngine } from '../engine.js';
import type { Source } from '../source.js';
import type { Bucket } from '../window.js';
import type { Asked } from './forecaster.js';
import { epochSeconds } from './history.js';
import { askedColumns, askedOf, stayAt } from './open-item.js';

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
  const rows = await engine.query(
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
)
select p.item_id, ${epochSeconds('t.at')}::float8 as at, ${askedColumns}
from snapshot t
join measured.promise p on p.connection_id = t.connection_id and p.said_at <= t.at and p.until_at > t.at
join measured.item i on i.item_id = p.item_id
${stayAt('t.at')}
where i.created_at <= t.at and i.ended_at > t.at
  and not exists (
    select 1
    from measured.cycle c
    where c.item_id = p.item_id and c.resolved_at <= t.at and c.reopened_at > t.at
  )
order by t.at, p.item_id`,
    parameters.values,
  );
  return rows.map((row) => ({ itemId: String(row.item_id), at: Number(row.at), asked: askedOf(row, Number(row.at)) }));
}
