import type pg from 'pg';
import { addressOf, readConnection } from '#etl/connections/read.js';
import { holdConnection } from '#etl/sync-lock.js';
import type { VaultKey } from '#etl/vault/key.js';
import { readSecret, writeSecrets } from '#etl/vault/stored.js';

const secretName = 'webhook';

type Vault = () => Promise<VaultKey>;

/** Seals what a tool signs its notices with. It goes with the address of the connection, like its token. */
export async function writeWebhookSecret(pool: pg.Pool, vault: Vault, name: string, secret: string): Promise<void> {
  const { id, connector, config } = await readConnection(pool, name);
  const key = await vault();
  await holdConnection(pool, { id, name }, (client) =>
    writeSecrets(client, key, { id, address: addressOf(connector, config) }, { [secretName]: secret }),
  );
}

/** Null where none is set. */
export async function readWebhookSecret(pool: pg.Pool, vault: Vault, name: string): Promise<string | null> {
  const { id, connector, config } = await readConnection(pool, name);
  const { rowCount } = await pool.query('select from ingest.secret where connection_id = $1 and name = $2', [id, secretName]);
  if (rowCount === 0) return null;
  return readSecret(pool, await vault(), { connectionId: id, name: secretName, address: addressOf(connector, config) });
}
