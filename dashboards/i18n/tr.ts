import type { Catalog } from './catalog.js';
import { boards } from './boards/tr.js';
import { delivery } from './delivery/tr.js';
import { kinds } from './kinds/tr.js';
import { metrics } from './metrics/tr.js';
import { notes } from './notes/tr.js';
import { points } from './points/tr.js';
import { summary } from './summary/tr.js';
import { targets } from './targets/tr.js';
import { today } from './today/tr.js';
import { why } from './why/tr.js';
import { words } from './words/tr.js';

export const tr: Catalog = {
  ...words,
  ...kinds,
  ...points,
  ...boards,
  ...metrics,
  ...why,
  ...notes,
  ...today,
  ...targets,
  ...summary,
  ...delivery,
};
