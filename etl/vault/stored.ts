import type { Pool, PoolClient } from 'pg';
import { SourceError } from '../connector.js';
import type { VaultKey } from './key.js';
import { seal, unseal, type Place } from './seal.js';

/** Stores secrets of a connection, in place of those of the same name. A connection that waited for new ones is due again. */
export async function writeSecrets(
  client: PoolClient,
  key: VaultKey,
  connection: { id: string; address: string },
  secrets: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [name, value] of Object.entries(secrets)) {
    const { keyId, nonce, sealed } = seal(key, { connectionId: connection.id, name, address: connection.address }, value);
    await client.query(
      `insert into ingest.secret (connection_id, name, key_id, nonce, sealed)
      values ($1, $2, $3, $4, $5)
      on conflict (connection_id, name) do update
      set key_id = excluded.key_id, nonce = excluded.nonce, sealed = excluded.sealed, set_at = now()`,
      [connection.id, name, keyId, nonce, sealed],
    );
  }
  await client.query(
    `update ingest.connection
    set state = case when state = 'needs_auth' then 'active' else state end, failures = 0, retry_at = null
    where id = $1`,
    [connection.id],
  );
}

/** Throws `SourceError` where there is none, or it does not open. */
export async function readSecret(pool: Pool | PoolClient, key: VaultKey, place: Place): Promise<string> {
  const found = await pool.query<{ keyId: string; nonce: Buffer; sealed: Buffer }>(
    'select key_id as "keyId", nonce, sealed from ingest.secret where connection_id = $1 and name = $2',
    [place.connectionId, place.name],
  );
  const [row] = found.rows;
  if (!row) throw new SourceError(`The secret "${place.name}" is not set, or was cleared when the address changed; give it again.`);
  return unseal(key, place, row);
}

export async function clearSecrets(client: PoolClient, connection: string): Promise<void> {
  await client.query('delete from ingest.secret where connection_id = $1', [connection]);
}
