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

/** What the labelled texts kept with the tests measure; a test compares. */
export const counted: Record<'chase' | 'repeat' | 'reason' | 'sameQuestion', Record<TextLanguage, Counted>> = {
  chase: {
    en: { right: 13, wrong: 0, missed: 1, n: 38 },
    tr: { right: 13, wrong: 0, missed: 0, n: 37 },
    fa: { right: 13, wrong: 0, missed: 0, n: 37 },
    hy: { right: 13, wrong: 0, missed: 0, n: 37 },
  },
  repeat: {
    en: { right: 7, wrong: 0, missed: 2, n: 38 },
    tr: { right: 8, wrong: 0, missed: 0, n: 37 },
    fa: { right: 8, wrong: 0, missed: 0, n: 37 },
    hy: { right: 8, wrong: 0, missed: 0, n: 37 },
  },
  reason: {
    en: { right: 9, wrong: 0, missed: 0, n: 32 },
    tr: { right: 8, wrong: 0, missed: 1, n: 32 },
    fa: { right: 9, wrong: 0, missed: 0, n: 32 },
    hy: { right: 9, wrong: 0, missed: 0, n: 32 },
  },
  sameQuestion: {
    en: { right: 5, wrong: 0, missed: 1, n: 12 },
    tr: { right: 4, wrong: 0, missed: 2, n: 12 },
    fa: { right: 5, wrong: 0, missed: 1, n: 12 },
    hy: { right: 5, wrong: 0, missed: 1, n: 12 },
  },
};

/** How well each mark is read, in all languages together and in each where the texts suffice. */
export const measured: Record<keyof typeof counted, Estimate> = {
  chase: estimate(counted.chase),
  repeat: estimate(counted.repeat),
  reason: estimate(counted.reason),
  sameQuestion: estimate(counted.sameQuestion),
};

function estimate(byLanguage: Record<TextLanguage, Counted>): Estimate {
  const parts = textLanguages.map((language) => byLanguage[language]);
  const total = (name: keyof Counted) => parts.reduce((sum, part) => sum + part[name], 0);
  const whole = { right: total('right'), wrong: total('wrong'), missed: total('missed'), n: total('n') };
  return {
    precision: whole.right / (whole.right + whole.wrong),
    recall: whole.right / (whole.right + whole.missed),
    n: whole.n,
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
