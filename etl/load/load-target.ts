import type { Connector, StatusMeaning } from '../connector.js';
import type { Erasures } from '../erasure/erasures.js';
import type { KnownParties } from './page-parties.js';

/** Where a page goes, and how its records are read. */
export interface LoadTarget {
  connectionId: string;
  stream: string;
  runId: string;
  connector: Connector;
  config: unknown;
  statuses: Record<string, StatusMeaning>;
  known: KnownParties;
  seenAt: string;
  /** Nothing of the stream is stored yet, as far as is known: records need not be looked up. */
  isFresh: boolean;
  /** Who must not come back; absent: nobody was erased. */
  erasures?: Erasures;
  /** Some records of the connection wait in quarantine, and may be read now. */
  hasQuarantine: boolean;
}
