import type { WatchReason } from '#server/api.js';
import { filterDimensions, withQuery, writeChoice, type Choice, type ReadableQuery } from '../address.js';

export const reasons = ['late-untold', 'silent-untold', 'late', 'likely-late'] as const satisfies WatchReason[];
export const sorts = ['urgency', 'chance', 'overrun', 'silence', 'due', 'customer'] as const;
export const handledKinds = ['hidden', 'shown', 'only'] as const;
export const views = ['items', 'customers'] as const;

export const pageSize = 50;

/** What the address says of the watch list beside the filters. */
export interface WatchChoice {
  reason: WatchReason | null;
  sort: (typeof sorts)[number];
  handled: (typeof handledKinds)[number];
  view: (typeof views)[number];
  /** From 1. */
  page: number;
  /** What it says and nobody knows. */
  unknown: string[];
}

export function readWatch(query: ReadableQuery): WatchChoice {
  const unknown: string[] = [];
  const oneOf = <T extends string>(name: string, known: readonly T[]): T | null => {
    const value = query.get(name);
    const match = known.find((one) => one === value) ?? null;
    if (value !== null && match === null) unknown.push(`${name}=${value}`);
    return match;
  };
  return {
    reason: oneOf('reason', reasons),
    sort: oneOf('sort', sorts) ?? 'urgency',
    handled: oneOf('handled', handledKinds) ?? 'hidden',
    view: oneOf('view', views) ?? 'items',
    page: Math.max(1, Math.floor(Number(query.get('page') ?? 1)) || 1),
    unknown,
  };
}

/** The list with another choice, and what the reader chose elsewhere kept. A change begins at the first page. */
export function watchAddress(choice: Choice, watch: WatchChoice, changed: Partial<WatchChoice> = {}): string {
  const { reason, sort, handled, view, page } = { ...watch, page: 1, ...changed };
  const query = writeChoice(choice);
  if (reason !== null) query.set('reason', reason);
  if (sort !== 'urgency') query.set('sort', sort);
  if (handled !== 'hidden') query.set('handled', handled);
  if (view !== 'items') query.set('view', view);
  if (page > 1) query.set('page', String(page));
  return withQuery('/watch', query);
}

/** The list's question to the API. It is about now, so of the choice only the filters count. */
export function askedWatch(choice: Choice, { reason, sort, handled, page }: WatchChoice): URLSearchParams {
  const query = new URLSearchParams({ sort, handled, offset: String((page - 1) * pageSize), limit: String(pageSize) });
  if (reason !== null) query.set('reason', reason);
  for (const dimension of filterDimensions) for (const value of choice.filters[dimension] ?? []) query.append(dimension, value);
  return query;
}
