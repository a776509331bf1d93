import { describe, expect, test } from 'vitest';
import { finders } from '#server/metrics/text/patterns.js';
import { languageOf, wordsOf } from '#server/metrics/text/words.js';

describe('words', () => {
  test('are folded, and sentences end with what they are', () => {
    expect(wordsOf('Any NEWS? İŞ hâlâ açık.')).toEqual(['any', 'news', '?', 'is', 'hala', 'acik', '.']);
  });

  test('read the same in each way Persian is typed', () => {
    expect(wordsOf('می‌رسد')).toEqual(wordsOf('مي رسد'));
    expect(wordsOf('تأمین‌کننده')).toEqual(wordsOf('تامینكننده'));
  });

  test('take the Armenian question mark out of its word', () => {
    expect(wordsOf('Ե՞րբ կլինի։')).toEqual(['երբ', 'կլինի', '?']);
  });

  test('know a date in figures, in any digits, and leave quoted lines out', () => {
    expect(wordsOf('> on 1.2.2026\nby 14.03.2026')).toEqual(['by', '#date', '.']);
    expect(wordsOf('۱۴۰۵/۰۱/۲۰')).toEqual(['#date', '.']);
  });
});

describe('languages', () => {
  test('are those told, else guessed by script and letters', () => {
    expect(languageOf('Hello', 'en-GB')).toBe('en');
    expect(languageOf('Guten Tag', 'de')).toBeNull();
    expect(languageOf('Բարև', null)).toBe('hy');
    expect(languageOf('سلام', null)).toBe('fa');
    expect(languageOf('Durum nedir, lütfen yazın', null)).toBe('tr');
    expect(languageOf('Any news?', null)).toBe('en');
  });
});

describe('patterns', () => {
  test('match whole words, beginnings, ends and gaps of up to four words within a sentence', () => {
    const finds = (pattern: string, text: string) => finders({ asked: [pattern] })(wordsOf(text))('asked');
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
    expect(findsIn(wordsOf('when will be '.repeat(2_600)))('asked')).toBe(false);
  });
});
