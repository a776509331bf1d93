import { byUrgency, type Watched } from './watch-list.js';
import type { WatchQuestion } from './watch-question.js';

/** How the list is sorted; what is equal in one way is put in the order of urgency. */
export function inOrder(sort: WatchQuestion['sort']): (one: Watched, other: Watched) => number {
  const order = orders[sort];
  return (one, other) => order(one, other) || byUrgency(one, other);
}

const orders: Record<WatchQuestion['sort'], (one: Watched, other: Watched) => number> = {
  urgency: byUrgency,
  chance: greatestFirst(({ forecast }) => forecast?.p ?? null),
  overrun: greatestFirst(({ expectedOverrun }) => expectedOverrun),
  silence: greatestFirst(({ silence }) => silence),
  due: greatestFirst(({ dueAt }) => (dueAt === null ? null : -dueAt)),
  customer: (one, other) => compareNames(one.customer, other.customer),
};

/** What has no value comes last. */
function greatestFirst(value: (item: Watched) => number | null): (one: Watched, other: Watched) => number {
  return (one, other) => {
    const [first, second] = [value(one), value(other)];
    if (first === second) return 0;
    return first === null ? 1 : second === null ? -1 : second - first;
  };
}

function compareNames(one: string | null, other: string | null): number {
  if (one === other) return 0;
  return one === null ? 1 : other === null ? -1 : one.localeCompare(other);
}
