import { expect, it } from 'vitest';
import { guessMeaning } from '#etl/connectors/guess-meaning.js';

it.each([
  ['New', 'ours_waiting'],
  ['In Progress', 'ours_active'],
  ['Feedback', 'customer'],
  ['Waiting for customer', 'customer'],
  ['On hold', 'third_party'],
  ['Closed', 'done'],
  ['Rejected', 'cancelled'],
  ["Won't fix", 'cancelled'],
  ['Grumbling', 'unmapped'],
] as const)('%s probably means %s', (name, meaning) => expect(guessMeaning(name)).toBe(meaning));

it('takes the word of the tool for what ends an item', () => {
  expect(guessMeaning('Shipped', true)).toBe('done');
  expect(guessMeaning('Rejected', true)).toBe('cancelled');
  expect(guessMeaning('Done by us', false)).toBe('unmapped');
});
