import { describe, expect, test } from 'vitest';
import { finders } from '#server/metrics/text/patterns.js';
import { RememberedBytes, hashByte } from '#server/metrics/text/remembered-bytes.js';
import { languageOf, utf8, wordsOf } from '#server/metrics/text/words.js';

const read = (text: string) => wordsOf(utf8(text)).map((word) => word.text);

describe('words', () => {
  test('are folded, and sentences end with what they are', () => {
    expect(read('Any NEWS? İŞ hâlâ açık.')).toEqual(['any', 'news', '?', 'is', 'hala', 'acik', '.']);
  });

  test('read the same in each way Persian is typed', () => {
    expect(read('می‌رسد')).toEqual(read('مي رسد'));
    expect(read('تأمین‌کننده')).toEqual(read('تامینكننده'));
  });

  test('take the Armenian question mark out of its word', () => {
    expect(read('Ե՞րբ կլինի։')).toEqual(['երբ', 'կլինի', '?']);
  });

  test('know a date in figures, in any digits, and leave quoted lines out', () => {
    expect(read('> on 1.2.2026\nby 14.03.2026')).toEqual(['by', '#date', '.']);
    expect(read('۱۴۰۵/۰۱/۲۰')).toEqual(['#date', '.']);
  });

  test('keep numbers, which may end a sentence', () => {
    expect(read('Order 3456. Of 12, v2 is the 2nd')).toEqual(['order', '3456', '.', 'of', '12', 'v2', 'is', 'the', '2nd', '.']);
    expect(read('می 12')).toEqual(['می12', '.']);
  });

  test('end at the end of a line, and ask where the next line begins with what asks', () => {
    expect(read('When will\nit come\n؟ So')).toEqual(['when', 'will', '.', 'it', 'come', '?', 'so', '.']);
  });

  test('are what they are wherever the text stands among other bytes', () => {
    const bytes = Buffer.from('before>Any news?after');
    expect(wordsOf({ bytes, from: 7, to: 16 }).map((word) => word.text)).toEqual(['any', 'news', '?']);
  });

  test('are cut off after 8,000 letters', () => {
    expect(read('ş'.repeat(7_999) + ' yeni')).toEqual(['s'.repeat(7_999), '.']);
  });
});

test('what was made of bytes is found by them, until there is more than may be remembered', () => {
  const remembered = new RememberedBytes<string>(2_000);
  const hashOf = (bytes: Buffer) => bytes.reduce(hashByte, 0);
  const words = Array.from({ length: 2_001 }, (_, n) => Buffer.from(`word ${n}, of some length`));
  const add = (word: Buffer) => remembered.add(hashOf(word), word, 0, word.length, word.toString());
  const find = (word: Buffer) => remembered.find(hashOf(word), word, 0, word.length);
  for (const word of words.slice(0, 2_000)) add(word);
  expect(words.map(find)).toEqual([...words.slice(0, 2_000).map(String), undefined]);
  // Other bytes of the same hash.
  expect(remembered.find(hashOf(words[7] ?? Buffer.alloc(0)), Buffer.from('word 8, of some length'), 0, 22)).toBeUndefined();
  add(words[2_000] ?? Buffer.alloc(0));
  expect([words[0], words[2_000]].map((word) => find(word ?? Buffer.alloc(0)))).toEqual([undefined, 'word 2000, of some length']);
});

describe('languages', () => {
  test('are those told, else guessed by script and letters', () => {
    expect(languageOf(utf8('Hello'), 'en-GB')).toBe('en');
    expect(languageOf(utf8('Guten Tag'), 'de')).toBeNull();
    expect(languageOf(utf8('Բարև'), null)).toBe('hy');
    expect(languageOf(utf8('سلام'), null)).toBe('fa');
    expect(languageOf(utf8('Durum nedir, lütfen yazın'), null)).toBe('tr');
    expect(languageOf(utf8('Any news?'), null)).toBe('en');
  });
});

describe('patterns', () => {
  test('match whole words, beginnings, ends and gaps of up to four words within a sentence', () => {
    const finds = (pattern: string, text: string) => finders({ asked: [pattern] })(wordsOf(utf8(text)))('asked');
    expect(finds('any news', 'Any news?')).toBe(true);
    expect(finds('any news', 'Many newsletters')).toBe(false);
    expect(finds('gecik*', 'Teslimat gecikti')).toBe(true);
    expect(finds('*digi icin', 'Geç geldiği için')).toBe(true);
    expect(finds('when .. ready', 'When will it all be ready')).toBe(true);
    expect(finds('when .. ready', 'When will it all finally be ready')).toBe(false);
    expect(finds('when .. ready', 'When? I am ready.')).toBe(false);
  });

  test('must begin with a word', () => {
    expect(() => finders({ asked: ['.. ready'] })).toThrow('The pattern ".. ready" must begin with a word.');
  });

  test('take time that grows with the text alone', () => {
    const findsIn = finders({ asked: ['when .. will .. be .. ready'] });
    expect(findsIn(wordsOf(utf8('when will be '.repeat(2_600))))('asked')).toBe(false);
  });
});
