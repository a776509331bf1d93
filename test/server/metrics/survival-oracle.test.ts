import { expect, test } from 'vitest';
import { z95 } from '#server/metrics/statistics/interval.js';
import type { FollowUp } from '#server/metrics/statistics/survival.js';
import { testDatabase } from '../../support/database.js';
import { cumulativeIncidence, incidenceBounds, incidenceQuantile } from '../../support/incidence.js';
import { generatedAsOf, generatedItems } from './support/generated.js';
import { bothEngines, writeFacts, type ItemFacts } from './support/measured.js';

const { pool } = await testDatabase();
const { ask, refresh } = await bothEngines(pool);

/** The story of an item up to the data's time, in seconds, worked out without SQL. Null where it is left out. */
function followUp(item: ItemFacts, since: string | undefined): FollowUp | null {
  const seconds = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 1_000;
  const ended = item.ended && item.ended <= generatedAsOf.replace('Z', '.000Z') ? item.ended : null;
  if (item.excluded || item.outcome === 'unknown') return null;
  if (since && ended && Date.parse(ended) < Date.parse(since)) return null;
  const entry = since && Date.parse(item.created) < Date.parse(since) ? { entry: seconds(item.created, since) } : {};
  return { exit: seconds(item.created, ended ?? generatedAsOf), ended: ended === null ? 0 : item.outcome === 'done' ? 1 : 2, ...entry };
}

test.each([
  [1, undefined],
  [2, undefined],
  [3, '2026-01-04T10:00:00Z'],
  [4, '2026-01-15T00:00:00Z'],
])('quantiles of random items (seed %i, trusted since %s) are those of the curve, step by step', async (seed, since) => {
  const items = generatedItems(900, seed).map((item) => ({ ...item, connection: 'desk' }));
  await writeFacts(pool, [{ name: 'desk', asOf: generatedAsOf, ...(since && { from: since }) }], items);
  await refresh();
  const { rows } = await ask({ metric: 'lead-time', grain: 'week', from: '2025-12-15', to: '2026-02-02' });
  for (const row of rows) {
    const from = Date.parse(row.bucket);
    const made = items.filter(
      (item) => Date.parse(item.created) >= from && Date.parse(item.created) < from + 7 * 86_400_000 && item.created <= generatedAsOf,
    );
    const units = made.map((item) => followUp(item, since)).filter((unit) => unit !== null);
    const steps = cumulativeIncidence(units);
    expect(row.n).toBe(units.length);
    if (row.n < 60) continue;
    expect(row.values).toEqual({
      p50: incidenceQuantile(steps, 0.5),
      p85: incidenceQuantile(steps, 0.85),
      p95: incidenceQuantile(steps, 0.95),
    });
    // Where the open are all younger than the quantile its bounds are exact order statistics, a place or two from the approximation.
    if (steps.length === 0 || row.values?.p50 === null || !units.some((unit) => unit.ended === 0)) continue;
    const bounds = incidenceBounds(steps, 0.5, z95);
    const places = steps.map((step) => step.at);
    expect(Math.abs(places.indexOf(row.lo ?? -1) - places.indexOf(bounds.lo ?? -1))).toBeLessThanOrEqual(4);
  }
  expect(rows.filter((row) => row.n >= 60).length).toBeGreaterThan(1);
});
