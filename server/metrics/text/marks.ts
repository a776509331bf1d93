import { finders, type Finder } from './patterns.js';
import { phraseLists, textLanguages, type TextLanguage } from './phrases.js';
import type { PhraseList } from './phrase-list.js';
import { type Utf8, type Word, figureDate, languageOf, question, stop, utf8, wordsOf } from './words.js';

/** Raised with any change to what is read out of a text or made of it: every item is then derived anew. */
export const marksVersion = 2;

export interface Message {
  body: Utf8;
  /** As the source tells it; null where it does not. */
  language: string | null;
  side: 'team' | 'customer';
}

/** What a public message of a person says; estimates, measured on the labelled messages kept with the tests. */
export interface Marks {
  isChase: boolean;
  saysAgain: boolean;
  isThanks: boolean;
  givesReason: boolean;
  tellsDate: boolean;
  isQuestion: boolean;
  /** What each question is about; see `isSameQuestion`. */
  questions: ReadonlySet<string>[];
}

/** Of a text that says nothing; the same object for all of them. */
export const noMarks: Marks = {
  isChase: false,
  saysAgain: false,
  isThanks: false,
  givesReason: false,
  tellsDate: false,
  isQuestion: false,
  questions: [],
};

type ListName = Exclude<keyof PhraseList, 'fillers'>;

interface Reader {
  finderIn(words: readonly Word[]): Finder<ListName>;
  fillers: ReadonlySet<string>;
}

/** A thank-you that is longer says something else as well. */
const longestThanks = 25;

const stemLength = 5;

export function messageMarks({ body, language, side }: Message): Marks {
  const known = languageOf(body, language);
  if (known === null) return noMarks;
  return side === 'customer' ? customerMarks(readers[known], wordsOf(body)) : teamMarks(readers[known], wordsOf(body));
}

function customerMarks({ finderIn }: Reader, words: readonly Word[]): Marks {
  const finds = finderIn(words);
  const isChase = finds('chase');
  const saysAgain = finds('repeat');
  const isThanks =
    !isChase && !saysAgain && words.length <= longestThanks && !words.includes(question) && finds('thanks') && !finds('more');
  return isChase || saysAgain || isThanks ? { ...noMarks, isChase, saysAgain, isThanks } : noMarks;
}

function teamMarks({ finderIn, fillers }: Reader, words: readonly Word[]): Marks {
  const finds = finderIn(words);
  const questions: ReadonlySet<string>[] = [];
  let tellsDate = false;
  let from = 0;
  for (let place = 0; place < words.length; place++) {
    const end = words[place];
    if (end !== stop && end !== question) continue;
    if ((end === question || finds('request', from, place)) && !finds('courtesy', from, place))
      questions.push(subjectOf(words, from, place, fillers));
    tellsDate ||= end !== question && finds('day', from, place) && finds('ahead', from, place);
    from = place + 1;
  }
  const givesReason = finds('reason') || (finds('delay') && finds('cause'));
  const isQuestion = questions.length > 0;
  return givesReason || tellsDate || isQuestion ? { ...noMarks, givesReason, tellsDate, isQuestion, questions } : noMarks;
}

/** Of the words of a sentence. */
function subjectOf(words: readonly Word[], from: number, to: number, fillers: ReadonlySet<string>): ReadonlySet<string> {
  const subject = new Set<string>();
  for (let place = from; place < to; place++) {
    const text = words[place]?.text ?? '';
    if (text.length > 2 && !fillers.has(text) && !/^\d/u.test(text) && text !== figureDate) subject.add(text.slice(0, stemLength));
  }
  return subject;
}

/**
 * Two questions are one where they share half of the words of the shorter one, and at least two; a word is its first five letters,
 * words that tell nothing left out. A question of one telling word is never the same.
 */
export function isSameQuestion(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  let shared = 0;
  for (const word of one) if (other.has(word)) shared++;
  return shared >= 2 && shared * 2 >= Math.min(one.size, other.size);
}

function readerOf(list: PhraseList): Reader {
  const { fillers, ...patterns } = list;
  return { finderIn: finders(patterns), fillers: new Set(wordsOf(utf8(fillers)).map(({ text }) => text)) };
}

const readers = Object.fromEntries(textLanguages.map((language) => [language, readerOf(phraseLists[language])])) as Record<
  TextLanguage,
  Reader
>;
