import { en } from './en';

export const fa = en;
