import type { Catalog } from './catalog.js';
import { boards } from './boards/hy.js';
import { delivery } from './delivery/hy.js';
import { kinds } from './kinds/hy.js';
import { metrics } from './metrics/hy.js';
import { notes } from './notes/hy.js';
import { points } from './points/hy.js';
import { summary } from './summary/hy.js';
import { targets } from './targets/hy.js';
import { today } from './today/hy.js';
import { why } from './why/hy.js';
import { words } from './words/hy.js';

export const hy: Catalog = {
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
