import type { Board } from '../dashboard.js';
import { consistency } from './consistency.js';
import { delay } from './delay.js';
import { expectation } from './expectation.js';
import { growth } from './growth.js';
import { handoff } from './handoff.js';
import { visibility } from './visibility.js';

/** Every board, in the order of the menu. A new board is one file and one line here. */
export const boards: readonly Board[] = [consistency, delay, handoff, visibility, growth, expectation];
