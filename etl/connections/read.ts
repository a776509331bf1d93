import type { Pool } from 'pg';
import type { Connector, ConnectionSettings } from '../connector.js';
import { builtInConnectors, type ConnectorRegistry } from '../connectors/index.js';
import { idOf, readRow } from './stored.js';

/** A connection as the database knows it, with its connector and its parsed config. */
export interface StoredConnection {
  id: string;
  name: string;
  connector: Connector;
  config: unknown;
  settings: ConnectionSettings;
  mapVersion: number;
  asOf: string | null;
}

/** Throws, naming the known ones, where there is no such connection. */
export async function readConnection(
  pool: Pool,
  name: string,
  connectors: ConnectorRegistry = builtInConnectors,
): Promise<StoredConnection> {
  await idOf(pool, name);
  const row = await readRow(pool, name);
  if (!row) throw new Error(`Connection "${name}" was removed just now.`);
  const connector = connectorOf(row.connector, connectors);
  return {
    id: row.id,
    name,
    connector,
    config: connector.configSchema.parse(row.config),
    settings: row.settings,
    mapVersion: row.map_version,
    asOf: row.as_of_at?.toISOString() ?? null,
  };
}

/** Origin that the secrets of a connection are sent to; empty where it has none. */
export function addressOf(connector: Connector, config: unknown): string {
  return connector.address?.(config) ?? '';
}

/** Throws, naming the known ones, where there is none of that id. */
export function connectorOf(id: string, connectors: ConnectorRegistry): Connector {
  const connector = Object.hasOwn(connectors, id) ? connectors[id] : undefined;
  if (!connector) throw new Error(`Unknown connector "${id}"; known: ${Object.keys(connectors).join(', ')}.`);
  return connector;
}
