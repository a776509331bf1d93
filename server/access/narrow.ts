import type { Dimension } from '#dashboards/metric-result.js';
import { scopeDimensions, type Principal, type Scope } from './principal.js';

type Filters = Partial<Record<Dimension, string[]>>;

/** A name that nothing has: no name holds this control character, and the empty one would stand for none. An empty list would ask for all. */
export const noName = '\u001f';

/** The question, of the items alone that the asker may see. Whoever may see all asks what was asked. */
export function narrowed<Question extends { filters: Filters }>(question: Question, { scope }: Pick<Principal, 'scope'>): Question {
  return scope === null ? question : { ...question, filters: narrowedFilters(question.filters, scope) };
}

/** What both leave. Where they have no name of a dimension in common, what is left matches nothing. */
export function narrowedFilters(filters: Filters, scope: Scope): Filters {
  const left = scopeDimensions.flatMap((dimension) => {
    const allowed = scope[dimension];
    if (allowed === undefined) return [];
    const asked = filters[dimension] ?? [];
    const both = asked.length === 0 ? [...allowed] : asked.filter((name) => allowed.includes(name));
    return [[dimension, both.length === 0 ? [noName] : both] as const];
  });
  return { ...filters, ...Object.fromEntries(left) };
}

/** Whether a scope lets through no item that another one keeps back. */
export function isWithin(scope: Scope | null, wider: Scope | null): boolean {
  if (wider === null) return true;
  return scopeDimensions.every((dimension) => {
    const allowed = wider[dimension];
    return allowed === undefined || (scope?.[dimension]?.every((name) => allowed.includes(name)) ?? false);
  });
}
