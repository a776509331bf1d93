import type { en } from './en.js';

/** English is the measure: a key it has and another language lacks fails the build. */
export type MessageKey = keyof typeof en;
export type Catalog = Record<MessageKey, string>;
