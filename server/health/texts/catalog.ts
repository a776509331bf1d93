import type { en } from './en.js';

export type HealthTexts = Record<keyof typeof en, string>;
