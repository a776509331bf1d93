import type pg from 'pg';
import type { PoolClient } from 'pg';
import { hashOf, wordsOf, type ErasedPlace } from '#etl/erasure/erased-words.js';
import { readErasures } from '#etl/erasure/erasures.js';
import { withTransaction } from '#etl/transaction.js';
import { Conflict } from '../dashboards/refusal.js';
import { cleanApp, cleanCore, cleanQuarantine, cleanRaw, type Cleaning } from './clean-tables.js';
import { findPerson, isTelling, type Party } from './find-person.js';

export interface Erased {
  pseudonym: string;
  /** Persons and customers, one for each connection that knew the person. */
  parties: number;
  /** Messages the person wrote, emptied. */
  messages: number;
  /** Raw records, items, texts of others and things people made that named the person. */
  changed: number;
  /** Summaries that named the person; they are files that cannot be changed. */
  reportsRemoved: number;
}

/**
 * Erases a person: names, addresses and what the person wrote, in what was read and in what was made of it. The person stays as a pseudonym,
 * under the same id, so no number changes. Hashes of the name, the ids and the addresses are kept, so that a later sync does not bring them
 * back. All in one transaction. Throws `Missing` for nobody, and a `Conflict` while a sync runs.
 */
export function erasePerson(pool: pg.Pool, { who, addresses }: { who: string; addresses: readonly string[] }): Promise<Erased> {
  return withTransaction(pool, async (client) => {
    // Whoever begins to read waits here, and then knows of the erased.
    await client.query('lock table ingest.erasure in access exclusive mode');
    await refuseWhileSyncing(client);
    const parties = await findPerson(client, who);
    const pseudonym = `Erased ${parties[0]?.id.slice(0, 8)}`;
    await keepHashes(client, parties, pseudonym, addresses);
    const erasures = await readErasures(client);
    const cleaning: Cleaning = { client, erasures, ids: parties.map(({ id }) => id), tokens: tokensOf(parties, addresses) };
    await rename(client, parties, pseudonym);
    const raw = await cleanRaw(cleaning);
    const { messages, changed } = await cleanCore(cleaning);
    const quarantined = await cleanQuarantine(cleaning);
    const app = await cleanApp(cleaning);
    // Whoever keeps names or answers in memory takes them anew.
    await client.query('update facts.state set version = version + 1');
    return {
      pseudonym,
      parties: parties.length,
      messages,
      changed: changed + raw + quarantined + app.changed,
      reportsRemoved: app.reportsRemoved,
    };
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

async function keepHashes(client: PoolClient, parties: readonly Party[], pseudonym: string, addresses: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ salt: string }>('select salt::text from ingest.erasure_salt');
  const salt = rows[0]?.salt ?? '';
  for (const { id, connectionId, kind } of parties) {
    await client.query(
      `insert into ingest.erasure (party_id, connection_id, kind, pseudonym) values ($1, $2, $3, $4)
      on conflict (party_id) do update set pseudonym = excluded.pseudonym`,
      [id, connectionId, kind, pseudonym],
    );
  }
  for (const [word, place] of placesOf(parties, addresses)) {
    await client.query(
      `insert into ingest.erased_word (hash, words, pseudonym, place) values (decode($1, 'hex'), $2, $3, $4)
      on conflict (hash) do update set pseudonym = excluded.pseudonym, place = excluded.place`,
      [hashOf(salt, word), Math.min(8, wordsOf(word).length), pseudonym, place],
    );
  }
}

/** What tells who it is, and where it is taken out: one word alone may be any word, so only as a whole value. */
function placesOf(parties: readonly Party[], addresses: readonly string[]): Map<string, ErasedPlace> {
  const places = new Map<string, ErasedPlace>();
  for (const { name } of parties) {
    if (wordsOf(name).length < 2) continue;
    for (const word of wordsOf(name)) places.set(word, 'beside');
  }
  const told = [...parties.map(({ name }) => name), ...parties.filter(isTelling).map(({ externalId }) => externalId), ...addresses];
  for (const word of told) {
    const count = wordsOf(word).length;
    if (count > 0) places.set(word, word.includes('@') || (count > 1 && count <= 8) ? 'text' : 'value');
  }
  return places;
}

/** A row without any of these names nobody: rows with one are looked at closely. */
function tokensOf(parties: readonly Party[], addresses: readonly string[]): string[] {
  const told = [...parties.flatMap((party) => (isTelling(party) ? [party.name, party.externalId] : [party.name])), ...addresses];
  const longest = told.map((text) => wordsOf(text).sort((a, b) => b.length - a.length)[0] ?? text);
  return [...new Set(longest.map((word) => word.toLowerCase()))];
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
