import { en } from './phrases/en.js';
import { fa } from './phrases/fa.js';
import { hy } from './phrases/hy.js';
import { tr } from './phrases/tr.js';
import type { PhraseList } from './phrase-list.js';

/** Languages whose messages are read; in any other a message has no marks. */
export const textLanguages = ['en', 'tr', 'fa', 'hy'] as const;
export type TextLanguage = (typeof textLanguages)[number];

export const phraseLists: Record<TextLanguage, PhraseList> = { en, tr, fa, hy };
