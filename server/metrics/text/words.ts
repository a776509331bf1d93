import type { TextLanguage } from './phrases.js';
import { RememberedBytes, hashByte } from './remembered-bytes.js';

/** A text in UTF-8: a part of some bytes. */
export interface Utf8 {
  bytes: Buffer;
  from: number;
  to: number;
}

export function utf8(text: string): Utf8 {
  const bytes = Buffer.from(text);
  return { bytes, from: 0, to: bytes.length };
}

/** A word of a text, folded. */
export class Word {
  /** What finders know of it, by their numbers. */
  readonly known: unknown[] = [];

  constructor(readonly text: string) {}
}

/** Ends a sentence among words; `question` ends one that asks. */
export const stop = new Word('.');
export const question = new Word('?');

/** A date in figures, such as 14.03. or 2026-03-14, as a word. */
export const figureDate = '#date';

/** Longer texts are logs and quoted threads; what is meant stands at the beginning. */
const longestRead = 8_000;

const newline = 0x0a;
const space = 0x20;
const quote = 0x3e;
const fullStop = 0x2e;
const comma = 0x2c;

/**
 * The words of a text in its order, folded: compatibility forms, case, accents, joiners, Arabic letters in Persian and figures of
 * other scripts make no difference. Lines quoted from an earlier message are left out.
 */
export function wordsOf(text: Utf8): Word[] {
  if (text.to - text.from > longestRead) return ownWordsOf(text.bytes.toString('utf8', text.from, text.to).slice(0, longestRead));
  return readWords(text, true) ?? ownWordsOf(text.bytes.toString('utf8', text.from, text.to));
}

/** Without the lines that are quoted. */
function ownWordsOf(text: string): Word[] {
  return readWords(utf8(text.replace(/^[ \t]*>.*$/gmu, '')), false) ?? [];
}

/** Null where lines may be quoted, if `mindsQuotes`. */
function readWords({ bytes, from, to }: Utf8, mindsQuotes: boolean): Word[] | null {
  const sentences = new Sentences();
  let start = from;
  let hash = 0;
  let hasFigure = false;
  for (let at = from; at <= to; at++) {
    const byte = at < to ? (bytes[at] ?? space) : space;
    if (byte > quote) {
      hash = hashByte(hash, byte);
      continue;
    }
    if (byte === quote && mindsQuotes) return null;
    const isLine = byte === newline && isLetter(bytes[at + 1] ?? 0);
    if (byte !== space && !isLine) {
      hash = hashByte(hash, byte);
      hasFigure ||= isFigure(byte);
      continue;
    }
    if (hasFigure) sentences.readFigures(bytes, start, at);
    else if (at > start) sentences.read(hash, bytes, start, at);
    if (isLine) sentences.end();
    start = at + 1;
    hash = 0;
    hasFigure = false;
  }
  sentences.end();
  return sentences.words;
}

function isFigure(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** A Latin one. Other signs may go on with the end of a sentence across a line. */
function isLetter(byte: number): boolean {
  return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}

/** A word, the end of a sentence, or a question mark that ends none. */
interface Piece {
  word: Word | null;
  ends: boolean;
  asks: boolean;
}

/** People use few words most of the time; what a text brings beyond that is forgotten again. */
const mostKnown = 50_000;

/** Bytes; longer ones are seldom written twice. */
const longestKnown = 64;

const known = new RememberedBytes<readonly Piece[]>(mostKnown);

/** Words of a text as far as it was read, with the ends of their sentences. */
class Sentences {
  readonly words: Word[] = [];
  private asks = false;

  /** What stands between two spaces, which folding and splitting never look across. */
  read(hash: number, bytes: Buffer, from: number, to: number): void {
    let pieces = known.find(hash, bytes, from, to);
    if (pieces === undefined) {
      pieces = split(folded(bytes.toString('utf8', from, to)));
      if (to - from <= longestKnown) known.add(hash, bytes, from, to, pieces);
    }
    this.add(pieces);
  }

  /** The same with figures: numbers are seldom written twice. Most are plain and end a sentence or nothing. */
  readFigures(bytes: Buffer, from: number, to: number): void {
    let at = from;
    while (at < to && isFigure(bytes[at] ?? 0)) at++;
    const isPlain = at === to || (at === to - 1 && (bytes[at] === fullStop || bytes[at] === comma));
    if (!isPlain) {
      this.add(split(folded(bytes.toString('utf8', from, to))));
      return;
    }
    this.push(new Word(bytes.toString('latin1', from, at)));
    if (at < to && bytes[at] === fullStop) this.end();
  }

  end(): void {
    const last = this.words.at(-1);
    if (last !== undefined && last !== stop && last !== question) this.words.push(this.asks ? question : stop);
    this.asks = false;
  }

  private add(pieces: readonly Piece[]): void {
    for (const { word, ends, asks } of pieces) {
      this.asks ||= asks;
      if (word !== null) this.push(word);
      else if (ends) this.end();
    }
  }

  /** Persian writes the signs of a verb apart or joined: `می شود` is `می‌شود`. */
  private push(word: Word): void {
    const before = this.words.at(-1)?.text;
    if (word.text !== figureDate && (before === 'می' || before === 'نمی')) this.words[this.words.length - 1] = joined(before + word.text);
    else this.words.push(word);
  }
}

const joinedWords = new Map<string, Word>();

function joined(text: string): Word {
  const before = joinedWords.get(text);
  if (before !== undefined) return before;
  if (joinedWords.size === mostKnown) joinedWords.clear();
  const word = new Word(text);
  joinedWords.set(text, word);
  return word;
}

function folded(text: string): string {
  if (/^[\x20-\x7e\s]*$/u.test(text)) return text.replaceAll("'", '').toLowerCase();
  return text
    .replace(/[۰-۹]/gu, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[٠-٩]/gu, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/ʼ|’|'|\u200c|\u200d|\u00ad|ـ/gu, '')
    .replace(/[՛՜]/gu, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ı/gu, 'i')
    .replace(/[يى]/gu, 'ی')
    .replace(/ك/gu, 'ک')
    .replace(/ة/gu, 'ه')
    .replace(/[\u200e\u200f\u2066-\u2069]/gu, '');
}

function split(read: string): Piece[] {
  return Array.from(read.matchAll(pieces), ([piece]) => {
    if (/^\d+[./-]/u.test(piece)) return { word: new Word(figureDate), ends: false, asks: false };
    if (/^[\p{L}\p{N}]/u.test(piece)) return { word: new Word(piece.replaceAll('՞', '')), ends: false, asks: piece.includes('՞') };
    return { word: null, ends: piece !== '՞', asks: /[?؟՞]/u.test(piece) };
  });
}

/** Dates in figures, words (an Armenian one may carry its question mark inside), ends of sentences. */
const pieces = /(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}[./]\d{2})(?![\p{L}\p{N}])|[\p{L}\p{N}]+(?:՞[\p{L}\p{N}]*)*|[.!?؟։…\n]+|՞/gu;

/** The language told, where it is one that is read; else by the script, and Turkish by its letters and commonest words. */
export function languageOf({ bytes, from, to }: Utf8, told: string | null): TextLanguage | null {
  if (told === 'en' || told === 'tr' || told === 'fa' || told === 'hy') return told;
  const code = told?.toLowerCase().split(/[-_]/u)[0];
  if (code === 'en' || code === 'tr' || code === 'fa' || code === 'hy') return code;
  if (code) return null;
  const read = bytes.toString('utf8', from, Math.min(to, from + mostBytes * guessedBy)).slice(0, guessedBy);
  if (/[\u0531-\u0587]/u.test(read)) return 'hy';
  if (/[\u0600-\u06ff]/u.test(read)) return 'fa';
  if (/[ğşıİ]/u.test(read) || / (?:bir|ve|için|bu|ile|lütfen|merhaba|değil) /iu.test(` ${read} `)) return 'tr';
  return 'en';
}

/** Letters; and bytes of one of them. */
const guessedBy = 400;
const mostBytes = 3;
