import type { Estimate } from '#dashboards/metric-result.js';
import { textLanguages, type TextLanguage } from './phrases.js';

/** Found and meant, found and not meant, meant and not found, of so many labelled texts. */
export interface Counted {
  right: number;
  wrong: number;
  missed: number;
  n: number;
}

/** Fewer texts that mean it than this say nothing of one language alone. */
const fewestMeant = 10;

/** What the labelled texts kept with the tests measure; a test compares. Most of them helped to make the phrase lists. */
export const counted: Record<'chase' | 'repeat' | 'reason' | 'sameQuestion', Record<TextLanguage, Counted>> = {
  chase: {
    en: { right: 14, wrong: 0, missed: 2, n: 44 },
    tr: { right: 14, wrong: 0, missed: 1, n: 43 },
    fa: { right: 13, wrong: 0, missed: 2, n: 43 },
    hy: { right: 13, wrong: 0, missed: 2, n: 43 },
  },
  repeat: {
    en: { right: 7, wrong: 0, missed: 4, n: 44 },
    tr: { right: 9, wrong: 0, missed: 1, n: 43 },
    fa: { right: 9, wrong: 0, missed: 1, n: 43 },
    hy: { right: 9, wrong: 0, missed: 1, n: 43 },
  },
  reason: {
    en: { right: 10, wrong: 0, missed: 1, n: 36 },
    tr: { right: 9, wrong: 0, missed: 2, n: 36 },
    fa: { right: 9, wrong: 0, missed: 2, n: 36 },
    hy: { right: 10, wrong: 0, missed: 1, n: 36 },
  },
  sameQuestion: {
    en: { right: 5, wrong: 0, missed: 1, n: 12 },
    tr: { right: 4, wrong: 0, missed: 2, n: 12 },
    fa: { right: 5, wrong: 0, missed: 1, n: 12 },
    hy: { right: 5, wrong: 0, missed: 1, n: 12 },
  },
};

/** Of texts written after the phrase lists were closed; the pairs of questions were never used to make anything. */
export const unseen: Record<keyof typeof counted, Counted> = {
  chase: { right: 2, wrong: 0, missed: 6, n: 24 },
  repeat: { right: 3, wrong: 0, missed: 5, n: 24 },
  reason: { right: 3, wrong: 0, missed: 5, n: 16 },
  sameQuestion: { right: 19, wrong: 0, missed: 5, n: 48 },
};

/** How well each mark is read, in all languages together and in each where the texts suffice. */
export const measured: Record<keyof typeof counted, Estimate> = {
  chase: estimate(counted.chase, unseen.chase),
  repeat: estimate(counted.repeat, unseen.repeat),
  reason: estimate(counted.reason, unseen.reason),
  sameQuestion: estimate(counted.sameQuestion, unseen.sameQuestion),
};

function estimate(byLanguage: Record<TextLanguage, Counted>, afterwards: Counted): Estimate {
  const parts = textLanguages.map((language) => byLanguage[language]);
  const total = (name: keyof Counted) => parts.reduce((sum, part) => sum + part[name], 0);
  const whole = { right: total('right'), wrong: total('wrong'), missed: total('missed'), n: total('n') };
  return {
    precision: whole.right / (whole.right + whole.wrong),
    recall: whole.right / (whole.right + whole.missed),
    n: whole.n,
    unseen: {
      precision: afterwards.right / (afterwards.right + afterwards.wrong),
      recall: afterwards.right / (afterwards.right + afterwards.missed),
      n: afterwards.n,
    },
    languages: textLanguages.map((language) => {
      const { right, wrong, missed, n } = byLanguage[language];
      const isEnough = right + missed >= fewestMeant;
      return {
        language,
        precision: isEnough ? right / (right + wrong) : null,
        recall: isEnough ? right / (right + missed) : null,
        n,
      };
    }),
  };
}
