import { expect, test } from 'vitest';
import { ErasedWords, hashOf, type ErasedPlace } from '#etl/erasure/erased-words.js';
import { withoutTexts } from '#etl/erasure/without-texts.js';

const erased = (words: Record<string, ErasedPlace>) =>
  new ErasedWords(
    'salt',
    Object.entries(words).map(([word, place]) => ({ hash: hashOf('salt', word), words: word.split(' ').length, pseudonym: 'X', place })),
  );

test('finds a name however it is written, and leaves the rest of the text as it was', () => {
  const words = erased({ 'Şule Öz': 'text', 'sule@corp.test': 'text' });
  expect(words.text('Dear ŞULE  öz, (şule-öz?) Şule, Öz.')).toBe('Dear X, (şule-öz?) X.');
  expect(words.text('<mailto:sule@corp.test>; Sule@Corp.test.')).toBe('<mailto:X>; X.');
  expect(words.text('S\u0327ule O\u0308z wrote')).toBe('X wrote');
  expect(words.text('Şule asked Öz Yapı')).toBe('Şule asked Öz Yapı');
});

test('a name of one word goes where it is a whole value, not within a sentence', () => {
  const words = erased({ Prince: 'value' });
  expect(words.json({ requester: 'Prince', text: 'The Prince of Persia' })).toEqual({ requester: 'X', text: 'The Prince of Persia' });
});

test('first and last name apart go where the whole name stands in the same record', () => {
  const words = erased({ 'Ada Byron': 'text', Ada: 'beside', Byron: 'beside' });
  expect(words.json({ name: 'Ada Byron', first: 'Ada', last: 'Byron', city: 'Ada town' })).toEqual({
    name: 'X',
    first: 'X',
    last: 'X',
    city: 'Ada town',
  });
  expect(words.json({ city: 'Ada' })).toEqual({ city: 'Ada' });
  expect(words.json({ 'Ada Byron': 1, list: ['Ada Byron', 5, null] })).toEqual({ X: 1, list: ['X', 5, null] });
});

test('takes a message out of a payload in each of its forms, and nothing else', () => {
  const payload = {
    status: 'open',
    body: 'The roof leaks & nobody came since Monday.',
    html: '<p>The roof leaks &amp; <b>nobody</b> came since Monday.</p>',
    quoted: 'Re: > The roof leaks & nobody came since Monday. < Sorry!',
    subject: 'Roof',
    count: 3,
  };
  expect(withoutTexts(payload, ['The roof leaks & nobody came since Monday.'])).toEqual({
    status: 'open',
    body: '',
    html: '',
    quoted: '',
    subject: 'Roof',
    count: 3,
  });
  expect(withoutTexts({ status: 'ok', body: 'ok' }, ['ok'])).toEqual({ status: 'ok', body: 'ok' });
});
