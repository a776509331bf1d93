import type { PasswordFlaw } from '../api.js';

const fewest = 12;
const most = 256;
/** Fewer different characters are a pattern, not a password. */
const fewestDifferent = 5;
/** Shorter words, such as "ann", are found in anything. */
const shortestPersonal = 4;
/** What must be left when names are taken out. */
const fewestOfItsOwn = 8;

/** As they are swapped to look different. */
const swapped: Record<string, string> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' };

/**
 * What makes a password easy to guess; null: nothing we know of. Looked up in a list of 49,000 that were found in breaches, on this
 * machine. `words`: name, address and company of whoever chooses it.
 */
export async function passwordFlaw(password: string, words: readonly string[]): Promise<PasswordFlaw | null> {
  const length = [...password].length;
  if (length < fewest) return 'too-short';
  if (length > most) return 'too-long';
  const plain = password.normalize('NFKC').toLowerCase();
  if (new Set(plain).size < fewestDifferent || isRow(plain)) return 'simple';
  const common = await commonPasswords();
  if (cores(plain).some((core) => common.has(core))) return 'common';
  return isPersonal(plain, words) ? 'personal' : null;
}

/** What follows "The password". */
export const flawSentences: Record<PasswordFlaw, string> = {
  'too-short': `is shorter than ${fewest} characters`,
  'too-long': `is longer than ${most} characters`,
  common: 'is among those that are tried first; take several words',
  simple: 'is a pattern of few characters; take several words',
  personal: 'is made of the name, the address or the company; take other words',
};

/** Words of at least four letters in names and addresses. */
export function personalWords(...texts: string[]): string[] {
  return texts.flatMap((text) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => [...word].length >= shortestPersonal),
  );
}

let read: Promise<Set<string>> | null = null;

/** Half a megabyte, read when the first password is set. */
function commonPasswords(): Promise<Set<string>> {
  read ??= import('@zxcvbn-ts/language-common').then(({ dictionary }) => new Set(dictionary['passwords-common']));
  return read;
}

/** Each character the next one or the same, as in "abcdefghijkl" and "987654321098". */
function isRow(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const turns = codes.slice(1).filter((code, place) => {
    const step = Math.abs(code - (codes[place] ?? 0));
    return step > 1 && step !== 9;
  });
  return turns.length === 0;
}

/** The password itself, and what is left of it without the digits and signs around a word, or without repeating it. */
function cores(plain: string): string[] {
  const worn = [plain, plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')];
  const unswapped = worn.map((text) => [...text].map((character) => swapped[character] ?? character).join(''));
  const all = [...worn, ...unswapped];
  return [...all, ...all.flatMap((text) => repeated(text) ?? [])].filter((core) => core !== '');
}

/** The part that a text repeats; null: it does not. */
function repeated(text: string): string | null {
  return /^(.+?)\1+$/u.exec(text)?.[1] ?? null;
}

function isPersonal(plain: string, words: readonly string[]): boolean {
  const left = words.reduce((text, word) => text.replaceAll(word, ''), plain);
  return left !== plain && left.replace(/[^\p{L}\p{N}]/gu, '').length < fewestOfItsOwn;
}
