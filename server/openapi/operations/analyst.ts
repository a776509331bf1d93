import type { Told } from './index.js';
import { files } from './reading.js';

/** What analysts ask: views, queries, exports. */
export const analyst: Record<string, Told> = {
  'Exports.views': 'The analytics views, with their columns.',
  'Exports.view': { summary: 'An analytics view as a file, whole or not at all.', answers: files },
};
