/** `GET /api/privacy/retention`; `PATCH /:connection` sets or pauses a rule, `POST /run` takes away now what is too old. */
export interface RetentionResponse {
  /** By name. */
  connections: Retention[];
  /** ISO; when it is looked next for what is too old, at most ten minutes later. Once a day. */
  nextAt: string;
  /** This server takes away now. */
  isRunning: boolean;
}

/** How long texts of messages of a connection are kept. */
export interface Retention {
  connection: string;
  /** Null: always. */
  keepTextsDays: number | null;
  /** Nothing is taken away for now. */
  isPaused: boolean;
  /** ISO; since when the days are what they are. Null: it is not known, or nobody has said. */
  setAt: string | null;
  /** Null: it was never looked. */
  lastRun: RetentionRun | null;
}

export interface RetentionCounts {
  /** Messages whose texts and names of files are emptied. */
  messages: number;
  /** Versions of raw records that later ones replaced. */
  rawVersions: number;
  /** Records of the quarantine that were settled. */
  quarantined: number;
}

export interface RetentionRun extends RetentionCounts {
  /** ISO. */
  at: string;
}

/** `GET /api/privacy/retention/:connection/due?days=`: what a limit would take away now. */
export interface RetentionDue extends RetentionCounts {
  /** ISO; of the oldest message. Null: there is none. */
  oldestAt: string | null;
}

/** `POST /api/privacy/people` with `search`, a part of a name, an id or an address: who may be meant. */
export interface FoundPerson {
  name: string;
  /** The address that was looked for, where it led to this name; else null. */
  address: string | null;
  parties: Party[];
}

/** A person or customer of a connection, as it is stored. */
export interface Party {
  id: string;
  connectionId: string;
  kind: 'person' | 'customer';
  connection: string;
  externalId: string;
  name: string;
}

/** `POST /api/privacy/person/held` with `who`, a whole name or an id, and `addresses`: what erasing would change. */
export interface HeldPerson {
  parties: (Party & {
    /** Items the customer is of, or that the person did something on. */
    items: number;
    /** Texts the person wrote that are not empty. */
    messages: number;
  })[];
  /** Addresses that stand beside the name in what was read. */
  addresses: string[];
  counts: ErasureCounts;
}

export interface ErasureCounts {
  /** Messages the person wrote, emptied. */
  messages: number;
  /** Raw records, items, texts of others and things people made that name the person. */
  changed: number;
  /** Summaries that name the person; they are files that cannot be changed. */
  reportsRemoved: number;
  /** Where the changed ones are, by table, the most first. */
  places: { table: string; n: number }[];
}

/** `POST /api/privacy/person/erase` with `who` and `addresses`. */
export interface ErasedPerson extends ErasureCounts {
  pseudonym: string;
  /** Persons and customers, one for each connection that knew the person. */
  parties: number;
}

/** What is being cleaned: raw records, the story of items, the quarantine, what people made. */
export type ErasureStep = 'raw' | 'story' | 'quarantine' | 'kept';

/** `GET /api/privacy/erased`: who was erased, and until when backups hold them. */
export interface ErasedResponse {
  /** The latest first. */
  people: {
    pseudonym: string;
    /** ISO. */
    at: string;
    parties: number;
    /** ISO; from then on no backup holds the person. Null: nobody has said how long backups are kept. */
    goneFromBackupsAt: string | null;
  }[];
  /** `PATCH /api/privacy/backups` sets `keepDays`. */
  backups: {
    /** As somebody has said; null: nobody has. */
    keepDays: number | null;
    /** That the audit log tells of. */
    known: number;
    /** ISO; null: none is known. */
    lastAt: string | null;
  };
  /** An erasure that this server is at; null: none. */
  step: ErasureStep | null;
}
