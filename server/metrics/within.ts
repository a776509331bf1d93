import type { MetricRequest } from './request.js';

/**
 * Conditions by which relations beside `u` leave out what cannot matter to what is asked, each to follow another condition: `and …`, or
 * empty. Filters on the units themselves are the composer's; these only spare work.
 */
export interface Within {
  /** For a relation joined by the item: rows of items that are asked for. */
  item(alias: string): string;
  /** For one of which other items of the same customer matter too: rows of customers that are asked for. */
  customer(alias: string): string;
}

/** Leaves out nothing. */
export const anywhere: Within = { item: () => '', customer: () => '' };

/** Whether only some customers are asked for: few enough rows to work anything out on the spot. */
export function narrowsCustomers(filters: MetricRequest['filters']): boolean {
  return [filters?.customer, filters?.group].some((wanted) => wanted !== undefined && wanted.length > 0 && !wanted.includes(''));
}
