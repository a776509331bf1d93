import type { Phrase } from './texts/index.js';

/** `warning`: somebody should do something. `failing`: requests cannot be answered as they should be. */
export type CheckState = 'ok' | 'warning' | 'failing';

/** One thing looked at, and what came of it. `remedies`: what to do; none where all is well. */
export interface Check {
  id: string;
  subject: Phrase;
  state: CheckState;
  found: Phrase;
  remedies: Phrase[];
}

export function fine(id: string, subject: Phrase, found: Phrase): Check {
  return { id, subject, state: 'ok', found, remedies: [] };
}
