import { expect, test } from 'vitest';
import { addedUp, packed } from '#server/metrics/packed-figures.js';

const row = (bucket: number, segment: string, n: number, seconds: number) => ({ segment, n, bucket, seconds });

test('adds up the rows of the wanted segments, bucket by bucket', () => {
  const figures = packed([
    row(0, 'mail', 3, 1.5),
    row(0, 'chat', 4, 2.5),
    row(1, 'mail', 5, 0),
    row(0, 'shop', 7, 1),
    row(2, 'shop', 9, 1),
  ]);
  expect(addedUp(figures, new Set(['mail', 'shop']))).toEqual([row(0, '', 10, 2.5), row(1, '', 5, 0), row(2, '', 9, 1)]);
  expect(addedUp(figures, new Set(['chat']))).toEqual([row(0, '', 4, 2.5)]);
});

test('stays as it was when it is added up again', () => {
  const figures = packed([row(0, 'mail', 3, 1), row(0, 'chat', 4, 1)]);
  addedUp(figures, new Set(['mail', 'chat']));
  expect(addedUp(figures, new Set(['mail']))).toEqual([row(0, '', 3, 1)]);
});

test('adds nothing up of a segment that has no rows, and of none', () => {
  expect(addedUp(packed([row(0, 'mail', 3, 1)]), new Set(['chat']))).toEqual([]);
  expect(addedUp(packed([]), new Set(['mail']))).toEqual([]);
});

test('refuses a figure that is no number', () => {
  expect(() => packed([{ bucket: 0, segment: 'mail', n: null }])).toThrow('Figure "n" is null, not a number.');
});
