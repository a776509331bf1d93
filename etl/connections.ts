import type { Pool } from 'pg';
import {
  defaultSettings,
  type Capabilities,
  type CheckResult,
  type Connector,
  type ConnectionSettings,
  type Discovery,
  type Json,
  type Signal,
} from './connector.js';
import { builtInConnectors, type ConnectorRegistry } from './connectors/index.js';
import type { Network } from './http/network.js';
import { connectionId } from './model/ids.js';
import { contextFor, secretsFor } from './connections/credentials.js';
import { addressOf, connectorOf, readConnection } from './connections/read.js';
import * as stored from './connections/stored.js';
import { forgetData } from './connections/forget.js';
import { replayHeld } from './replay.js';
import { holdConnection } from './sync-lock.js';
import { inTransaction } from './transaction.js';
import type { VaultKey } from './vault/key.js';
import { clearSecrets, writeSecrets } from './vault/stored.js';

export interface NewConnection {
  name: string;
  /** Id of a connector: `csv`, `xes`, `sample`. */
  connector: string;
  config: Json;
  isSample?: boolean;
  /** Tokens and the like, by name; kept in the vault. Those not named stay, as long as the address does. */
  secrets?: Readonly<Record<string, string>>;
}

/**
 * What adding a connection did. `replayed`: what was read before was mapped anew. `reread`: it was dropped, the next sync reads it again.
 */
export type ConnectionChange = 'added' | 'unchanged' | 'settings' | 'replayed' | 'reread';

export interface ConnectionSummary {
  id: string;
  name: string;
  connector: string;
  isSample: boolean;
  asOf: string | null;
  lastCompleteAt: string | null;
  settings: ConnectionSettings;
  capabilities: Capabilities;
}

interface Options {
  connectors?: ConnectorRegistry;
  now?: () => Date;
  /** Seals and opens the secrets; asked for only where there are some. */
  vault?: () => Promise<VaultKey>;
  network?: Network;
}

/**
 * Adds a connection, or brings one of the same name up to date. The source is asked what it can tell, but not read.
 * A change of the mapping maps what was read before anew; a change of what makes two records the same drops it.
 */
export async function addConnection(
  pool: Pool,
  connection: NewConnection,
  options: Options = {},
): Promise<{ id: string; change: ConnectionChange }> {
  if (connection.name.trim() === '') throw new Error('A connection needs a name; give one that is not blank.');
  const id = connectionId(connection.name);
  const connector = connectorOf(connection.connector, options.connectors ?? builtInConnectors);
  const now = options.now ?? (() => new Date());
  const config = connector.configSchema.parse(connection.config);
  const given = secretsFor(connector, connection.secrets ?? {});
  const address = addressOf(connector, config);
  const discovery = await connector.discover(config, contextFor(pool, { id, address }, given, { ...options, now }));
  const settings: ConnectionSettings = { ...defaultSettings, ...discovery.settings };
  return holdConnection(pool, { id, name: connection.name }, async (client) => {
    const before = await stored.readRow(client, connection.name);
    if (before && before.connector !== connection.connector) {
      throw new Error(
        `Connection "${connection.name}" exists and reads by "${before.connector}", not "${connection.connector}"; choose another name or remove it first.`,
      );
    }
    const change = before ? changeBetween(connector, before, connection.config, config, settings, discovery) : 'added';
    await inTransaction(client, async () => {
      if (change === 'reread') await forgetData(client, id);
      if (before && addressOf(connector, connector.configSchema.parse(before.config)) !== address) await clearSecrets(client, id);
      await stored.writeRow(client, {
        id,
        ...connection,
        settings,
        capabilities: before && change !== 'reread' ? knownSince(before.capabilities, discovery.capabilities) : discovery.capabilities,
        mapVersion: connector.mapVersion,
      });
      if (Object.keys(given).length > 0) await writeSecrets(client, await vaultOf(options), { id, address }, given);
      if (change !== 'unchanged') {
        await stored.writeStatuses(client, id, settings.statuses);
        await stored.writeCalendars(client, id, discovery.calendars);
        await stored.markItemsDirty(client, id);
      }
    });
    if (change === 'replayed') {
      await replayHeld(
        client,
        { id, name: connection.name, connector, config, settings, mapVersion: connector.mapVersion, asOf: null },
        now(),
      );
    }
    return { id, change };
  });
}

/** Removes a connection with everything it brought. Its items are marked, so that the next derivation removes their facts. */
export async function removeConnection(pool: Pool, name: string): Promise<void> {
  const id = await stored.idOf(pool, name);
  await holdConnection(pool, { id, name }, (client) =>
    inTransaction(client, async () => {
      await forgetData(client, id);
      await client.query('delete from ingest.connection where id = $1', [id]);
    }),
  );
}

/** Stops reading a connection for good: its secrets are forgotten, what it brought stays. */
export async function detachConnection(pool: Pool, name: string): Promise<void> {
  const id = await stored.idOf(pool, name);
  await holdConnection(pool, { id, name }, (client) =>
    inTransaction(client, async () => {
      await clearSecrets(client, id);
      await client.query(`update ingest.connection set state = 'paused', every_seconds = null, retry_at = null where id = $1`, [id]);
    }),
  );
}

/** Lets the next sync read everything from the start. Nothing that is stored goes: what is unchanged stays as it is. */
export async function readFromTheStart(pool: Pool, name: string): Promise<void> {
  const id = await stored.idOf(pool, name);
  await holdConnection(pool, { id, name }, (client) =>
    inTransaction(client, () => client.query('delete from ingest.checkpoint where connection_id = $1', [id])),
  );
}

/** Asks the tool of a stored connection what may be read. Nothing is stored. */
export async function checkConnection(
  pool: Pool,
  name: string,
  options: Pick<Options, 'connectors' | 'now' | 'vault' | 'network'> = {},
): Promise<CheckResult> {
  const { id, connector, config } = await readConnection(pool, name, options.connectors ?? builtInConnectors);
  const context = contextFor(
    pool,
    { id, address: addressOf(connector, config) },
    {},
    { ...options, now: options.now ?? (() => new Date()) },
  );
  return connector.check(config, context);
}

export async function listConnections(pool: Pool): Promise<ConnectionSummary[]> {
  const rows = await stored.readRows(pool);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    connector: row.connector,
    isSample: row.is_sample,
    asOf: row.as_of_at?.toISOString() ?? null,
    lastCompleteAt: row.last_complete_at?.toISOString() ?? null,
    settings: row.settings,
    capabilities: row.capabilities,
  }));
}

function vaultOf({ vault }: Options): Promise<VaultKey> {
  if (!vault) throw new Error('There is no key to keep secrets with; nothing was stored.');
  return vault();
}

/** History that began with the connection goes on from there, whenever the connection is changed. */
function knownSince(before: Capabilities, now: Capabilities): Capabilities {
  const kept = Object.entries(now).map(([signal, capability]) => {
    const from = before[signal as Signal]?.from;
    const isEarlier = from !== undefined && capability.from !== undefined && Date.parse(from) < Date.parse(capability.from);
    return [signal, isEarlier ? { ...capability, from } : capability];
  });
  return Object.fromEntries(kept) as Capabilities;
}

function changeBetween(
  connector: Connector,
  before: stored.ConnectionRow,
  rawConfig: Json,
  config: unknown,
  settings: ConnectionSettings,
  discovery: Discovery,
): ConnectionChange {
  const earlier = connector.configSchema.parse(before.config);
  const { dependsOn } = connector;
  if (dependsOn && !same(dependsOn(earlier).identity, dependsOn(config).identity)) return 'reread';
  const isMappedAlike = dependsOn ? same(dependsOn(earlier).mapping, dependsOn(config).mapping) : same(before.config, rawConfig);
  if (!isMappedAlike || before.map_version !== connector.mapVersion) return 'replayed';
  const isSetAlike = same(before.settings, settings) && same(before.capabilities, discovery.capabilities);
  return isSetAlike && discovery.calendars.length === 0 ? 'unchanged' : 'settings';
}

/** Equal as JSON, whatever the order of keys. */
function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
