import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, only, writeFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, refresh } = await bothEngines(pool);

const hour = 3_600_000;
const start = Date.parse('2026-01-05T00:00:00Z');
const at = (hours: number) => new Date(start + hours * hour).toISOString();

/** Items created together; a number is finished after so many hours, a text with a plus was open so long when the data ends. */
async function given(connection: { asOf: string; from?: string }, items: Omit<ItemFacts, 'name'>[]): Promise<void> {
  await writeFacts(
    pool,
    [{ name: 'desk', ...connection }],
    items.map((item, index) => ({ name: `item ${index}`, ...item })),
  );
  await refresh();
}

describe('lead-time', () => {
  test('has an empty row for a window without items', async () => {
    await given({ asOf: at(100) }, []);
    expect(only(await ask({ metric: 'lead-time' }))).toEqual({
      bucket: 'all',
      by: null,
      n: 0,
      values: { p50: null, p85: null, p95: null },
      lo: null,
      hi: null,
      note: 'empty',
    });
  });

  test('withholds the value of one item and shows that it is one', async () => {
    await given({ asOf: at(100) }, [{ created: at(0), ended: at(2) }]);
    expect(only(await ask({ metric: 'lead-time' }))).toMatchObject({ n: 1, values: { p50: null }, lo: null, note: 'too-few' });
  });

  test('is the percentile of type 7 where nothing is open', async () => {
    // {1,2,2,3,3,4,5,8,13,40} hours: P50 3.5 h; order statistics 2 and 9 of ten bound the median at 97.9 %.
    await given(
      { asOf: at(100) },
      [1, 2, 2, 3, 3, 4, 5, 8, 13, 40].map((hours) => ({ created: at(0), ended: at(hours) })),
    );
    expect(only(await ask({ metric: 'lead-time' }))).toMatchObject({
      n: 10,
      values: { p50: 12_600, p85: null, p95: null },
      lo: 7_200,
      hi: 46_800,
      note: 'too-few:p85;too-few:p95',
    });
  });

  test('counts open items with the time they have waited', async () => {
    // KM of {1,2,3,3+,5,6+,8,9+,12,15+}: the median is 8; finished items alone would say 4.
    const finished = [1, 2, 3, 5, 8, 12].map((hours) => ({ created: at(20 - hours), ended: at(20) }));
    const open = [3, 6, 9, 15].map((hours) => ({ created: at(20 - hours) }));
    await given({ asOf: at(20) }, [...finished, ...open]);
    expect(only(await ask({ metric: 'lead-time' }))).toMatchObject({ n: 10, values: { p50: 28_800 } });
  });

  test('says "at least" where all are open', async () => {
    await given(
      { asOf: at(10) },
      [0, 1, 2, 3, 4].map((hours) => ({ created: at(hours) })),
    );
    expect(only(await ask({ metric: 'lead-time' }))).toMatchObject({
      n: 5,
      values: { p50: null },
      lo: 36_000,
      hi: null,
      note: 'not-reached;too-few:p85;too-few:p95',
    });
  });

  test('takes a cancelled item as another end and not as one still open', async () => {
    // Finished after 1, 2, 3 and 4 h of eight; four cancelled: half are finished by 4 h. Kaplan-Meier without the others would say 2 h.
    const finished = [1, 2, 3, 4].map((hours) => ({ created: at(0), ended: at(hours) }));
    const cancelled = [1, 1, 1, 1].map((hours) => ({ created: at(0), ended: at(hours), outcome: 'cancelled' as const }));
    await given({ asOf: at(100) }, [...finished, ...cancelled]);
    expect(only(await ask({ metric: 'lead-time' }))).toMatchObject({ n: 8, values: { p50: 14_400 } });
  });

  test('leaves out and counts items whose finish is unknown or that are no work', async () => {
    const good = [1, 2, 3, 4, 5].map((hours) => ({ created: at(0), ended: at(hours) }));
    await given({ asOf: at(100) }, [
      ...good,
      { created: at(0), ended: at(9), outcome: 'unknown' },
      { created: at(0), ended: at(9), excluded: 'spam' },
    ]);
    expect(only(await ask({ metric: 'lead-time' }))).toMatchObject({
      n: 5,
      values: { p50: 10_800 },
      note: 'too-few:p85;too-few:p95;excluded:2',
    });
  });

  test("takes an item that ended after the data's own time as open", async () => {
    await given(
      { asOf: at(10) },
      [1, 2, 3, 11, 12].map((hours) => ({ created: at(0), ended: at(hours) })),
    );
    // Three of five by 3 h: the median is 3 h; the last two are open at 10 h.
    expect(only(await ask({ metric: 'lead-time' }))).toMatchObject({ n: 5, values: { p50: 10_800 } });
  });

  test('lets items from before the trusted history enter at the age they had then', async () => {
    // Entered at 2 h: at risk from then on. Ends: 1 (five at risk), 3 (six), 4, 5, 6, 7 and 8 h: 1-S is .2, .333, .467, .6.
    const seen = [1, 3, 4, 5, 6].map((hours) => ({ created: at(10), ended: at(10 + hours) }));
    const before = [7, 8].map((hours) => ({ created: at(8), ended: at(8 + hours) }));
    await given({ asOf: at(100), from: at(10) }, [...seen, ...before, { created: at(1), ended: at(9) }]);
    expect(only(await ask({ metric: 'lead-time' }))).toMatchObject({
      n: 7,
      values: { p50: 18_000 },
      note: 'too-few:p85;too-few:p95;excluded:1',
    });
  });

  test('puts an item created at midnight into the day that begins, in the zone asked', async () => {
    const made = [at(0), at(0), at(-1), at(24), at(23.999)].map((created) => ({ created, ended: at(30) }));
    await given({ asOf: at(100) }, made);
    const days = async (zone: string) =>
      (await ask({ metric: 'lead-time', from: '2026-01-05', to: '2026-01-07', grain: 'day', zone })).rows.map((row) => [row.bucket, row.n]);
    expect(await days('UTC')).toEqual([
      ['2026-01-05', 3],
      ['2026-01-06', 1],
    ]);
    // Midnight of the 5th in Istanbul is 21:00 UTC of the 4th.
    expect(await days('Europe/Istanbul')).toEqual([
      ['2026-01-05', 3],
      ['2026-01-06', 2],
    ]);
  });

  test("runs on the team's clock for finished items, and says so", async () => {
    await given(
      { asOf: at(100) },
      [1, 2, 3, 4, 5].map((hours) => ({ created: at(0), ended: at(hours), leadBusinessSeconds: hours * 60 })),
    );
    const result = await ask({ metric: 'lead-time', clock: 'business' });
    expect(result.treatment).toBe('FIN');
    expect(only(result)).toMatchObject({ n: 5, values: { p50: 180 } });
  });
});

test('a percentile over several types says so, and not where one is asked for', async () => {
  const types = ['deal', 'ticket'].flatMap((type) => [1, 2, 3, 4, 5].map((hours) => ({ type, created: at(0), ended: at(hours) })));
  await given({ asOf: at(100) }, types);
  expect(only(await ask({ metric: 'lead-time' })).note).toBe('too-few:p85;too-few:p95;mixed-types');
  expect(only(await ask({ metric: 'lead-time', filters: { type: ['deal'] } })).note).toBe('too-few:p85;too-few:p95');
  expect((await ask({ metric: 'lead-time', by: 'type' })).rows.map((row) => row.note)).toEqual([
    'too-few:p85;too-few:p95',
    'too-few:p85;too-few:p95',
  ]);
});
