import { expect, test } from 'vitest';
import { findNames, fold } from '#server/dashboards/names.js';

const known = (...names: string[]) => names.map((name) => ({ name, folded: fold(name) }));

test.each([
  ['İSTANBUL IŞIK', 'istanbul ışık'],
  ['istanbul isik', 'İstanbul Işık'],
  ['علي كاظمي', 'علی کاظمی'],
  ['می‌روم', 'ميروم'],
  ['آبان', 'ابان'],
  ['شعبهٔ ۱۲', 'شعبه 12'],
  ['Ընկերություն և որդիներ', 'ընկերություն եւ որդիներ'],
  ['Société', 'societe'],
])('%s is found as %s', (name, wanted) => {
  expect(findNames(known(name, 'other'), wanted).names).toEqual([name]);
});

test('different letters stay different', () => {
  expect(findNames(known('Kar', 'Kır'), 'kir').names).toEqual(['Kır']);
  expect(findNames(known('Ünal'), 'onal').names).toEqual([]);
});

test('names that begin with it come first, the others by how frequent they are, sixty at most of all that are counted', () => {
  const many = Array.from({ length: 80 }, (_, index) => `Customer ${index}`);
  const found = findNames(known('Late tom', ...many, 'Tomas'), 'tom');
  expect(found.names.slice(0, 2)).toEqual(['Tomas', 'Late tom']);
  expect(found).toMatchObject({ total: 82 });
  expect(found.names).toHaveLength(60);
});
