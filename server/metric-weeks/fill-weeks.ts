import type pg from 'pg';
import { withTransaction } from '#etl/transaction.js';
import { readDataSpan } from '../metrics/data-span.js';
import type { MetricEngine } from '../metrics/engine.js';
import type { Metric } from '../metrics/metric.js';
import { definitionsVersion } from '../reports/definitions-version.js';
import { countWeeks, weeklyMetrics, weeksUntil } from './count-weeks.js';

const lockKey = 7_231_177;

/** New facts came while weeks were counted: nothing was written. */
export class FactsMoved extends Error {
  constructor() {
    super('New facts came while the weeks were counted; they are counted again.');
    this.name = 'FactsMoved';
  }
}

/**
 * Counts the weeks of every metric from the facts as they are and writes what is different, all of it at once. One does at a time,
 * whoever runs it. Throws `FactsMoved`.
 */
export async function fillMetricWeeks(pool: pg.Pool, engine: MetricEngine, now: Date, signal?: AbortSignal): Promise<void> {
  const version = await engine.version();
  const { last, zone } = await readDataSpan(pool);
  await withTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [lockKey]);
    let asOf: string | null = null;
    for (const metric of weeklyMetrics) {
      signal?.throwIfAborted();
      const counted = last === null ? { rows: [], asOf: null } : await countWeeks(engine, metric, weeksUntil(last, zone));
      if ((await engine.version()) !== version) throw new FactsMoved();
      await client.query(writeWeeks, [metric.id, JSON.stringify(counted.rows)]);
      if (counted.asOf !== null && (asOf === null || counted.asOf > asOf)) asOf = counted.asOf;
    }
    await tellMetrics(client);
    await client.query(writeState, [version, zone, asOf, definitionsVersion(), now]);
  });
}

/** Of which facts the weeks are; null before they were counted once as numbers are defined now. */
export async function countedVersion(pool: pg.Pool): Promise<number | null> {
  const { rows } = await pool.query<{ version: number }>(
    'select fact_version::float8 as version from facts.metric_week_state where definitions = $1',
    [definitionsVersion()],
  );
  return rows[0]?.version ?? null;
}

async function tellMetrics(client: pg.PoolClient): Promise<void> {
  await client.query('delete from facts.metric_week where metric <> all ($1)', [weeklyMetrics.map(({ id }) => id)]);
  await client.query('delete from facts.metric');
  await client.query(
    `insert into facts.metric (metric, family, definition, unit, treatment, direction, counts, minimum_n)
    select metric, family, definition, unit, treatment, direction, counts, minimum_n
    from jsonb_to_recordset($1::jsonb) as told (metric text, family text, definition text, unit text, treatment text, direction text,
      counts text, minimum_n integer)`,
    [JSON.stringify(weeklyMetrics.map(told))],
  );
}

function told({ id, family, definition, unit, treatment, direction, counts, minimumN }: Metric): Record<string, string | number> {
  return { metric: id, family, definition, unit, treatment, direction, counts, minimum_n: minimumN };
}

const columns = 'dimension, segment, week, value_name, value, unit, n, low, high, note';

/** Sums of floating numbers differ by their order; a value is the same up to this. */
const rounding = 1e-9;

function differs(column: string): string {
  return `case
    when was.${column} is null or excluded.${column} is null then was.${column} is distinct from excluded.${column}
    else abs(was.${column} - excluded.${column}) > ${rounding} * greatest(1, abs(was.${column}))
  end`;
}

/** $1 metric, $2 its rows. Rows that say the same as before are left as they are. */
const writeWeeks = `
with told as (
  select ${columns}
  from jsonb_to_recordset($2::jsonb) as row (dimension text, segment text, week date, value_name text, value float8, unit text, n integer,
    low float8, high float8, note text)
),
gone as (
  delete from facts.metric_week was
  where metric = $1
    and not exists (
      select from told
      where told.dimension = was.dimension
        and told.week = was.week
        and told.value_name = was.value_name
        and told.segment is not distinct from was.segment
    )
)
insert into facts.metric_week as was (metric, ${columns})
select $1, ${columns}
from told
on conflict (metric, dimension, segment, week, value_name) do update
set value = excluded.value, unit = excluded.unit, n = excluded.n, low = excluded.low, high = excluded.high, note = excluded.note
where (was.unit, was.n, was.note) is distinct from (excluded.unit, excluded.n, excluded.note)
  or ${['value', 'low', 'high'].map(differs).join('\n  or ')}`;

/** $1 version, $2 zone, $3 time of the data, $4 version of the definitions, $5 now. */
const writeState = `
insert into facts.metric_week_state (fact_version, zone, as_of_at, definitions, counted_at)
values ($1, $2, $3, $4, $5)
on conflict (is_one) do update
set fact_version = excluded.fact_version, zone = excluded.zone, as_of_at = excluded.as_of_at, definitions = excluded.definitions,
  counted_at = excluded.counted_at`;
