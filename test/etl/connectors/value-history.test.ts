import { expect, it } from 'vitest';
import { initialValue, isUnbroken } from '#etl/connectors/value-history.js';

const moved = [
  { from: null, to: 'a' },
  { from: 'a', to: 'b' },
];

it('begins with what the first change changed from', () => expect(initialValue(moved, 'b')).toBe(null));
it('begins with what it has now where nothing ever changed', () => expect(initialValue([], 'b')).toBe('b'));
it('is unbroken where each change begins where the one before ended', () => expect(isUnbroken(moved, 'b')).toBe(true));
it('is unbroken where nothing ever changed', () => expect(isUnbroken([], 'b')).toBe(true));
it('is broken where it has another value now', () => expect(isUnbroken(moved, 'c')).toBe(false));
it('is broken where a change is missing', () => expect(isUnbroken([moved[0], { from: 'x', to: 'b' }] as typeof moved, 'b')).toBe(false));
it('is unbroken where nobody says what it has now', () => expect(isUnbroken(moved, undefined)).toBe(true));
