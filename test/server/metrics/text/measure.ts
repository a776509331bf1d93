import { isSameQuestion, messageMarks } from '#server/metrics/text/marks.js';
import type { Counted as Counts } from '#server/metrics/text/measured.js';
import type { TextLanguage } from '#server/metrics/text/phrases.js';
import { utf8 } from '#server/metrics/text/words.js';
import { en } from './labelled/en.js';
import { fa } from './labelled/fa.js';
import { hy } from './labelled/hy.js';
import type { Label, Labelled } from './labelled/labelled.js';
import { questionPairs } from './labelled/questions.js';
import { tr } from './labelled/tr.js';
import { en as enUnseen, enPairs } from './unseen/en.js';
import { fa as faUnseen, faPairs } from './unseen/fa.js';
import { hy as hyUnseen, hyPairs } from './unseen/hy.js';
import { tr as trUnseen, trPairs } from './unseen/tr.js';

export const labelled: Record<TextLanguage, readonly Labelled[]> = { en, tr, fa, hy };
/** Written after the phrase lists were closed, and never used to improve them. */
const unseenMessages: Record<TextLanguage, readonly Labelled[]> = { en: enUnseen, tr: trUnseen, fa: faUnseen, hy: hyUnseen };
export const unseenPairs: typeof questionPairs = { en: enPairs, tr: trPairs, fa: faPairs, hy: hyPairs };

export function found(language: TextLanguage, [side, , body]: Labelled): Label[] {
  const marks = messageMarks({ body: utf8(body), language, side });
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

/** Of the messages of the side that can have the label. */
export function counts(language: TextLanguage, label: Label): Counts {
  return countsAmong(labelled[language], language, label);
}

/** Of messages that were not used to make the phrase lists. */
export function unseenCounts(language: TextLanguage, label: Label): Counts {
  return countsAmong(unseenMessages[language], language, label);
}

function countsAmong(messages: readonly Labelled[], language: TextLanguage, label: Label): Counts {
  const side = ['chase', 'repeat', 'thanks'].includes(label) ? 'customer' : 'team';
  const told = messages
    .filter((message) => message[0] === side)
    .map((message) => ({ isMeant: message[1].split(' ').includes(label), isFound: found(language, message).includes(label) }));
  return countsOf(told);
}

/** The pairs of questions taken for the same. */
export function pairCounts(language: TextLanguage, pairs = questionPairs): Counts {
  const told = pairs[language].map(([isMeant, one, other]) => ({ isMeant, isFound: isSame(language, one, other) }));
  return countsOf(told);
}

function isSame(language: TextLanguage, one: string, other: string): boolean {
  const [first] = messageMarks({ body: utf8(one), language, side: 'team' }).questions;
  const [second] = messageMarks({ body: utf8(other), language, side: 'team' }).questions;
  return first !== undefined && second !== undefined && isSameQuestion(first, second);
}

function countsOf(told: { isMeant: boolean; isFound: boolean }[]): Counts {
  return {
    right: told.filter(({ isMeant, isFound }) => isMeant && isFound).length,
    wrong: told.filter(({ isMeant, isFound }) => !isMeant && isFound).length,
    missed: told.filter(({ isMeant, isFound }) => isMeant && !isFound).length,
    n: told.length,
  };
}
