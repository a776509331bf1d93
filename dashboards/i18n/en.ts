import { boards } from './boards/en.js';
import { delivery } from './delivery/en.js';
import { kinds } from './kinds/en.js';
import { metrics } from './metrics/en.js';
import { notes } from './notes/en.js';
import { points } from './points/en.js';
import { summary } from './summary/en.js';
import { targets } from './targets/en.js';
import { today } from './today/en.js';
import { why } from './why/en.js';
import { words } from './words/en.js';

/** English, the measure of the others. Every value is an ICU message. */
export const en = { ...words, ...kinds, ...points, ...boards, ...metrics, ...why, ...notes, ...today, ...targets, ...summary, ...delivery };
