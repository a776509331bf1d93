import { Word, figureDate, question, stop, utf8, wordsOf } from './words.js';

/** Whether one of the patterns of that name is found in the words, or from one place up to another; time grows with the words alone. */
export type Finder<Name extends string> = (name: Name, from?: number, to?: number) => boolean;

/** Enough for the object between a request and its verb at the end. */
const gapWords = 4;

interface Alternatives {
  whole: Set<string>;
  stems: string[];
  ends: string[];
}
type Step = Alternatives | 'gap';

/** A pattern and the bit of the list it stands in. */
interface Listed {
  bit: number;
  steps: Step[];
}

/** The patterns that can begin with a word, and the bits of their lists together. */
interface Beginning {
  bits: number;
  patterns: readonly Listed[];
}

const none: Beginning = { bits: 0, patterns: [] };

let finderCount = 0;

/**
 * Compiles lists of patterns of words, 31 at most; see `PhraseList` for how they are written. Each word is looked up once for all of them.
 */
export function finders<Name extends string>(lists: Record<Name, readonly string[]>): (words: readonly Word[]) => Finder<Name> {
  const number = finderCount++;
  const names = Object.keys(lists) as Name[];
  const bitOf = Object.fromEntries(names.map((name, n) => [name, 1 << n])) as Record<Name, number>;
  const startingWith = beginningsOf(names.flatMap((name) => lists[name].map((pattern) => ({ bit: bitOf[name], pattern }))));
  return (words) => {
    const places: number[] = [];
    const beginnings: Beginning[] = [];
    let bits = 0;
    for (let place = 0; place < words.length; place++) {
      const word = words[place] ?? stop;
      const beginning = (word.known[number] ??= startingWith(word.text)) as Beginning;
      if (beginning.bits === 0) continue;
      bits |= beginning.bits;
      places.push(place);
      beginnings.push(beginning);
    }
    return (name, from = 0, to = words.length) => {
      const bit = bitOf[name];
      if ((bits & bit) === 0) return false;
      for (let n = 0; n < places.length; n++) {
        const place = places[n] ?? 0;
        const beginning = beginnings[n] ?? none;
        if (place < from || place >= to || (beginning.bits & bit) === 0) continue;
        for (const pattern of beginning.patterns) {
          if (pattern.bit === bit && continues(pattern.steps, 1, words, place + 1, to)) return true;
        }
      }
      return false;
    };
  };
}

/** The patterns of all lists that can begin with a word. */
function beginningsOf(lists: readonly { bit: number; pattern: string }[]): (word: string) => Beginning {
  const byWord = new Map<string, Listed[]>();
  const byStem = new Map<string, Listed[]>();
  const byEnd = new Map<string, Listed[]>();
  for (const { bit, pattern } of lists) {
    const steps = pattern.trim().split(/\s+/u).map(stepOf);
    const [first] = steps;
    if (first === undefined || first === 'gap') throw new RangeError(`The pattern "${pattern}" must begin with a word.`);
    for (const word of first.whole) add(byWord, word, { bit, steps });
    for (const stem of first.stems) add(byStem, stem.slice(0, keyLength), { bit, steps });
    for (const end of first.ends) add(byEnd, end.slice(-keyLength), { bit, steps });
  }
  const firstOfStems = new Set([...byStem.keys()].map((stem) => stem.charCodeAt(0)));
  const lastOfEnds = new Set([...byEnd.keys()].map((end) => end.charCodeAt(end.length - 1)));
  return (word) => {
    const whole = byWord.get(word);
    const mayBegin = firstOfStems.has(word.charCodeAt(0)) || lastOfEnds.has(word.charCodeAt(word.length - 1));
    if (whole === undefined && !mayBegin) return none;
    const found = [...(whole ?? [])];
    for (let length = 1; length <= Math.min(keyLength, word.length); length += 1) found.push(...(byStem.get(word.slice(0, length)) ?? []));
    found.push(...(byEnd.get(word.slice(-keyLength)) ?? []));
    const patterns = found.filter(({ steps: [first] }) => first !== undefined && first !== 'gap' && matches(first, word));
    return patterns.length === 0 ? none : { bits: patterns.reduce((bits, { bit }) => bits | bit, 0), patterns };
  };
}

/** Beginnings and ends are looked up by so many letters of them. */
const keyLength = 3;

function add(index: Map<string, Listed[]>, key: string, listed: Listed): void {
  index.set(key, [...(index.get(key) ?? []), listed]);
}

function stepOf(text: string): Step {
  if (text === '..') return 'gap';
  const alternatives: Alternatives = { whole: new Set(), stems: [], ends: [] };
  for (const alternative of text.split('|')) {
    if (alternative === figureDate) alternatives.whole.add(alternative);
    else {
      const word = wordsOf(utf8(alternative))[0]?.text ?? '';
      if (alternative.endsWith('*')) alternatives.stems.push(word);
      else if (alternative.startsWith('*')) alternatives.ends.push(word);
      else alternatives.whole.add(word);
    }
  }
  return alternatives;
}

function continues(steps: readonly Step[], at: number, words: readonly Word[], place: number, to: number): boolean {
  const step = steps[at];
  if (step === undefined) return true;
  if (step === 'gap') {
    for (let skipped = 0; skipped <= gapWords; skipped += 1) {
      if (continues(steps, at + 1, words, place + skipped, to)) return true;
      const over = words[place + skipped];
      if (over === undefined || over === stop || over === question) return false;
    }
    return false;
  }
  const word = words[place];
  if (word === undefined || place >= to || word === stop || word === question) return false;
  return matches(step, word.text) && continues(steps, at + 1, words, place + 1, to);
}

function matches({ whole, stems, ends }: Alternatives, word: string): boolean {
  return whole.has(word) || stems.some((stem) => word.startsWith(stem)) || ends.some((end) => word.endsWith(end));
}
