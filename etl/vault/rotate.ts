import type { Pool, PoolClient } from 'pg';
import { addressOf, connectorOf } from '../connections/read.js';
import { SourceError } from '../connector.js';
import { builtInConnectors, type ConnectorRegistry } from '../connectors/index.js';
import { reasonOf } from '../error-code.js';
import { withTransaction } from '../transaction.js';
import type { VaultKey } from './key.js';
import { seal, unseal, type Sealed } from './seal.js';

export interface Rotation {
  /** Sealed with the new key now. */
  resealed: number;
  /** Were so before. */
  kept: number;
}

interface StoredSecret extends Sealed {
  connectionId: string;
  connection: string;
  connector: string;
  config: unknown;
  name: string;
}

/**
 * Seals with `key` what was sealed with `old`: all of it or, where a secret does not open, nothing. Throws `SourceError` that names
 * the connection. Repeated, it changes nothing. `others` seals what is kept elsewhere in the same transaction, and says how much.
 */
export async function rotateSecrets(
  pool: Pool,
  old: VaultKey,
  key: VaultKey,
  connectors: ConnectorRegistry = builtInConnectors,
  others: (client: PoolClient) => Promise<number> = async () => 0,
): Promise<Rotation> {
  if (old.id === key.id) throw new SourceError(`The old key and the present one are the same (${key.id}); give the one used before.`);
  return withTransaction(pool, async (client) => {
    const { rows } = await client.query<StoredSecret>(storedSecrets);
    const due = rows.filter(({ keyId }) => keyId !== key.id);
    for (const secret of due) await reseal(client, old, key, secret, connectors);
    return { resealed: due.length + (await others(client)), kept: rows.length - due.length };
  });
}

async function reseal(
  client: PoolClient,
  old: VaultKey,
  key: VaultKey,
  secret: StoredSecret,
  connectors: ConnectorRegistry,
): Promise<void> {
  const { connectionId, connection, name } = secret;
  const connector = connectorOf(secret.connector, connectors);
  const place = { connectionId, name, address: addressOf(connector, connector.configSchema.parse(secret.config)) };
  const { keyId, nonce, sealed } = seal(key, place, opened(old, place, secret, connection));
  await client.query('update ingest.secret set key_id = $3, nonce = $4, sealed = $5 where connection_id = $1 and name = $2', [
    connectionId,
    name,
    keyId,
    nonce,
    sealed,
  ]);
}

function opened(old: VaultKey, place: Parameters<typeof unseal>[1], secret: Sealed, connection: string): string {
  try {
    return unseal(old, place, secret);
  } catch (cause) {
    const why = reasonOf(cause);
    throw new SourceError(`"${connection}": ${why} Nothing was changed.`, { cause });
  }
}

const storedSecrets = `
select secret.connection_id as "connectionId", connection.name as connection, connection.connector, connection.config,
  secret.name, secret.key_id as "keyId", secret.nonce, secret.sealed
from ingest.secret secret
join ingest.connection connection on connection.id = secret.connection_id
order by connection.name, secret.name
for update of secret`;
