import type { Estimate } from '#dashboards/metric-result.js';
import { wilson } from '../statistics/interval.js';
import { textLanguages, type TextLanguage } from './phrases.js';

/** Found and meant, found and not meant, meant and not found, of so many labelled texts. */
export interface Counted {
  right: number;
  wrong: number;
  missed: number;
  n: number;
}

type Mark = 'chase' | 'repeat' | 'reason' | 'sameQuestion';

/** A share of fewer texts than this says nothing. */
const fewestTexts = 10;

/** What the labelled texts kept with the tests measure; a test compares. These helped to make the phrase lists. */
export const counted: Record<Mark, Record<TextLanguage, Counted>> = {
  chase: {
    en: { right: 28, wrong: 0, missed: 0, n: 80 },
    tr: { right: 27, wrong: 0, missed: 0, n: 79 },
    fa: { right: 27, wrong: 1, missed: 0, n: 79 },
    hy: { right: 27, wrong: 1, missed: 0, n: 79 },
  },
  repeat: {
    en: { right: 21, wrong: 0, missed: 2, n: 80 },
    tr: { right: 22, wrong: 1, missed: 0, n: 79 },
    fa: { right: 21, wrong: 0, missed: 1, n: 79 },
    hy: { right: 22, wrong: 1, missed: 0, n: 79 },
  },
  reason: {
    en: { right: 23, wrong: 1, missed: 0, n: 60 },
    tr: { right: 23, wrong: 3, missed: 0, n: 60 },
    fa: { right: 23, wrong: 2, missed: 0, n: 60 },
    hy: { right: 23, wrong: 0, missed: 0, n: 60 },
  },
  sameQuestion: {
    en: { right: 5, wrong: 0, missed: 1, n: 12 },
    tr: { right: 4, wrong: 0, missed: 2, n: 12 },
    fa: { right: 5, wrong: 0, missed: 1, n: 12 },
    hy: { right: 5, wrong: 0, missed: 1, n: 12 },
  },
};

/** Of texts written after the phrase lists were closed, half of them in words that the lists avoid, never used to make anything. */
export const unseen: Record<Mark, Record<TextLanguage, Counted>> = {
  chase: {
    en: { right: 3, wrong: 1, missed: 15, n: 50 },
    tr: { right: 4, wrong: 1, missed: 14, n: 50 },
    fa: { right: 7, wrong: 1, missed: 11, n: 50 },
    hy: { right: 7, wrong: 2, missed: 11, n: 50 },
  },
  repeat: {
    en: { right: 9, wrong: 0, missed: 9, n: 50 },
    tr: { right: 7, wrong: 1, missed: 11, n: 50 },
    fa: { right: 6, wrong: 1, missed: 12, n: 50 },
    hy: { right: 9, wrong: 2, missed: 9, n: 50 },
  },
  reason: {
    en: { right: 9, wrong: 0, missed: 7, n: 30 },
    tr: { right: 3, wrong: 0, missed: 13, n: 30 },
    fa: { right: 8, wrong: 0, missed: 8, n: 30 },
    hy: { right: 9, wrong: 0, missed: 7, n: 30 },
  },
  sameQuestion: {
    en: { right: 9, wrong: 1, missed: 1, n: 20 },
    tr: { right: 8, wrong: 2, missed: 2, n: 20 },
    fa: { right: 8, wrong: 1, missed: 2, n: 20 },
    hy: { right: 9, wrong: 1, missed: 1, n: 20 },
  },
};

/** How well each mark is read, in all languages together and in each where the texts suffice. */
export const measured: Record<Mark, Estimate> = {
  chase: estimate('chase'),
  repeat: estimate('repeat'),
  reason: estimate('reason'),
  sameQuestion: estimate('sameQuestion'),
};

function estimate(mark: Mark): Estimate {
  const made = total(counted[mark]);
  const afterwards = total(unseen[mark]);
  return {
    ...sharesOf(made),
    n: made.n,
    unseen: { ...sharesOf(afterwards), n: afterwards.n, ...rangesOf(afterwards) },
    languages: textLanguages.map((language) => {
      const one = unseen[mark][language];
      const { precision, recall } = sharesOf(one);
      return {
        language,
        precision: one.right + one.wrong < fewestTexts ? null : precision,
        recall: one.right + one.missed < fewestTexts ? null : recall,
        n: one.n,
        ...rangesOf(one),
      };
    }),
  };
}

function total(byLanguage: Record<TextLanguage, Counted>): Counted {
  const parts = textLanguages.map((language) => byLanguage[language]);
  const sum = (name: keyof Counted) => parts.reduce((all, part) => all + part[name], 0);
  return { right: sum('right'), wrong: sum('wrong'), missed: sum('missed'), n: sum('n') };
}

function sharesOf({ right, wrong, missed }: Counted): { precision: number; recall: number } {
  return { precision: right / (right + wrong), recall: right / (right + missed) };
}

function rangesOf({ right, wrong, missed }: Counted): Pick<Estimate['unseen'], 'precisionRange' | 'recallRange'> {
  return { precisionRange: range(right, right + wrong), recallRange: range(right, right + missed) };
}

function range(successes: number, trials: number): [number, number] | null {
  const { lo, hi } = wilson(successes, trials);
  return lo === null || hi === null ? null : [lo, hi];
}
