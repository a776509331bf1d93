import { finders, type Finder } from './patterns.js';
import { phraseLists, textLanguages, type TextLanguage } from './phrases.js';
import type { PhraseList } from './phrase-list.js';
import { figureDate, languageOf, question, stop, wordsOf } from './words.js';

/** Raised with any change to what is read out of a text or made of it: every item is then derived anew. */
export const marksVersion = 2;

export interface Message {
  body: string;
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

const nothing: Marks = {
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
  finderIn(words: readonly string[]): Finder<ListName>;
  fillers: ReadonlySet<string>;
}

/** A thank-you that is longer says something else as well. */
const longestThanks = 25;

const stemLength = 5;

export function messageMarks({ body, language, side }: Message): Marks {
  const known = languageOf(body, language);
  if (known === null) return nothing;
  const reader = readers[known];
  const words = wordsOf(body);
  return side === 'customer' ? { ...nothing, ...customerMarks(reader, words) } : { ...nothing, ...teamMarks(reader, words) };
}

function customerMarks({ finderIn }: Reader, words: string[]): Partial<Marks> {
  const finds = finderIn(words);
  const isChase = finds('chase');
  const saysAgain = finds('repeat');
  const isThanks =
    !isChase && !saysAgain && words.length <= longestThanks && !words.includes(question) && finds('thanks') && !finds('more');
  return { isChase, saysAgain, isThanks };
}

function teamMarks({ finderIn, fillers }: Reader, words: string[]): Partial<Marks> {
  const finds = finderIn(words);
  const sentences = sentencesOf(words);
  const asking = sentences.filter(([from, to]) => (words[to] === question || finds('request', from, to)) && !finds('courtesy', from, to));
  return {
    givesReason: finds('reason') || (finds('delay') && finds('cause')),
    tellsDate: sentences.some(([from, to]) => finds('day', from, to) && finds('ahead', from, to) && words[to] !== question),
    isQuestion: asking.length > 0,
    questions: asking.map(([from, to]) => subjectOf(words.slice(from, to), fillers)),
  };
}

/** Half-open ranges of words; the word at the end says whether the sentence asks. */
function sentencesOf(words: readonly string[]): [from: number, to: number][] {
  const sentences: [number, number][] = [];
  let from = 0;
  words.forEach((word, place) => {
    if (word !== stop && word !== question) return;
    sentences.push([from, place]);
    from = place + 1;
  });
  return sentences;
}

function subjectOf(words: readonly string[], fillers: ReadonlySet<string>): ReadonlySet<string> {
  const telling = words.filter((word) => word.length > 2 && !fillers.has(word) && !/^\d/u.test(word) && word !== figureDate);
  return new Set(telling.map((word) => word.slice(0, stemLength)));
}

/**
 * Two questions are one where they share half of the words of the shorter one, and at least two; a word is its first five letters,
 * words that tell nothing left out. A question of one telling word is never the same.
 */
export function isSameQuestion(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const shared = [...one].filter((word) => other.has(word)).length;
  return shared >= 2 && shared * 2 >= Math.min(one.size, other.size);
}

function readerOf(list: PhraseList): Reader {
  const { fillers, ...patterns } = list;
  return { finderIn: finders(patterns), fillers: new Set(wordsOf(fillers)) };
}

const readers = Object.fromEntries(textLanguages.map((language) => [language, readerOf(phraseLists[language])])) as Record<
  TextLanguage,
  Reader
>;
