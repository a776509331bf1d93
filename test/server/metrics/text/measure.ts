import { messageMarks } from '#server/metrics/text/marks.js';
import type { TextLanguage } from '#server/metrics/text/phrases.js';
import { en } from './labelled/en.js';
import { fa } from './labelled/fa.js';
import { hy } from './labelled/hy.js';
import type { Label, Labelled } from './labelled/labelled.js';
import { tr } from './labelled/tr.js';

export const labelled: Record<TextLanguage, readonly Labelled[]> = { en, tr, fa, hy };

export function found(language: TextLanguage, [side, , body]: Labelled): Label[] {
  const marks = messageMarks({ body, language, side });
  const names: Record<Label, boolean> = {
    chase: marks.isChase,
    repeat: marks.saysAgain,
    thanks: marks.isThanks,
    reason: marks.givesReason,
    date: marks.tellsDate,
    question: marks.isQuestion,
  };
  return (Object.keys(names) as Label[]).filter((name) => names[name]);
}

export interface Counts {
  /** Found and meant, found and not meant, meant and not found. */
  right: number;
  wrong: number;
  missed: number;
}

export function counts(language: TextLanguage, label: Label): Counts {
  const told = labelled[language].map((message) => ({
    isMeant: message[1].split(' ').includes(label),
    isFound: found(language, message).includes(label),
  }));
  return {
    right: told.filter(({ isMeant, isFound }) => isMeant && isFound).length,
    wrong: told.filter(({ isMeant, isFound }) => !isMeant && isFound).length,
    missed: told.filter(({ isMeant, isFound }) => isMeant && !isFound).length,
  };
}
