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
  const read = folded(text.slice(0, longestRead).replace(/^[ \t]*>.*$/gmu, ''));
  return split(read);
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

function split(read: string): string[] {
  const words: string[] = [];
  let asks = false;
  const end = () => {
    if (words.length > 0 && words.at(-1) !== stop && words.at(-1) !== question) words.push(asks ? question : stop);
    asks = false;
  };
  for (const [piece] of read.matchAll(pieces)) {
    if (piece === '՞') asks = true;
    else if (/^\d+[./-]/u.test(piece)) words.push(figureDate);
    else if (/^[\p{L}\p{N}]/u.test(piece)) pushWord(words, piece, (has) => (asks ||= has));
    else {
      asks ||= /[?؟]/u.test(piece);
      end();
    }
  }
  end();
  return words;
}

/** Dates in figures, words (an Armenian one may carry its question mark inside), ends of sentences. */
const pieces = /(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}[./]\d{2})(?![\p{L}\p{N}])|[\p{L}\p{N}]+(?:՞[\p{L}\p{N}]*)*|[.!?؟։…\n]+|՞/gu;

/** Persian writes the signs of a verb apart or joined: `می شود` is `می‌شود`. */
function pushWord(words: string[], piece: string, asks: (has: boolean) => void): void {
  asks(piece.includes('՞'));
  const word = piece.replaceAll('՞', '');
  const before = words.at(-1);
  if (before === 'می' || before === 'نمی') words[words.length - 1] = before + word;
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
