import type { Fidelity } from './state.js';

/** `GET /api/quality`: how far the data of each connection can be trusted. */
export interface QualityResponse {
  connections: ConnectionQuality[];
}

export interface ConnectionQuality {
  name: string;
  items: number;
  /** Absent is a check whose signal the source does not tell. `of`: items that could have the fault. */
  findings: { check: string; n: number; of: number }[];
  /** What the source tells of each signal. `from`: ISO, history before it is not to be trusted; null where it reaches back to the start. */
  capabilities: { signal: string; fidelity: Fidelity; reason: string | null; from: string | null }[];
  bots: { people: number; of: number; messages: number; ofMessages: number };
  /** Records that wait, by reason code. */
  quarantine: { code: string; n: number }[];
  /** What was read in a way worth knowing, by code, in the last run that brought something new. */
  warnings: { code: string; n: number }[];
}

/** `GET /api/quality/items?connection&check&offset&limit`: the items behind a finding, the oldest first. */
export interface QualityItemsResponse {
  total: number;
  items: { id: string; externalId: string; title: string | null; url: string | null; type: string; createdAt: string | null }[];
}
