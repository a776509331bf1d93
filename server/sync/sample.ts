import type pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { addConnection, listConnections, removeConnection } from '#etl/connections.js';
import { sampleConnections } from '#etl/connectors/sample/connector.js';
import { syncConnection, type SyncProgress } from '#etl/sync.js';

/** Remembered under `sample` in `app.setting`, so that what was removed does not come back by itself. */
interface SampleMemory {
  until: string;
  state: 'loading' | 'loaded' | 'removed';
}

export interface SampleOptions {
  signal: AbortSignal;
  now: Date;
  onProgress?: (progress: SyncProgress) => void;
}

/** Whether the start should load the sample company: nothing was ever connected, or an earlier load did not come to its end. */
export async function isSampleDue(pool: pg.Pool): Promise<boolean> {
  const memory = await readMemory(pool);
  if (memory) return memory.state === 'loading';
  return (await listConnections(pool)).length === 0;
}

/**
 * Loads the sample company, ending with the Monday of the week of `now`; goes on where an earlier
 * load stopped. Returns the number of its items.
 */
export async function loadSample(pool: pg.Pool, { signal, now, onProgress }: SampleOptions): Promise<number> {
  const until = await untilOf(pool, now);
  await remember(pool, { until, state: 'loading' });
  for (const { name, config } of sampleConnections(until)) {
    await addConnection(pool, { name, connector: 'sample', config, isSample: true }, { now: () => now });
    const outcome = await syncConnection(pool, name, { signal, now: () => now, ...(onProgress ? { onProgress } : {}) });
    if (outcome.state !== 'complete')
      throw new Error(`Loading ${name} was stopped; the next start, or "throughline sample load", goes on from there.`);
  }
  await remember(pool, { until, state: 'loaded' });
  const { rows } = await pool.query<{ items: number }>(
    `select count(*)::int as items from core.item join ingest.connection on connection.id = item.connection_id where is_sample`,
  );
  return rows[0]?.items ?? 0;
}

/** Removes the sample's connections with all that came from them; facts follow at the next derivation. Returns their names. */
export async function removeSample(pool: pg.Pool): Promise<string[]> {
  const names = (await listConnections(pool)).filter((connection) => connection.isSample).map((connection) => connection.name);
  await remember(pool, { until: '', state: 'removed' });
  for (const name of names) await removeConnection(pool, name);
  return names;
}

/** A company that is there keeps its days, so that loading it again changes nothing. */
async function untilOf(pool: pg.Pool, now: Date): Promise<string> {
  const memory = await readMemory(pool);
  const isThere = (await listConnections(pool)).some((connection) => connection.isSample);
  return memory && isThere ? memory.until : mondayOf(now);
}

function mondayOf(now: Date): string {
  const day = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO('Europe/Berlin').toPlainDate();
  return day.subtract({ days: day.dayOfWeek - 1 }).toString();
}

async function readMemory(pool: pg.Pool): Promise<SampleMemory | null> {
  const { rows } = await pool.query<{ value: SampleMemory }>(`select value from app.setting where name = 'sample'`);
  return rows[0]?.value ?? null;
}

async function remember(pool: pg.Pool, memory: SampleMemory): Promise<void> {
  await pool.query(
    `insert into app.setting (name, value)
    values ('sample', $1)
    on conflict (name) do update set value = excluded.value`,
    [JSON.stringify(memory)],
  );
}
