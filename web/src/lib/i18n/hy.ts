import { en } from './en';

export const hy = en;
