import { expect, test } from 'vitest';
import { testDatabase } from '../support/database.js';
import { measureSync, type SyncMeasure } from './sync.js';

/** The promise of the issue: reading is limited by the tool, not by us. */
const leastItemsPerSecond = 3_000;
const items = Number(process.env['THROUGHLINE_ITEMS'] ?? 100_000);

const { pool } = await testDatabase();

function report(name: string, measure: SyncMeasure): void {
  const { seconds, memoryFirst, memorySecond, secondsAgain, requestsAgain } = measure;
  process.stdout.write(
    `${name}: ${measure.items} items, ${measure.events} events in ${seconds.toFixed(1)} s, ${Math.round(measure.items / seconds)} items/s; ` +
      `memory ${Math.round(memoryFirst)} MB, then ${Math.round(memorySecond)} MB; again ${secondsAgain.toFixed(2)} s, ${requestsAgain} requests\n`,
  );
}

test(
  `${items} items with their histories in the list are pulled at ${leastItemsPerSecond} a second or faster, in flat memory`,
  { timeout: 900_000 },
  async () => {
    const measure = await measureSync(pool, 'inline', items, true);
    report('pull, history in the list', measure);
    expect(measure).toMatchObject({ items, events: items * 9 });
    expect(measure.items / measure.seconds).toBeGreaterThan(leastItemsPerSecond);
    expect(measure.memorySecond - measure.memoryFirst).toBeLessThan(80);
    expect(measure.requestsAgain).toBeLessThan(5);
  },
);

test('items with a request of their own each are pulled, for comparison', { timeout: 900_000 }, async () => {
  const measure = await measureSync(pool, 'fanned', items / 10, false);
  report('pull, one request an item', measure);
  expect(measure).toMatchObject({ items: items / 10, events: (items / 10) * 9 });
});
