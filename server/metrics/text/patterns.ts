import { figureDate, question, stop, wordsOf } from './words.js';

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

/** By the names of the lists whose patterns can begin with a word; null: none. */
type Beginning<Name extends string> = Partial<Record<Name, Step[][]>> | null;

/** Compiles lists of patterns of words; see `PhraseList` for how they are written. Each word of a text is looked up once for all of them. */
export function finders<Name extends string>(lists: Record<Name, readonly string[]>): (words: readonly string[]) => Finder<Name> {
  const startingWith = beginningsOf(lists);
  const beginningWith = remembered((word): Beginning<Name> => {
    const found: Beginning<Name> = {};
    for (const { name, steps } of startingWith(word)) (found[name] ??= []).push(steps);
    return Object.keys(found).length === 0 ? null : found;
  });
  return (words) => {
    const places: number[] = [];
    const found: NonNullable<Beginning<Name>>[] = [];
    for (let place = 0; place < words.length; place += 1) {
      const beginning = beginningWith(words[place] ?? stop);
      if (beginning === null) continue;
      places.push(place);
      found.push(beginning);
    }
    return (name, from = 0, to = words.length) =>
      places.some(
        (place, index) =>
          place >= from && place < to && found[index]?.[name]?.some((steps) => continues(steps, 1, words, place + 1, to)) === true,
      );
  };
}

interface Named<Name> {
  name: Name;
  steps: Step[];
}

/** The patterns of all lists that can begin with a word. */
function beginningsOf<Name extends string>(lists: Record<Name, readonly string[]>): (word: string) => Named<Name>[] {
  const byWord = new Map<string, Named<Name>[]>();
  const byStem = new Map<string, Named<Name>[]>();
  const byEnd = new Map<string, Named<Name>[]>();
  for (const [name, patterns] of Object.entries(lists) as [Name, readonly string[]][])
    for (const pattern of patterns) {
      const steps = pattern.trim().split(/\s+/u).map(stepOf);
      const [first] = steps;
      if (first === undefined || first === 'gap') throw new RangeError(`The pattern "${pattern}" must begin with a word.`);
      for (const word of first.whole) add(byWord, word, { name, steps });
      for (const stem of first.stems) add(byStem, stem.slice(0, keyLength), { name, steps });
      for (const end of first.ends) add(byEnd, end.slice(-keyLength), { name, steps });
    }
  return (word) => {
    const found = [...(byWord.get(word) ?? [])];
    for (let length = 1; length <= Math.min(keyLength, word.length); length += 1) found.push(...(byStem.get(word.slice(0, length)) ?? []));
    found.push(...(byEnd.get(word.slice(-keyLength)) ?? []));
    return found.filter(({ steps: [first] }) => first !== undefined && first !== 'gap' && matches(first, word));
  };
}

/** People use few words most of the time; what a text brings beyond that is forgotten again. */
const mostRemembered = 20_000;

function remembered<Found>(work: (word: string) => Found): (word: string) => Found {
  const known = new Map<string, Found>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    if (known.size >= mostRemembered) known.clear();
    const found = work(word);
    known.set(word, found);
    return found;
  };
}

/** Beginnings and ends are looked up by so many letters of them. */
const keyLength = 3;

function add<Name>(index: Map<string, Named<Name>[]>, key: string, named: Named<Name>): void {
  index.set(key, [...(index.get(key) ?? []), named]);
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
