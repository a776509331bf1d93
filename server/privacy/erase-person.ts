import type pg from 'pg';
import type { PoolClient } from 'pg';
import { readErasures } from '#etl/erasure/erasures.js';
import { withTransaction } from '#etl/transaction.js';
import type { ErasedPerson, ErasureStep, Party } from '../api.js';
import { Conflict } from '../refusal.js';
import { clean, hashedWords, pseudonymOf, type Whom } from './erasing.js';
import { findPerson, isTelling } from './find-person.js';

/**
 * Erases a person: names, addresses and what the person wrote, in what was read and in what was made of it. The person stays as a
 * pseudonym, under the same id, so no number changes. Hashes of the name, the ids and the addresses are kept, so that a later sync does not
 * bring them back. All in one transaction. Throws `Missing` for nobody, and a `Conflict` while a sync runs.
 */
export function erasePerson(pool: pg.Pool, whom: Whom, onstep?: (step: ErasureStep) => void): Promise<ErasedPerson> {
  return withTransaction(pool, async (client) => {
    // Whoever begins to read waits here, and then knows of the erased.
    await client.query('lock table ingest.erasure in access exclusive mode');
    await refuseWhileSyncing(client);
    const parties = await findPerson(client, whom.who);
    const pseudonym = pseudonymOf(parties);
    await keepHashes(client, parties, whom);
    await rename(client, parties, pseudonym);
    const counts = await clean({ client, erasures: await readErasures(client), parties, isTrial: false, ...whom }, onstep);
    // Whoever keeps names or answers in memory takes them anew.
    await client.query('update facts.state set version = version + 1');
    return { pseudonym, parties: parties.length, ...counts };
  });
}

async function refuseWhileSyncing(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select c.name from ingest.lease l
    join ingest.connection c on c.id = l.connection_id
    join pg_stat_activity a on a.pid = l.session_pid
    where l.expires_at > now() and l.session_started_at is not distinct from a.backend_start`,
  );
  if (rows.length === 0) return;
  throw new Conflict(`${rows.map(({ name }) => `"${name}"`).join(', ')} is being read; wait for it to end, or pause it, and try again.`);
}

async function keepHashes(client: PoolClient, parties: readonly Party[], whom: Whom): Promise<void> {
  for (const { id, connectionId, kind } of parties) {
    await client.query(
      `insert into ingest.erasure (party_id, connection_id, kind, pseudonym) values ($1, $2, $3, $4)
      on conflict (party_id) do update set pseudonym = excluded.pseudonym`,
      [id, connectionId, kind, pseudonymOf(parties)],
    );
  }
  for (const { hash, words, pseudonym, place } of await hashedWords(client, parties, whom)) {
    await client.query(
      `insert into ingest.erased_word (hash, words, pseudonym, place) values (decode($1, 'hex'), $2, $3, $4)
      on conflict (hash) do update set pseudonym = excluded.pseudonym, place = excluded.place`,
      [hash, words, pseudonym, place],
    );
  }
}

async function rename(client: PoolClient, parties: readonly Party[], pseudonym: string): Promise<void> {
  for (const party of parties) {
    const table = party.kind === 'person' ? 'core.person' : 'core.customer';
    await client.query(`update ${table} set name = $2, external_id = $3 where id = $1`, [
      party.id,
      pseudonym,
      isTelling(party) ? pseudonym : party.externalId,
    ]);
  }
}
