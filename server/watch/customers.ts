import { isUntold, type Watched } from './watch-list.js';

/** What one customer has open that is late, silent or likely to be late. */
export interface Exposure {
  /** Null for items without one. */
  customer: string | null;
  items: Watched[];
  untold: number;
  expectedLate: number;
  longestSilence: number | null;
}

/** Whom to call: the customer with most items late or silent untold first, then by how many are expected to be late. */
export function exposures(items: readonly Watched[]): Exposure[] {
  const byCustomer = new Map<string | null, Watched[]>();
  for (const item of items) byCustomer.set(item.customer, [...(byCustomer.get(item.customer) ?? []), item]);
  return [...byCustomer]
    .map(([customer, own]): Exposure => {
      const silences = own.flatMap(({ silence }) => (silence === null ? [] : [silence]));
      return {
        customer,
        items: own,
        untold: own.filter(isUntold).length,
        expectedLate: own.reduce((sum, { forecast }) => sum + (forecast?.p ?? 0), 0),
        longestSilence: silences.length === 0 ? null : Math.max(...silences),
      };
    })
    .sort(
      (one, other) =>
        other.untold - one.untold ||
        other.expectedLate - one.expectedLate ||
        (other.longestSilence ?? 0) - (one.longestSilence ?? 0) ||
        (one.customer ?? '').localeCompare(other.customer ?? ''),
    );
}
