import type { en } from './en.js';

export type AlertTexts = Record<keyof typeof en, string>;
