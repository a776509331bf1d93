import { boards } from './boards/en.js';
import { metrics } from './metrics/en.js';
import { words } from './words/en.js';

/** English, the measure of the others. Every value is an ICU message. */
export const en = { ...words, ...boards, ...metrics };
