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
