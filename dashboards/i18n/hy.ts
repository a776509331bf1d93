import { en } from './en.js';

export const hy = en;
