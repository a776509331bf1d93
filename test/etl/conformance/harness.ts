import type { Connector, Json } from '#etl/connector.js';
import type { ScriptedField } from '../../support/scripted-source/history.js';
import type { Tool } from '../../support/scripted-source/server.js';

/** What every connector must do, in words; the table the suite prints has one line for each. */
export const cases = [
  'check says what it may read, and refuses a wrong token',
  'discover gives every signal a fidelity, and every missing one a reason',
  'a first read brings the whole history, a second one nothing',
  'a read broken off after any page goes on to the same end',
  'more items than a page with the same time are all read',
  'items that change while they are paged are all read',
  'what the tool shows late is read by the next sync',
  'shuffled pages end in the same history',
  'repeated pages end in the same history',
  'a 429 is waited for, in five spellings',
  'a server that fails now and then loses nothing',
  'a stalled answer is asked for again',
  'a body cut off is asked for again',
  'a log-in page with status 200 ends the run and moves nothing',
  'a token that expires in mid-run ends the run, and a new one goes on',
  'an event of an unknown type is counted, the rest is read',
  'a field of a new type harms its record alone',
  'a deleted item is marked, its story stays',
  'lost access is no deletion',
  'every zone of the account from −12 to +14 gives the same history',
  'our clock a day off gives the same history',
  'a cursor that does not move ends the run',
  'no secret is in a log line, an error or a stored record',
  'the same record is mapped alike every time',
] as const;
export type ConformanceCase = (typeof cases)[number];

/** A connector, and a fake of its tool to prove it against. */
export interface Harness {
  connector: Connector;
  /** Config of a connection to the fake. `pageSize`: rows per page, small, so that there are many. */
  config(address: string, pageSize: number): Json;
  /** Secret values by name; one of them must be in every request. Longer than 12 characters, so that it is found where it should not be. */
  secrets: Record<string, string>;
  /** The fake: answers from what the source shows now. Checks no credentials and plays no faults: the server before it does. */
  tool: Tool;
  /** Fields whose history the tool tells. */
  fields: readonly ScriptedField[];
  /** It tells public and internal comments, as `said` events. */
  hasComments: boolean;
  /** How finely the tool can be asked and tells its times. Default: seconds. */
  grain?: 's' | 'min';
  /** Our external ids, where they are not the number of the scripted item, team or person; and statuses that the tool names otherwise. */
  ids?: {
    item?: (id: number) => string;
    team?: (id: number) => string;
    person?: (id: number) => string;
    status?: (name: string) => string;
  };
  /** The tool tells its times in the zone of the account: then every whole hour is tried. */
  hasAccountZone?: boolean;
  /** The day of a due date as it came into the model; default: its day in UTC. */
  dueDay?: (dueAt: Date) => string;
  /** How deletions come: `census` by the list of ids, `told` by the tool itself. */
  deletes: 'census' | 'told' | 'none';
  /** Codes under which the connector counts an event of unknown type, as the beginning of a warning. Default: `unknown_kind`. */
  unknownWarning?: string;
  /** Cases that do not hold for this tool, each with the reason that the table prints. */
  skips?: Partial<Record<ConformanceCase, string>>;
}
