import type pg from 'pg';
import { withTransaction } from '#etl/transaction.js';
import type { VaultKey } from '#etl/vault/key.js';
import { seal, unseal, type Place, type Sealed } from '#etl/vault/seal.js';
import type { ChannelKind, ChannelResponse } from '../api.js';
import { iso } from '../database/iso.js';
import { Conflict, Missing } from '../refusal.js';
import type { NewChannel } from './new-channel.js';

type Queries = Pick<pg.Pool, 'query'>;

export type ChannelRow = Pick<ChannelResponse, 'id' | 'name' | 'kind' | 'destination'>;

/** Seals what is secret of it. Throws `Conflict` where the name is taken. */
export async function addChannel(pool: pg.Pool, vault: () => Promise<VaultKey>, channel: NewChannel): Promise<ChannelResponse> {
  const destination = channel.kind === 'mail' ? channel.address : new URL(channel.url).origin;
  const secrets: Record<string, string> = channel.kind === 'mail' ? {} : { url: channel.url };
  if (channel.kind === 'webhook') secrets.signing = channel.secret;
  const key = channel.kind === 'mail' ? null : await vault();
  return withTransaction(pool, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `insert into app.channel (name, kind, destination, added_by) values ($1, $2, $3, $4)
        on conflict (name) do nothing
        returning id`,
      [channel.name, channel.kind, destination, channel.addedBy],
    );
    const [added] = rows;
    if (!added) throw new Conflict(`There is a channel "${channel.name}" already; give this one another name.`);
    for (const [name, value] of Object.entries(secrets)) {
      if (key) await writeSecret(client, added.id, name, seal(key, placeOf({ id: added.id, destination }, name), value));
    }
    return findChannel(client, added.id);
  });
}

async function writeSecret(db: Queries, channel: string, name: string, { keyId, nonce, sealed }: Sealed): Promise<void> {
  await db.query(
    `insert into app.channel_secret (channel_id, name, key_id, nonce, sealed) values ($1, $2, $3, $4, $5)
    on conflict (channel_id, name) do update set key_id = excluded.key_id, nonce = excluded.nonce, sealed = excluded.sealed`,
    [channel, name, keyId, nonce, sealed],
  );
}

function placeOf({ id, destination }: { id: string; destination: string }, name: string): Place {
  return { connectionId: id, name, address: destination };
}

/** The secrets of a channel by name: `url`, and `signing` of a webhook. Throws where they do not open. */
export async function readChannelSecrets(
  db: Queries,
  vault: () => Promise<VaultKey>,
  channel: Pick<ChannelRow, 'id' | 'destination'>,
): Promise<Record<string, string>> {
  const { rows } = await db.query<Sealed & { name: string }>(
    'select name, key_id as "keyId", nonce, sealed from app.channel_secret where channel_id = $1',
    [channel.id],
  );
  const key = await vault();
  return Object.fromEntries(rows.map(({ name, ...secret }) => [name, unseal(key, placeOf(channel, name), secret)]));
}

/** Seals with `key` what was sealed with `old`; returns how many. */
export async function rotateChannelSecrets(db: Queries, old: VaultKey, key: VaultKey): Promise<number> {
  const { rows } = await db.query<Sealed & { id: string; destination: string; name: string }>(
    `select channel.id, channel.destination, secret.name, secret.key_id as "keyId", secret.nonce, secret.sealed
    from app.channel_secret secret
    join app.channel channel on channel.id = secret.channel_id
    where secret.key_id <> $1
    for update of secret`,
    [key.id],
  );
  for (const { id, destination, name, ...secret } of rows) {
    const place = placeOf({ id, destination }, name);
    await writeSecret(db, id, name, seal(key, place, unseal(old, place, secret)));
  }
  return rows.length;
}

/** By name, with the alerts told there. */
export async function readChannels(db: Queries): Promise<ChannelResponse[]> {
  return (await db.query<ChannelResponse>(`${channelRows} order by channel.name`)).rows;
}

/** By its id. Throws `Missing`. */
export async function findChannel(db: Queries, id: string): Promise<ChannelResponse> {
  const { rows } = await db.query<ChannelResponse>(`${channelRows} where channel.id = $1`, [id]);
  const [channel] = rows;
  if (!channel) throw new Missing(`There is no channel ${id}; throughline channel list names them all.`);
  return channel;
}

/** By its name, as a person says it. Throws `Missing`. */
export async function channelNamed(db: Queries, name: string): Promise<ChannelResponse> {
  const { rows } = await db.query<ChannelResponse>(`${channelRows} where channel.name = $1`, [name]);
  const [channel] = rows;
  if (channel) return channel;
  const known = (await readChannels(db)).map((one) => one.name);
  throw new Missing(`There is no channel "${name}"; known: ${known.join(', ') || 'none, add one with throughline channel add'}.`);
}

/** Throws `Missing`. */
export async function removeChannel(db: Queries, id: string): Promise<void> {
  const { rowCount } = await db.query('delete from app.channel where id = $1', [id]);
  if (!rowCount) throw new Missing(`There is no channel ${id}; it may have been removed.`);
}

/** Those an alert can be told on; throws `Missing` for an id that is none. */
export async function checkChannels(db: Queries, ids: readonly string[]): Promise<void> {
  for (const id of ids) await findChannel(db, id);
}

export const channelKinds = ['mail', 'slack', 'webhook'] as const satisfies ChannelKind[];

const channelRows = `
select channel.id, channel.name, channel.kind, channel.destination, channel.added_by as "addedBy",
  ${iso('channel.added_at')} as "addedAt",
  ${iso('channel.last_sent_at')} as "lastSentAt",
  case when channel.failing_since is not null
    then json_build_object('since', ${iso('channel.failing_since')}, 'error', channel.last_error)
  end as failing,
  (select coalesce(json_agg(alert.name order by alert.name), '[]')
    from app.alert_channel told
    join app.alert alert on alert.id = told.alert_id
    where told.channel_id = channel.id) as alerts,
  (select count(*)::int from app.channel_dispatch dispatch
    where dispatch.channel_id = channel.id and dispatch.state in ('queued', 'sending')) as waiting
from app.channel channel`;
