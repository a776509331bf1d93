import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Pool } from 'pg';
import { addConnection } from '#etl/connections.js';
import { createNetwork } from '#etl/http/network.js';
import { syncConnection } from '#etl/sync.js';
import { referenceConnector } from '../etl/conformance/reference/connector.js';

export interface SyncMeasure {
  items: number;
  events: number;
  seconds: number;
  /** Megabytes resident at most, in the first and in the second half of the items. */
  memoryFirst: number;
  memorySecond: number;
  /** Of a second sync, which finds nothing new. */
  secondsAgain: number;
  requestsAgain: number;
}

/** Pulls this many items with eight lines of history each from a tool in a process of its own, into committed rows. */
export async function measureSync(pool: Pool, name: string, items: number, isInline: boolean): Promise<SyncMeasure> {
  const script = resolve(import.meta.dirname, 'sync-tool.ts');
  const tool = execFile(process.execPath, ['--no-warnings', '--experimental-transform-types', script, String(items)]);
  try {
    const [port] = (await once(tool.stdout ?? tool, 'data')) as [string];
    const host = `127.0.0.1:${port.trim()}`;
    let requests = 0;
    const network = createNetwork({ allowed: [host], log: () => (requests += 1) });
    const options = { connectors: { reference: referenceConnector }, network, census: 'never', secret: async () => 'token' } as const;
    await addConnection(pool, { name, connector: 'reference', config: { address: `http://${host}/`, pageSize: 1_000, isInline } }, options);
    let memoryFirst = 0;
    let memorySecond = 0;
    const startedAt = performance.now();
    const outcome = await syncConnection(pool, name, {
      ...options,
      onProgress: ({ records }) => {
        const now = process.memoryUsage().rss / 1e6;
        if (records <= items / 2) memoryFirst = Math.max(memoryFirst, now);
        else memorySecond = Math.max(memorySecond, now);
      },
    });
    const seconds = (performance.now() - startedAt) / 1_000;
    if (outcome.state !== 'complete') throw new Error(`The sync is ${outcome.state}.`);
    requests = 0;
    const againAt = performance.now();
    await syncConnection(pool, name, options);
    const secondsAgain = (performance.now() - againAt) / 1_000;
    const { rows } = await pool.query<{ items: number; events: number }>(
      `select count(distinct item_id)::int as items, count(*)::int as events
      from core.event join core.item using (item_id)
      where connection_id = (select id from ingest.connection where name = $1)`,
      [name],
    );
    return {
      items: rows[0]?.items ?? 0,
      events: rows[0]?.events ?? 0,
      seconds,
      memoryFirst,
      memorySecond,
      secondsAgain,
      requestsAgain: requests,
    };
  } finally {
    tool.kill();
    await once(tool, 'exit');
  }
}
