import { beforeAll, describe, expect, test } from 'vitest';
import type { DriversResponse } from '#server/api.js';
import { metrics } from '#server/metrics/definitions/index.js';
import { metricDrivers, type DriversRequest } from '#server/metrics/drivers/drivers.js';
import { testDatabase } from '../../support/database.js';
import { generatedAsOf, generatedItems } from './support/generated.js';
import { bothEngines, writeFacts, type ItemFacts } from './support/measured.js';

const { pool } = await testDatabase();
const { engines, refresh } = await bothEngines(pool);

const asked = { from: '2026-02-01', to: '2026-03-01', against: { from: '2026-01-01', to: '2026-02-01' }, zone: 'UTC' };

/** Both engines, which must say the same. */
async function why(request: Partial<DriversRequest> & { metric: string }): Promise<DriversResponse> {
  const [columnar, relational] = await Promise.all(engines.map((engine) => metricDrivers(engine, { ...asked, ...request })));
  if (!columnar || !relational) throw new Error('Both engines must answer.');
  expect(rounded(columnar)).toEqual(rounded(relational));
  return columnar;
}

function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, one: unknown) =>
      typeof one === 'number' ? Number((Math.abs(one) < 1e-7 ? 0 : one).toPrecision(8)) : one,
    ),
  );
}

async function company(items: ItemFacts[]): Promise<void> {
  await writeFacts(pool, [{ name: 'desk', asOf: '2026-06-01T00:00:00Z' }], items);
  await refresh();
}

/** Promises due at noon of the 10th of a month; so many of them kept. */
function promises(month: '01' | '02', type: string, all: number, kept: number): ItemFacts[] {
  return Array.from({ length: all }, (_, n) => ({
    name: `${month} ${type} ${n}`,
    type,
    created: `2026-${month}-01T00:00:00Z`,
    ended: n < kept ? `2026-${month}-05T00:00:00Z` : `2026-${month}-20T00:00:00Z`,
    promises: [{ said: `2026-${month}-01T00:00:00Z`, due: `2026-${month}-10T12:00:00Z` }],
  }));
}

function dimension(answer: DriversResponse, by: string) {
  const found = answer.dimensions.find((one) => one.by === by);
  if (!found) throw new Error(`No dimension "${by}".`);
  return found;
}

const shown = (answer: DriversResponse, by: string) =>
  dimension(answer, by).segments.map(({ segment, mix, rate }) => [segment, Number(mix.toFixed(6)), Number(rate.toFixed(6))]);

describe('why a rate changed', () => {
  test('each type kept more of its dates and all together fewer (Simpson)', async () => {
    // 300 of 80 % and 100 of 40 %: 70 %. 100 of 88 % and 300 of 48 %: 58 %.
    await company([
      ...promises('01', 'easy', 300, 240),
      ...promises('01', 'hard', 100, 40),
      ...promises('02', 'easy', 100, 88),
      ...promises('02', 'hard', 300, 144),
    ]);
    const answer = await why({ metric: 'on-time-first' });
    expect([answer.before.value, answer.after.value, answer.evidence]).toEqual([70, 58, 'signal']);
    expect(answer.change).toBeCloseTo(-12, 10);
    const { mix, rate } = dimension(answer, 'type');
    expect([mix, rate].map((part) => Number(part.toFixed(6)))).toEqual([-20, 8]);
    expect(shown(answer, 'type')).toEqual([
      ['easy', -10, 4],
      ['hard', -10, 4],
    ]);
    expect(dimension(answer, 'type').segments[0]).toMatchObject({
      before: { n: 300, weight: 75, value: 80 },
      after: { n: 100, weight: 25, value: 88 },
      share: 50,
    });
  });

  test('one type carries it, the other does not, and that dimension is the one to look at', async () => {
    await company([
      ...promises('01', 'easy', 200, 160),
      ...promises('01', 'hard', 200, 160),
      ...promises('02', 'easy', 200, 160),
      ...promises('02', 'hard', 200, 80),
    ]);
    const answer = await why({ metric: 'on-time-first' });
    expect(answer.by).toBe('type');
    // 80 % to 60 %; half of the whole carries all of it: half of the change more than its size.
    expect(dimension(answer, 'type').explained).toBeCloseTo(50, 10);
    expect(dimension(answer, 'type').segments.map(({ segment, share, evidence }) => [segment, share + 0, evidence])).toEqual([
      ['hard', 100, 'signal'],
      ['easy', 0, 'noise'],
    ]);
  });

  test('by chance: no dimension is named', async () => {
    await company([
      ...promises('01', 'easy', 20, 16),
      ...promises('01', 'hard', 20, 16),
      ...promises('02', 'easy', 20, 15),
      ...promises('02', 'hard', 20, 16),
    ]);
    const answer = await why({ metric: 'on-time-first' });
    expect([answer.by, answer.evidence]).toEqual([null, 'noise']);
    expect(dimension(answer, 'type').segments[0]).toMatchObject({ segment: 'easy', evidence: 'noise' });
  });

  test('segments with fewer units than the metric needs are told together', async () => {
    await company([
      ...promises('01', 'easy', 30, 24),
      ...promises('02', 'easy', 30, 12),
      ...promises('01', 'odd', 2, 2),
      ...promises('02', 'rare', 4, 0),
    ]);
    const { segments, others } = dimension(await why({ metric: 'on-time-first' }), 'type');
    expect(segments.map(({ segment }) => segment)).toEqual(['easy']);
    expect(others?.segments).toBe(2);
  });

  test('nothing is split where a window is withheld, empty, or the same', async () => {
    await company([...promises('01', 'easy', 4, 2), ...promises('02', 'easy', 30, 12), ...promises('02', 'hard', 30, 12)]);
    const withheld = await why({ metric: 'on-time-first' });
    expect(withheld).toMatchObject({ change: null, evidence: 'unclear', by: null, dimensions: [] });
    expect(withheld.before.note).toBe('too-few');
    expect((await why({ metric: 'on-time-first', against: { from: '2025-01-01', to: '2025-02-01' } })).before).toMatchObject({
      n: 0,
      value: null,
      note: 'empty',
    });
    const same = await why({ metric: 'on-time-first', against: { from: '2026-02-01', to: '2026-03-01' } });
    expect(same).toMatchObject({ change: 0, dimensions: [] });
  });

  test('a source that cannot tell is absent with the reason', async () => {
    await writeFacts(pool, [{ name: 'mute', asOf: '2026-06-01T00:00:00Z', lacks: ['due'] }], promises('01', 'easy', 9, 9));
    await refresh();
    const answer = await why({ metric: 'on-time-first' });
    expect(answer).toMatchObject({ change: null, dimensions: [], asOf: null });
    expect(answer.absent).toEqual([{ connection: 'mute', signal: 'due', reason: 'No due in the file.' }]);
  });
});

describe('why a median changed', () => {
  const lasting = (month: '01' | '02', type: string, hours: number[]): ItemFacts[] =>
    hours.map((hour, n) => ({
      name: `${month} ${type} ${n}`,
      type,
      created: `2026-${month}-05T00:00:00Z`,
      ended: new Date(Date.parse(`2026-${month}-05T00:00:00Z`) + hour * 3_600_000).toISOString(),
    }));

  test('by the mix alone: the same two kinds of work in other shares', async () => {
    // 1 1 1 1 1 1 9 9 to 1 1 9 9 9 9 9 9: the median moves from 1 to 9 hours, each type staying what it was.
    await company([
      ...lasting('01', 'quick', [1, 1, 1, 1, 1, 1]),
      ...lasting('01', 'slow', [9, 9]),
      ...lasting('02', 'quick', [1, 1]),
      ...lasting('02', 'slow', [9, 9, 9, 9, 9, 9]),
    ]);
    const answer = await why({ metric: 'lead-time' });
    expect(answer.change).toBe(8 * 3_600);
    expect(dimension(answer, 'type')).toMatchObject({ mix: 8 * 3_600, rate: 0 });
    // Between 1 and 9 hours all quick ones and no slow one have ended: each moves the curve by half of a unit in its share.
    expect(shown(answer, 'type')).toEqual([
      ['quick', 14_400, 0],
      ['slow', 14_400, 0],
    ]);
  });

  test('by one type alone: its own work takes longer', async () => {
    await company([
      ...lasting('01', 'quick', [1, 2, 3, 4, 5, 6]),
      ...lasting('01', 'slow', [7, 8, 9, 10, 11, 12]),
      ...lasting('02', 'quick', [1, 2, 3, 4, 5, 6]),
      ...lasting('02', 'slow', [17, 18, 19, 20, 21, 22]),
    ]);
    // Medians: (6 + 7) / 2 = 6.5 h and (6 + 17) / 2 = 11.5 h.
    const answer = await why({ metric: 'lead-time', by: 'type' });
    expect(answer.change).toBe(5 * 3_600);
    expect(shown(answer, 'type')).toEqual([
      ['slow', 0, 18_000],
      ['quick', 0, 0],
    ]);
  });
});

describe('of every metric', () => {
  beforeAll(async () => {
    const field = { name: 'field', asOf: '2026-01-25T00:00:00Z', from: '2026-01-02T00:00:00Z' };
    await writeFacts(pool, [{ name: 'desk', asOf: generatedAsOf }, field], generatedItems(900, 11));
    await refresh();
  });

  const windows = { from: '2026-01-12', to: '2026-02-01', against: { from: '2025-12-20', to: '2026-01-12' } };
  const all = metrics.map(({ id, compute }) => ({ id, splits: compute.kind === 'counted' ? compute.measure.splits : undefined }));

  // A team is the dimension that one item can have several of; a service the one it may not have.
  test.each(all.flatMap(({ id, splits }) => Object.keys(splits ?? {}).map((value) => [id, value] as const)))(
    'the parts of a change add up to it: %s, %s',
    async (metric, value) => {
      for (const by of ['team', 'service'] as const) {
        const { before, after, change, dimensions } = await why({ metric, value, by, ...windows });
        const size = Math.max(Math.abs(before.value ?? 0), Math.abs(after.value ?? 0));
        for (const { mix, rate, segments, others } of dimensions) {
          const sum = segments.reduce((total, { contribution }) => total + contribution, 0) + (others?.contribution ?? 0);
          expect(Math.abs(sum - (change ?? 0)) / size).toBeLessThan(1e-9);
          expect(Math.abs(mix + rate - sum) / size).toBeLessThan(1e-9);
        }
      }
    },
  );

  test.each(all.filter(({ splits }) => !splits).map(({ id }) => [id]))('a change that cannot be split says so: %s', async (metric) => {
    await expect(why({ metric })).rejects.toThrow(`A change of "${metric}" cannot be split`);
  });
});

describe('a question that makes no sense is refused', () => {
  test.each([
    [{ metric: 'lead-tme' }, 'Unknown metric "lead-tme"'],
    [{ metric: 'lead-time', by: 'colour' }, 'Unknown dimension "colour"'],
    [{ metric: 'lead-time', by: 'pair' }, '"pair" is for handoff-wait'],
    [{ metric: 'lead-time', value: 'p99' }, 'Unknown value "p99"; known: p50, p85, p95.'],
    [{ metric: 'flow-efficiency', value: 'itemMedian' }, 'A change of "itemMedian" of "flow-efficiency" cannot be split; of ratio it can.'],
    [{ metric: 'lead-time', against: { from: '2026-02-01', to: '2026-01-01' } }, 'The window from 2026-02-01 to 2026-01-01 is empty'],
  ])('%o', async (change, message) => {
    await expect(why(change as never)).rejects.toThrow(message);
  });
});
