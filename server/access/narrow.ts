import { ForbiddenException } from '@nestjs/common';
import type { Dimension } from '#dashboards/metric-result.js';
import { scopeDimensions, type Principal, type Scope } from './principal.js';

type Filters = Partial<Record<Dimension, string[]>>;

/**
 * A name that nothing has: no name holds this control character, and the empty one would stand for none. An empty list would ask for all.
 */
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

/** Whether what is kept about these filters is about no item that the asker may not see. */
export function isSeen(filters: Filters, { scope }: Pick<Principal, 'scope'>): boolean {
  return scopeDimensions.every((dimension) => {
    const [allowed, about] = [scope?.[dimension], filters[dimension] ?? []];
    return allowed === undefined || (about.length > 0 && about.every((name) => allowed.includes(name)));
  });
}

/** Narrowed for something that is kept. Throws a 403 where nothing would be left. */
export function keptFilters(filters: Filters, { scope }: Pick<Principal, 'scope'>): Filters {
  if (scope === null) return filters;
  const left = narrowedFilters(filters, scope);
  const outside = scopeDimensions.find((dimension) => left[dimension]?.includes(noName));
  if (outside === undefined) return left;
  throw new ForbiddenException(
    `${outside} "${filters[outside]?.join('", "')}" is outside of what you may see; known: ${scope[outside]?.join(', ') || 'none'}.`,
  );
}

/** Throws a 403 for who may see a part alone. `what` is of everything. */
export function demandAll({ scope }: Pick<Principal, 'scope'>, what: string): void {
  if (scope !== null) throw new ForbiddenException(`${what} is of everything, and you may see a part; ask an administrator.`);
}

/** Whether a scope lets through no item that another one keeps back. */
export function isWithin(scope: Scope | null, wider: Scope | null): boolean {
  if (wider === null) return true;
  return scopeDimensions.every((dimension) => {
    const allowed = wider[dimension];
    return allowed === undefined || (scope?.[dimension]?.every((name) => allowed.includes(name)) ?? false);
  });
}
