import { expect, test } from 'vitest';
import { boards } from '#dashboards/boards/index.js';
import { metrics } from '#server/metrics/definitions/index.js';

/** Measured and asked for by their names, in SQL and on the command line, but drawn nowhere. */
const onNoBoard: Record<string, string> = {
  'cycle-time': 'The customer waits from the creation, which lead time draws.',
  spread: 'The strips draw the quartiles it is made of.',
  'wait-causes-time': 'The stack draws the same causes as shares of the time.',
};

const asked = boards.flatMap((board) =>
  board.charts.flatMap((chart) => [...chart.queries, ...(chart.units ?? [])].map(({ metric }) => metric)),
);

test('every metric is on a board, or there is a reason why not', () => {
  const missing = metrics.map(({ id }) => id).filter((id) => !asked.includes(id));
  expect(missing.toSorted()).toEqual(Object.keys(onNoBoard).toSorted());
});

test('every board begins with a number', () => {
  for (const { id, charts } of boards) expect([id, charts[0]?.queries.some(({ role }) => role === 'now')]).toEqual([id, true]);
});

test('the printed summary has charts of every board, and no more than twelve', () => {
  const printed = boards.map((board) => board.charts.filter(({ isPrinted }) => isPrinted).length);
  expect(Math.min(...printed)).toBeGreaterThan(0);
  expect(printed.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(12);
});
