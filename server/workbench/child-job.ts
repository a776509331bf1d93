import type { QueryParameterType } from '../api.js';
import type { ChildJob } from './child-messages.js';
import type { RunLimits } from './run-limits.js';

export interface QueryRequest {
  text: string;
  /** Of `$1`, `$2`, ….  */
  parameters: readonly { type: QueryParameterType; value: string | null }[];
}

/** Where a query runs, and for whom. */
export interface Login {
  /** Address of the database with the analyst's login. */
  address: string;
  /** PostgreSQL's `server_version_num`. */
  serverNumber: number;
  /** Digits: what the server calls the session. */
  application: string;
}

/** Numbers of the types that parameters are bound as. */
const typeNumbers: Record<QueryParameterType, number> = { text: 25, integer: 20, number: 1_700, boolean: 16, date: 1_082, instant: 1_184 };

/** What the process that runs the query is told. */
export function jobOf(
  { address, application, serverNumber }: Login,
  { text, parameters }: QueryRequest,
  { rows, bytes, milliseconds }: RunLimits,
  how: Pick<ChildJob, 'isPlan' | 'batchRows' | 'file'>,
): ChildJob {
  return {
    address,
    application,
    text,
    types: parameters.map(({ type }) => typeNumbers[type]),
    values: parameters.map(({ value }) => value),
    milliseconds,
    mostRows: rows,
    mostBytes: bytes,
    hasTransactionTimeout: serverNumber >= 170_000,
    ...how,
  };
}
