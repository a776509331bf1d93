import type { Pool } from 'pg';
import { readConnection } from '#etl/connections/read.js';
import { builtInConnectors, type ConnectorRegistry } from '#etl/connectors/index.js';
import { replayHeld } from '#etl/replay.js';
import { holdConnection } from '#etl/sync-lock.js';

/** Maps everything a connection has read anew, as a sync does once the mapping is another one. */
export async function replayConnection(
  pool: Pool,
  name: string,
  options: { connectors?: ConnectorRegistry; now?: () => Date } = {},
): Promise<{ records: number; quarantined: number }> {
  const connection = await readConnection(pool, name, options.connectors ?? builtInConnectors);
  return holdConnection(pool, connection, (client) => replayHeld(client, connection, (options.now ?? (() => new Date()))()));
}
