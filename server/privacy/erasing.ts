import type { ClientBase } from 'pg';
import { ErasedWords, hashOf, wordsOf, type ErasedPlace, type ErasedWord } from '#etl/erasure/erased-words.js';
import { Erasures } from '#etl/erasure/erasures.js';
import type { ErasureCounts, ErasureStep, Party } from '../api.js';
import { cleanApp, cleanCore, cleanQuarantine, cleanRaw, type Cleaning } from './clean-tables.js';
import { isTelling } from './find-person.js';

/** Whom to erase. */
export interface Whom {
  /** A name or an id. */
  who: string;
  addresses: readonly string[];
}

export function pseudonymOf([party]: readonly Party[]): string {
  return `Erased ${party?.id.slice(0, 8)}`;
}

/** What tells who these are, as salted hashes. */
export async function hashedWords(db: ClientBase, parties: readonly Party[], whom: Whom): Promise<ErasedWord[]> {
  return hashed(await readSalt(db), parties, whom);
}

/** The erasure of these alone, which nobody has to know of yet. */
export async function erasuresOf(db: ClientBase, parties: readonly Party[], whom: Whom): Promise<Erasures> {
  const pseudonym = pseudonymOf(parties);
  const salt = await readSalt(db);
  const words = new ErasedWords(salt, hashed(salt, parties, whom));
  return new Erasures(
    parties.map(({ id, connectionId, kind }) => ({ id, connectionId, kind, pseudonym })),
    words,
  );
}

/** All that is cleaned, in its order; or only counted. */
export async function clean(
  {
    client,
    erasures,
    parties,
    addresses,
    isTrial,
  }: Pick<Cleaning, 'client' | 'erasures' | 'isTrial'> & { parties: readonly Party[] } & Whom,
  onstep: (step: ErasureStep) => void = () => undefined,
): Promise<ErasureCounts> {
  const ids = parties.map(({ id }) => id);
  const cleaning: Cleaning = { client, erasures, ids, tokens: tokensOf(parties, addresses), isTrial, counts: new Map() };
  onstep('raw');
  await cleanRaw(cleaning);
  onstep('story');
  await cleanCore(cleaning);
  onstep('quarantine');
  await cleanQuarantine(cleaning);
  onstep('kept');
  await cleanApp(cleaning);
  const { messages = 0, 'app.report': reportsRemoved = 0, ...rest } = Object.fromEntries(cleaning.counts);
  const places = Object.entries(rest)
    .map(([table, n]) => ({ table, n }))
    .toSorted((one, other) => other.n - one.n);
  return { messages, changed: places.reduce((sum, { n }) => sum + n, 0), reportsRemoved, places };
}

/** A row without any of these names nobody: rows with one are looked at closely. */
export function tokensOf(parties: readonly Party[], addresses: readonly string[]): string[] {
  const told = [...parties.flatMap((party) => (isTelling(party) ? [party.name, party.externalId] : [party.name])), ...addresses];
  const longest = told.map((text) => wordsOf(text).sort((a, b) => b.length - a.length)[0] ?? text);
  return [...new Set(longest.map((word) => word.toLowerCase()))];
}

function hashed(salt: string, parties: readonly Party[], { addresses }: Whom): ErasedWord[] {
  const pseudonym = pseudonymOf(parties);
  return [...placesOf(parties, addresses)].map(([word, place]) => ({
    hash: hashOf(salt, word),
    words: Math.min(8, wordsOf(word).length),
    pseudonym,
    place,
  }));
}

async function readSalt(db: ClientBase): Promise<string> {
  const { rows } = await db.query<{ salt: string }>('select salt::text from ingest.erasure_salt');
  return rows[0]?.salt ?? '';
}

/** Where each word is taken out: one word alone may be any word, so only as a whole value. */
function placesOf(parties: readonly Party[], addresses: readonly string[]): Map<string, ErasedPlace> {
  const places = new Map<string, ErasedPlace>();
  for (const { name } of parties) {
    if (wordsOf(name).length < 2) continue;
    for (const word of wordsOf(name)) places.set(word, 'beside');
  }
  const told = [...parties.map(({ name }) => name), ...parties.filter(isTelling).map(({ externalId }) => externalId), ...addresses];
  for (const word of told) {
    const size = wordsOf(word).length;
    if (size > 0) places.set(word, word.includes('@') || (size > 1 && size <= 8) ? 'text' : 'value');
  }
  return places;
}
