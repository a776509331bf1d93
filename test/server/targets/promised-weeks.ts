import type { ItemFacts } from '../metrics/support/measured.js';

/** The Mondays of three quarters of a year, 13 weeks each. */
const quarters = ['2025-12-29', '2026-03-30', '2026-06-29'];

/** Of ten promises due in each week, so many kept: a steady 60 %, then 80 to 90 %, then 70 %. */
const kept = [
  [5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 7],
  [8, 8, 8, 8, 8, 8, 9, 9, 9, 9, 9, 9, 9],
  [7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7],
];

/** Where the data ends: all three quarters are over. */
export const asOf = '2026-10-02T12:00:00Z';

export const promisedWeeks: ItemFacts[] = quarters.flatMap((begin, quarter) =>
  (kept[quarter] ?? []).flatMap((count, week) => {
    const at = (day: number) => new Date(Date.parse(`${begin}T08:00:00Z`) + (7 * week + day) * 86_400_000).toISOString();
    return Array.from({ length: 10 }, (_, n): ItemFacts => {
      const ended = at(n < count ? 1 : 3);
      return {
        name: `${begin} ${week} ${n}`,
        channel: n % 2 === 0 ? 'phone' : 'web',
        created: at(0),
        ended,
        promises: [{ said: at(0), due: at(2), until: ended }],
      };
    });
  }),
);
