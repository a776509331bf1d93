import { figureDate, question, stop, wordsOf } from './words.js';

/** Where a list of patterns is found in a list of words; time grows with the words alone. */
export type Finder = (words: readonly string[], from?: number, to?: number) => boolean;

/** Enough for the object between a request and its verb at the end. */
const gapWords = 4;

interface Alternatives {
  whole: Set<string>;
  stems: string[];
  ends: string[];
}
type Step = Alternatives | 'gap';

/** Compiles patterns of words; see `PhraseList` for how they are written. */
export function finder(patterns: readonly string[]): Finder {
  const byWord = new Map<string, Step[][]>();
  const byStem = new Map<string, Step[][]>();
  const byEnd = new Map<string, Step[][]>();
  for (const pattern of patterns) {
    const steps = pattern.trim().split(/\s+/u).map(stepOf);
    const [first] = steps;
    if (first === undefined || first === 'gap') throw new RangeError(`The pattern "${pattern}" must begin with a word.`);
    for (const word of first.whole) add(byWord, word, steps);
    for (const stem of first.stems) add(byStem, stem.slice(0, keyLength), steps);
    for (const end of first.ends) add(byEnd, end.slice(-keyLength), steps);
  }
  const beginningWith = remembered((word) =>
    [
      ...(byWord.get(word) ?? []),
      ...beginnings(word).flatMap((key) => byStem.get(key) ?? []),
      ...(byEnd.get(word.slice(-keyLength)) ?? []),
    ].filter(([first]) => first !== undefined && first !== 'gap' && matches(first, word)),
  );
  return (words, from = 0, to = words.length) => {
    for (let place = from; place < to; place += 1) {
      const candidates = beginningWith(words[place] ?? stop);
      if (candidates.length > 0 && candidates.some((steps) => continues(steps, 1, words, place + 1, to))) return true;
    }
    return false;
  };
}

/** People use few words most of the time; what a text brings beyond that is forgotten again. */
const mostRemembered = 20_000;

function remembered(work: (word: string) => Step[][]): (word: string) => Step[][] {
  const known = new Map<string, Step[][]>();
  return (word) => {
    const before = known.get(word);
    if (before) return before;
    if (known.size >= mostRemembered) known.clear();
    const found = work(word);
    known.set(word, found);
    return found;
  };
}

/** Beginnings and ends are looked up by so many letters of them. */
const keyLength = 3;

function beginnings(word: string): string[] {
  return Array.from({ length: Math.min(keyLength, word.length) }, (_, index) => word.slice(0, index + 1));
}

function add(index: Map<string, Step[][]>, key: string, steps: Step[]): void {
  index.set(key, [...(index.get(key) ?? []), steps]);
}

function stepOf(text: string): Step {
  if (text === '..') return 'gap';
  const alternatives: Alternatives = { whole: new Set(), stems: [], ends: [] };
  for (const alternative of text.split('|')) {
    if (alternative === figureDate) alternatives.whole.add(alternative);
    else {
      const word = wordsOf(alternative)[0] ?? '';
      if (alternative.endsWith('*')) alternatives.stems.push(word);
      else if (alternative.startsWith('*')) alternatives.ends.push(word);
      else alternatives.whole.add(word);
    }
  }
  return alternatives;
}

function continues(steps: readonly Step[], at: number, words: readonly string[], place: number, to: number): boolean {
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
  return matches(step, word) && continues(steps, at + 1, words, place + 1, to);
}

function matches({ whole, stems, ends }: Alternatives, word: string): boolean {
  return whole.has(word) || stems.some((stem) => word.startsWith(stem)) || ends.some((end) => word.endsWith(end));
}
