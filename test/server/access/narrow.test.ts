import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWithin, narrowed, narrowedFilters, noName } from '#server/access/narrow.js';
import { scopeDimensions, type Scope } from '#server/access/principal.js';

type Filters = Parameters<typeof narrowedFilters>[0];

const names = fc.array(fc.constantFrom('', 'A', 'B', 'C'), { maxLength: 4 });
const filters: fc.Arbitrary<Filters> = fc.record({ team: names, service: names, group: names, type: names }, { requiredKeys: [] });
const scopes: fc.Arbitrary<Scope> = fc.record({ team: names, service: names, group: names }, { requiredKeys: [] });
const item = fc.record(Object.fromEntries(scopeDimensions.map((name) => [name, fc.constantFrom('', 'A', 'B', 'C')])));

/** As filters are read everywhere: none of a dimension lets all through. */
function passes(of: Filters, one: Record<string, string>): boolean {
  return scopeDimensions.every((name) => (of[name] ?? []).length === 0 || of[name]?.includes(one[name] ?? ''));
}

function isSeen(scope: Scope, one: Record<string, string>): boolean {
  return scopeDimensions.every((name) => scope[name] === undefined || scope[name].includes(one[name] ?? ''));
}

describe('narrowed', () => {
  it('leaves what somebody asks who may see all', () => {
    const question = { filters: { team: ['A'] }, grain: 'week' };
    expect(narrowed(question, { scope: null })).toBe(question);
  });

  it('asks of the scope where nothing is chosen, and of both where something is', () => {
    const asker = { scope: { team: ['A', 'B'] } };
    expect(narrowed({ filters: {} }, asker)).toEqual({ filters: { team: ['A', 'B'] } });
    expect(narrowed({ filters: { team: [] } }, asker)).toEqual({ filters: { team: ['A', 'B'] } });
    expect(narrowed({ filters: { team: ['B', 'C'], type: ['bug'] } }, asker)).toEqual({ filters: { team: ['B'], type: ['bug'] } });
  });

  it('asks for nothing where both have nothing in common, and of a scope that names nothing', () => {
    expect(narrowed({ filters: { team: ['C'] } }, { scope: { team: ['A'] } })).toEqual({ filters: { team: [noName] } });
    expect(narrowed({ filters: {} }, { scope: { team: [] } })).toEqual({ filters: { team: [noName] } });
    expect(narrowed({ filters: { team: [''] } }, { scope: { team: ['A'] } })).toEqual({ filters: { team: [noName] } });
  });

  it('lets through exactly what the scope and the question both let through', () => {
    fc.assert(
      fc.property(filters, scopes, item, (asked, scope, one) => {
        expect(passes(narrowedFilters(asked, scope), one)).toBe(passes(asked, one) && isSeen(scope, one));
      }),
      { numRuns: 2_000 },
    );
  });

  it('never leaves the list of a dimension in the scope empty, which would ask for all', () => {
    fc.assert(
      fc.property(filters, scopes, (asked, scope) => {
        const left = narrowedFilters(asked, scope);
        for (const name of scopeDimensions) if (scope[name] !== undefined) expect(left[name]?.length).toBeGreaterThan(0);
      }),
    );
  });

  it('narrows no further when it is done twice', () => {
    fc.assert(
      fc.property(filters, scopes, (asked, scope) => {
        const once = narrowedFilters(asked, scope);
        expect(narrowedFilters(once, scope)).toEqual(once);
      }),
    );
  });
});

describe('isWithin', () => {
  it('knows the wider of two scopes', () => {
    expect(isWithin({ team: ['A'] }, null)).toBe(true);
    expect(isWithin(null, { team: ['A'] })).toBe(false);
    expect(isWithin({ team: ['A'] }, { team: ['A', 'B'] })).toBe(true);
    expect(isWithin({ team: ['A', 'C'] }, { team: ['A', 'B'] })).toBe(false);
    expect(isWithin({ team: ['A'], group: ['G'] }, { team: ['A'] })).toBe(true);
    expect(isWithin({ group: ['G'] }, { team: ['A'] })).toBe(false);
  });

  it('never calls a scope narrower that shows an item the other keeps back', () => {
    fc.assert(
      fc.property(scopes, scopes, item, (one, other, seen) => {
        if (isWithin(one, other) && isSeen(one, seen)) expect(isSeen(other, seen)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
