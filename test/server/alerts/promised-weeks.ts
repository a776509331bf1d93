import { Temporal } from 'temporal-polyfill';
import type { ItemFacts } from '../metrics/support/measured.js';

/** The Monday of the first week, in Berlin as in UTC. */
export const firstWeek = '2026-09-07';

export function weekAt(index: number): string {
  return Temporal.PlainDate.from(firstWeek).add({ weeks: index }).toString();
}

/**
 * Items with a date each: of every week so many, and how many of them were late. On time, by the first date: 10 of which 4 are late is
 * 60 %. Dates lie on the Wednesday, late ones finish on the Thursday.
 */
export function promisedWeeks(weeks: readonly { of: number; late: number }[]): ItemFacts[] {
  return weeks.flatMap(({ of, late }, week) =>
    Array.from({ length: of }, (_, place): ItemFacts => {
      const monday = Temporal.PlainDate.from(weekAt(week));
      const at = (days: number) => `${monday.add({ days }).toString()}T09:00:00Z`;
      const ended = at(place < late ? 3 : 1);
      return {
        name: `w${week} i${place}`,
        created: at(0),
        started: at(0),
        ended,
        outcome: 'done',
        type: 'request',
        team: 'Support',
        promises: [{ said: at(0), due: at(2), until: null }],
        cycles: [{ opened: at(0), resolved: ended }],
      };
    }),
  );
}

/** The data ends in the morning of the Monday after so many weeks. */
export function endAfter(weeks: number): string {
  return `${weekAt(weeks)}T09:00:00Z`;
}
