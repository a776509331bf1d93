import type { Catalog } from './catalog.js';
import { boards } from './boards/fa.js';
import { delivery } from './delivery/fa.js';
import { kinds } from './kinds/fa.js';
import { metrics } from './metrics/fa.js';
import { notes } from './notes/fa.js';
import { points } from './points/fa.js';
import { summary } from './summary/fa.js';
import { targets } from './targets/fa.js';
import { today } from './today/fa.js';
import { why } from './why/fa.js';
import { words } from './words/fa.js';

export const fa: Catalog = {
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
