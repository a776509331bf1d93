import type { Board } from '../dashboard.js';
import { consistency } from './consistency.js';
import { delay } from './delay.js';
import { handoff } from './handoff.js';

/** Every board, in the order of the menu. A new board is one file and one line here. */
export const boards: readonly Board[] = [consistency, delay, handoff];
