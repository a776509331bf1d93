import type { Pool } from 'pg';
import { SourceError, type Connector, type Context } from '../connector.js';
import type { Network } from '../http/network.js';
import type { VaultKey } from '../vault/key.js';
import { readSecret } from '../vault/stored.js';

/** Refuses secrets that the connector does not know, and blank ones. */
export function secretsFor(connector: Connector, secrets: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(secrets)) {
    if (!connector.secretNames.includes(name)) {
      const known = connector.secretNames.length === 0 ? 'it takes none' : `known: ${connector.secretNames.join(', ')}`;
      throw new Error(`The connector ${connector.id} takes no secret "${name}"; ${known}.`);
    }
    if (value.trim() === '') throw new Error(`The secret "${name}" is blank; give its value in a file or the environment.`);
  }
  return secrets;
}

/** What a connector is asked with: the secrets given now, else those stored for the same address. */
export function contextFor(
  pool: Pool,
  connection: { id: string; address: string },
  given: Readonly<Record<string, string>>,
  options: { now: () => Date; signal?: AbortSignal; vault?: () => Promise<VaultKey>; network?: Network },
): Context {
  const { vault, network, now, signal = new AbortController().signal } = options;
  return {
    signal,
    now,
    secret: async (name) => {
      const value = given[name];
      if (value !== undefined) return value;
      if (!vault) throw new SourceError(`The secret "${name}" is asked for, but none are configured.`);
      return readSecret(pool, await vault(), { connectionId: connection.id, name, address: connection.address });
    },
    ...(network ? { network } : {}),
  };
}
