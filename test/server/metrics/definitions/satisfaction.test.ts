import { expect, test } from 'vitest';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, only, writeFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, refresh } = await bothEngines(pool);

const at = (day: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + (day - 1) * 86_400_000).toISOString();

async function given(items: Omit<ItemFacts, 'name' | 'created'>[], asOf = at(31)): Promise<void> {
  await writeFacts(
    pool,
    [{ name: 'desk', asOf }],
    items.map((item, index) => ({ name: `i${index}`, created: at(1), ...item })),
  );
  await refresh();
}

const rated = (rating: number, day = 6, more: Partial<ItemFacts> = {}) => ({ ended: at(5), ratings: [{ at: at(day), rating }], ...more });

test('half of the scale and better is good; unrated items are in the response rate', async () => {
  // Good: 1, .75, .5 of five ratings. Rated within seven days: all five of the ten finished.
  await given([rated(1), rated(0.75), rated(0.5), rated(0.25), rated(0), ...Array.from({ length: 5 }, () => ({ ended: at(5) })), {}]);
  expect(only(await ask({ metric: 'satisfaction' }))).toMatchObject({
    n: 5,
    values: { good: 60, response: 50 },
    numerator: 3,
    denominator: 5,
    note: null,
  });
});

test('a rating on the eighth day counts as one, and not as a response in time', async () => {
  await given([
    rated(1, 12),
    rated(1, 12),
    rated(1, 12),
    rated(1, 12),
    { ended: at(5), ratings: [{ at: '2026-01-12T00:00:01Z', rating: 0 }] },
  ]);
  expect(only(await ask({ metric: 'satisfaction' }))).toMatchObject({ n: 5, values: { good: 80, response: 80 } });
});

test('each rating of a reopened item counts, on the day it was given', async () => {
  await given([
    {
      ended: at(20),
      ratings: [
        { at: at(3), rating: 0 },
        { at: at(21), rating: 1 },
      ],
    },
  ]);
  const { rows } = await ask({ metric: 'satisfaction', grain: 'week', from: '2025-12-29', to: '2026-01-26' });
  expect(rows.map(({ bucket, n, numerator }) => [bucket, n, numerator])).toEqual([
    ['2025-12-29', 1, 0],
    ['2026-01-05', 0, undefined],
    ['2026-01-12', 0, undefined],
    ['2026-01-19', 1, 1],
  ]);
});

test('is withheld of four ratings and absent without the signal', async () => {
  await given([rated(1), rated(1), rated(1), rated(1)]);
  expect(only(await ask({ metric: 'satisfaction' }))).toMatchObject({
    n: 4,
    values: { good: null, response: null },
    note: 'too-few;too-few:response',
  });
  await writeFacts(pool, [{ name: 'desk', asOf: at(31), lacks: ['rating'] }], [{ name: 'i', created: at(1), ...rated(1) }]);
  await refresh();
  expect(await ask({ metric: 'satisfaction' })).toMatchObject({
    rows: [],
    absent: [{ signal: 'rating', reason: 'No rating in the file.' }],
  });
});
