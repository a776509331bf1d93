import { hash } from 'node:crypto';
import type { Json } from '../connector.js';

/** A word, an address or an id; punctuation around it does not count. */
const wordPattern = /[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_.%+@'’-]*[\p{L}\p{M}\p{N}_])?/gu;

/** `text`: wherever it stands; `value`: where it is a whole value; `beside`: the same, in records that name the erased otherwise. */
export type ErasedPlace = 'text' | 'value' | 'beside';

export interface ErasedWord {
  /** Hexadecimal. */
  hash: string;
  words: number;
  pseudonym: string;
  place: ErasedPlace;
}

/** Names, addresses and ids of the erased, known by their hashes alone: finds them in what is read, and puts the pseudonym there. */
export class ErasedWords {
  private readonly pseudonyms: Record<ErasedPlace, Map<string, string>> = { text: new Map(), value: new Map(), beside: new Map() };
  private readonly sizes: number[];

  constructor(
    private readonly salt: string,
    words: readonly ErasedWord[],
  ) {
    for (const word of words) this.pseudonyms[word.place].set(word.hash, word.pseudonym);
    // The longest name first, so that none is taken out by halves.
    this.sizes = [...new Set(words.filter(({ place }) => place === 'text').map((word) => word.words))].sort((a, b) => b - a);
  }

  get isEmpty(): boolean {
    return this.pseudonyms.text.size + this.pseudonyms.value.size === 0;
  }

  /** The text with pseudonyms in it; the same text where nobody is named. */
  text(text: string): string {
    const words = [...text.matchAll(wordPattern)];
    let left = '';
    let from = 0;
    for (let at = 0; at < words.length;) {
      const found = this.nameAt(words, at);
      const first = words[at];
      const last = words[at + (found?.size ?? 1) - 1];
      if (found && first && last) {
        left += text.slice(from, first.index) + found.pseudonym;
        from = last.index + last[0].length;
      }
      at += found?.size ?? 1;
    }
    return from === 0 ? text : left + text.slice(from);
  }

  /** All texts of a value, names of fields among them. Where somebody is named, words of the name that stand alone go too. */
  json(value: Json): Json {
    const replaced = this.walk(value, (text) => this.value(text));
    if (this.pseudonyms.beside.size === 0 || JSON.stringify(replaced) === JSON.stringify(value)) return replaced;
    return this.walk(replaced, (text) => this.pseudonyms.beside.get(hashOf(this.salt, text)) ?? text);
  }

  /** A whole value: one word that is a name is taken out here, and left alone within a sentence. */
  value(text: string): string {
    return this.pseudonyms.value.get(hashOf(this.salt, text)) ?? this.text(text);
  }

  private nameAt(words: readonly RegExpExecArray[], at: number): { size: number; pseudonym: string } | null {
    for (const size of this.sizes) {
      if (at + size > words.length) continue;
      const name = words.slice(at, at + size).map(([word]) => word);
      const pseudonym = this.pseudonyms.text.get(hashOf(this.salt, name.join(' ')));
      if (pseudonym !== undefined) return { size, pseudonym };
    }
    return null;
  }

  private walk(value: Json, change: (text: string) => string): Json {
    if (typeof value === 'string') return change(value);
    if (Array.isArray(value)) return value.map((one) => this.walk(one, change));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [change(key), this.walk(one, change)]));
  }
}

/** How many words a name has. */
export function wordsOf(name: string): string[] {
  return [...name.matchAll(wordPattern)].map(([word]) => word);
}

/** However it is written: case, accents put together or apart, and what stands between the words do not count. */
export function hashOf(salt: string, name: string): string {
  return hash('sha256', `${salt}/${wordsOf(name.normalize('NFKC')).join(' ').toLowerCase()}`);
}
