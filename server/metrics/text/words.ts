import type { TextLanguage } from './phrases.js';

/** Ends a sentence in a list of words; `question` ends one that asks. */
export const stop = '.';
export const question = '?';

/** A date in figures, such as 14.03. or 2026-03-14, in a list of words. */
export const figureDate = '#date';

/** Longer texts are logs and quoted threads; what is meant stands at the beginning. */
const longestRead = 8_000;

/**
 * The words of a text in its order, folded: compatibility forms, case, accents, joiners, Arabic letters in Persian and figures of
 * other scripts make no difference. Lines quoted from an earlier message are left out.
 */
export function wordsOf(text: string): string[] {
  const read = text.slice(0, longestRead);
  const own = read.includes('>') ? read.replace(/^[ \t]*>.*$/gmu, '') : read;
  const words: string[] = [];
  let asks = false;
  const end = () => {
    if (words.length > 0 && words.at(-1) !== stop && words.at(-1) !== question) words.push(asks ? question : stop);
    asks = false;
  };
  for (let from = 0; from < own.length;) {
    const space = own.indexOf(' ', from);
    const to = space < 0 ? own.length : space;
    for (const piece of piecesOf(own.slice(from, to))) {
      asks ||= piece.asks;
      if (piece.word === null) {
        if (piece.ends) end();
      } else pushWord(words, piece.word);
    }
    from = to + 1;
  }
  end();
  return words;
}

/** A word, the end of a sentence, or a question mark that ends none. */
interface Piece {
  word: string | null;
  ends: boolean;
  asks: boolean;
}

/** People use few words most of the time; what a text brings beyond that is forgotten again. */
const mostKnown = 50_000;

/** Longer ones are seldom written twice. */
const longestKnown = 40;

const known = new Map<string, readonly Piece[]>();

/** Of what stands between two spaces, which folding and splitting never look across. */
function piecesOf(chunk: string): readonly Piece[] {
  const before = known.get(chunk);
  if (before) return before;
  if (chunk.length > longestKnown) return split(folded(chunk));
  if (known.size >= mostKnown) known.clear();
  // A part of a string keeps the whole of it in memory; a copy does not.
  const kept = Buffer.from(chunk, 'utf16le').toString('utf16le');
  const pieces = split(folded(kept));
  known.set(kept, pieces);
  return pieces;
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
    .replace(/[\u200e\u200f]/gu, '');
}

function split(read: string): Piece[] {
  return Array.from(read.matchAll(pieces), ([piece]) => {
    if (/^\d+[./-]/u.test(piece)) return { word: figureDate, ends: false, asks: false };
    if (/^[\p{L}\p{N}]/u.test(piece)) return { word: piece.replaceAll('՞', ''), ends: false, asks: piece.includes('՞') };
    return { word: null, ends: piece !== '՞', asks: /[?؟՞]/u.test(piece) };
  });
}

/** Dates in figures, words (an Armenian one may carry its question mark inside), ends of sentences. */
const pieces = /(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}[./]\d{2})(?![\p{L}\p{N}])|[\p{L}\p{N}]+(?:՞[\p{L}\p{N}]*)*|[.!?؟։…\n]+|՞/gu;

/** Persian writes the signs of a verb apart or joined: `می شود` is `می‌شود`. */
function pushWord(words: string[], word: string): void {
  const before = words.at(-1);
  if (word !== figureDate && (before === 'می' || before === 'نمی')) words[words.length - 1] = before + word;
  else words.push(word);
}

/** The language told, where it is one that is read; else by the script, and Turkish by its letters and commonest words. */
export function languageOf(text: string, told: string | null): TextLanguage | null {
  const code = told?.toLowerCase().split(/[-_]/u)[0];
  if (code === 'en' || code === 'tr' || code === 'fa' || code === 'hy') return code;
  if (code) return null;
  const read = text.slice(0, 400);
  if (/[\u0531-\u0587]/u.test(read)) return 'hy';
  if (/[\u0600-\u06ff]/u.test(read)) return 'fa';
  if (/[ğşıİ]/u.test(read) || / (?:bir|ve|için|bu|ile|lütfen|merhaba|değil) /iu.test(` ${read} `)) return 'tr';
  return 'en';
}
