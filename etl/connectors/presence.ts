import type { Presence } from '../connector.js';
import { isHttpError } from '../http/errors.js';

/** What a direct look finds at a tool that says 404 for what is gone and 403 for what a token may not see. */
export async function presenceOf(isThere: () => Promise<boolean>): Promise<Presence> {
  try {
    return (await isThere()) ? 'present' : 'gone';
  } catch (error) {
    if (isHttpError(error, 'forbidden')) return 'hidden';
    throw error;
  }
}

/** Why something listed has no record. The census finds out whether it is gone. */
export type Absence = 'forbidden_item' | 'vanished_item';

/** What was listed a moment ago, read whole; or why not, where it is gone (null) or hidden since. */
export async function orAbsence<Found>(read: () => Promise<Found | null>): Promise<Found | Absence> {
  try {
    return (await read()) ?? 'vanished_item';
  } catch (error) {
    if (isHttpError(error, 'forbidden')) return 'forbidden_item';
    throw error;
  }
}
