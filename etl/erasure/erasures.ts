import type { ClientBase, Pool } from 'pg';
import { RejectedRecord, type Connector, type Json, type MappedRecord, type RawRecord } from '../connector.js';
import { entityId } from '../model/ids.js';
import { ErasedWords, type ErasedWord } from './erased-words.js';
import { withoutTexts } from './without-texts.js';

/** Where a record comes from, and how it is read. */
interface Origin {
  connectionId: string;
  stream: string;
  connector: Connector;
  config: unknown;
}

export interface ErasedParty {
  id: string;
  connectionId: string;
  kind: 'person' | 'customer';
  pseudonym: string;
}

/** Who was erased, for everything that is read from now on. */
export class Erasures {
  private readonly ids: ReadonlySet<string>;
  private readonly idByPseudonym: ReadonlyMap<string, string>;

  constructor(
    parties: readonly ErasedParty[],
    readonly words: ErasedWords,
  ) {
    this.ids = new Set(parties.map(({ id }) => id));
    this.idByPseudonym = new Map(parties.map(({ id, connectionId, kind, pseudonym }) => [`${connectionId}/${kind}/${pseudonym}`, id]));
  }

  get isEmpty(): boolean {
    return this.ids.size === 0;
  }

  /** The id of the party that this pseudonym stands for: the one it always had, so that no number changes. Null: it is none. */
  idOf(connectionId: string, kind: string, externalId: string): string | null {
    return this.idByPseudonym.get(`${connectionId}/${kind}/${externalId}`) ?? null;
  }

  /** The record as it may be kept: pseudonyms for names, and no texts of the erased. */
  clean(origin: Origin, record: RawRecord): RawRecord {
    if (this.isEmpty) return record;
    const texts = record.op === 'delete' ? [] : this.textsOfErased(origin, record);
    return { ...record, externalId: this.words.value(record.externalId), payload: this.words.json(withoutTexts(record.payload, texts)) };
  }

  /** What erased people wrote in this record. */
  private textsOfErased({ connectionId, stream, connector, config }: Origin, record: RawRecord): string[] {
    const { events = [] } = mapped(connector, config, stream, record);
    return events.flatMap(({ actor, message }) => {
      if (!message || actor?.id === undefined) return [];
      const id = this.idOf(connectionId, 'person', actor.id) ?? entityId(connectionId, 'person', actor.id);
      return this.ids.has(id) ? [message.body] : [];
    });
  }
}

/** Of the whole database: somebody erased is erased in each connection. */
export async function readErasures(db: Pool | ClientBase): Promise<Erasures> {
  const parties = await db.query<ErasedParty>(
    `select party_id as id, connection_id as "connectionId", kind, pseudonym from ingest.erasure`,
  );
  const words = await db.query<ErasedWord>(`select encode(hash, 'hex') as hash, words, pseudonym, place from ingest.erased_word`);
  const salt = await db.query<{ salt: string }>('select salt::text from ingest.erasure_salt');
  return new Erasures(parties.rows, new ErasedWords(salt.rows[0]?.salt ?? '', words.rows));
}

/** Nothing where it cannot be read: it goes to quarantine afterwards, as it does for everybody. */
function mapped(connector: Connector, config: unknown, stream: string, record: RawRecord): MappedRecord {
  try {
    return connector.map(config, stream, record);
  } catch (error) {
    if (error instanceof RejectedRecord) return {};
    throw error;
  }
}

/** Words of JSON text or of any other, for what could not be read as a record. */
export function cleanBytes(words: ErasedWords, raw: Buffer): Buffer {
  const text = raw.toString('utf8');
  // What is no text is kept as it is: nothing in it can be read.
  if (!Buffer.from(text).equals(raw)) return raw;
  try {
    return Buffer.from(JSON.stringify(words.json(JSON.parse(text) as Json)));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return Buffer.from(words.text(text));
  }
}
