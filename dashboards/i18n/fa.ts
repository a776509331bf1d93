import { en } from './en.js';

export const fa = en;
