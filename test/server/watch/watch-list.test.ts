import { beforeEach, describe, expect, test } from 'vitest';
import { exposures } from '#server/watch/customers.js';
import { matches, watchList, type Watched } from '#server/watch/watch-list.js';
import { inOrder } from '#server/watch/watch-order.js';
import { testDatabase } from '../../support/database.js';
import { bothEngines, id, writeFacts, type ItemFacts } from '../metrics/support/measured.js';

const { pool } = await testDatabase();
const { engines } = await bothEngines(pool);

/** The data ends at noon of the 20th. */
const connection = { name: 'desk', asOf: '2026-03-20T12:00:00Z' };
const day = (n: number) => `2026-03-${String(n).padStart(2, '0')}T12:00:00Z`;
const daySeconds = 86_400;

/** The list as both engines give it, by the names of the items. */
async function watched(items: ItemFacts[], connections = [connection]): Promise<Map<string, Watched>> {
  await writeFacts(pool, connections, items);
  const lists = await Promise.all(
    engines.map(async (engine) => {
      await engine.refresh();
      return watchList(engine);
    }),
  );
  expect(lists[0]?.items.map(plain)).toEqual(lists[1]?.items.map(plain));
  const names = new Map(items.map(({ name }) => [id('item', name), name]));
  return new Map((lists[0]?.items ?? []).map((item) => [names.get(item.itemId) ?? '', item]));
}

function plain({ forecast, ...item }: Watched) {
  return { ...item, p: forecast?.p ?? null };
}

const late: ItemFacts = {
  name: 'late',
  created: day(1),
  intervals: [
    { from: day(1), to: day(5), court: 'customer' },
    { from: day(5), to: day(10), court: 'ours_waiting' },
    { from: day(10), to: null, court: 'ours_active', duePast: true },
  ],
  cycles: [{ opened: day(1) }],
  promises: [
    { said: day(2), due: day(8), until: day(7) },
    { said: day(7), due: day(10) },
  ],
  words: [{ at: day(2), due: day(8) }],
  delays: [{ from: day(10), to: null, late: true, silent: false }],
  silences: [{ from: day(2), to: null }],
  customer: 'Acme',
  team: 'Billing',
};

describe('what stands of an open item', () => {
  test('is its promise and the first one, its court and since when, the silence since the last word, as the data ends', async () => {
    const item = (await watched([late])).get('late');
    const seconds = (at: string) => Date.parse(at) / 1_000;
    expect(item).toMatchObject({
      dueAt: seconds(day(10)),
      firstDueAt: seconds(day(8)),
      court: 'ours_active',
      courtSince: seconds(day(10)),
      silence: 18 * daySeconds,
      isLate: true,
      isTold: false,
      reasons: ['late-untold'],
      customer: 'Acme',
      team: 'Billing',
    });
  });

  test('counts silence from the creation where nothing was said in public, and not from notes or robots', async () => {
    const words = [
      { at: day(18), public: false },
      { at: day(19), bot: true },
    ];
    const item = (await watched([{ ...late, words }])).get('late');
    expect(item?.silence).toBe(19 * daySeconds);
    expect(item?.lastWordAt).toBeNull();
  });

  test('leaves out what has ended, what begins later and what metrics leave out', async () => {
    const others = [
      { ...late, name: 'ended', ended: day(12), outcome: 'done' as const },
      { ...late, name: 'later', created: day(21) },
      { ...late, name: 'spam', excluded: 'spam' },
    ];
    expect([...(await watched([late, ...others])).keys()]).toEqual(['late']);
  });

  test('a reopened item is in its second cycle', async () => {
    const cycles = [{ opened: day(1), resolved: day(5), reopened: day(6) }, { opened: day(6) }];
    expect((await watched([{ ...late, cycles }])).get('late')?.cycle).toBe(2);
  });
});

describe('why an item is on the list', () => {
  const silent: ItemFacts = {
    name: 'silent',
    created: day(10),
    intervals: [{ from: day(10), to: null, court: 'ours_waiting', fresh: false }],
    delays: [{ from: day(13), to: null, late: false, silent: true }],
  };

  test('it is silent while the ball is ours, and nobody was told why', async () => {
    expect((await watched([silent])).get('silent')).toMatchObject({ reasons: ['silent-untold'], isTold: false, isLate: false });
  });

  test('it is not silent while the customer has the ball', async () => {
    const theirs = [{ from: day(10), to: null, court: 'customer', fresh: false }];
    expect((await watched([{ ...silent, intervals: theirs, delays: [] }])).get('silent')?.reasons).toEqual([]);
  });

  test('a reason that still holds takes the silent one off, and keeps the late one apart from those untold', async () => {
    const told = (item: ItemFacts) => ({ ...item, delays: (item.delays ?? []).map((delay) => ({ ...delay, explained: true })) });
    const items = await watched([told(silent), told(late)]);
    expect(items.get('silent')).toMatchObject({ reasons: [], isTold: true });
    expect(items.get('late')).toMatchObject({ reasons: ['late'], isTold: true });
  });

  test('where the source tells no messages a late item is late, and what the customer knows is not said', async () => {
    await writeFacts(pool, [{ ...connection, lacks: ['messages'] }], [late, silent]);
    for (const engine of engines) {
      await engine.refresh();
      const { items, absent } = await watchList(engine);
      expect(items.map(({ reasons, isTold, silence }) => ({ reasons, isTold, silence }))).toEqual([
        { reasons: ['late'], isTold: null, silence: null },
        { reasons: [], isTold: null, silence: null },
      ]);
      expect(absent.map(({ connection: name, signal }) => [name, signal])).toEqual([['desk', 'messages']]);
    }
  });
});

describe('of dates to come', () => {
  /** Of forty like it thirty were finished after their date. */
  const history = Array.from({ length: 40 }, (_, n): ItemFacts => ({
    name: `past ${n}`,
    created: '2026-01-05T12:00:00Z',
    started: '2026-01-05T12:00:00Z',
    ended: n < 10 ? '2026-01-09T12:00:00Z' : '2026-01-30T12:00:00Z',
    outcome: 'done',
    promises: [{ said: '2026-01-05T12:00:00Z', due: '2026-01-15T12:00:00Z', until: n < 10 ? '2026-01-09T12:00:00Z' : null }],
  }));
  const open: ItemFacts = {
    name: 'open',
    created: day(14),
    intervals: [{ from: day(14), to: null, court: 'ours_active' }],
    promises: [{ said: day(14), due: day(24) }],
    words: [{ at: day(14), due: day(24) }],
  };

  test('the likely late one is on the list with its chance, and the word that gave its date tells of no delay', async () => {
    const item = (await watched([...history, open])).get('open');
    expect(item?.reasons).toEqual(['likely-late']);
    expect(item?.forecast?.p).toBeGreaterThan(0.5);
    expect(item?.isTold).toBe(false);
  });

  test('a reason given since the date tells of it', async () => {
    const words = [...(open.words ?? []), { at: day(17), reason: true }];
    expect((await watched([...history, { ...open, words }])).get('open')).toMatchObject({ reasons: ['likely-late'], isTold: true });
  });
});

describe('the order', () => {
  let all: Map<string, Watched>;
  beforeEach(async () => {
    const told = [{ from: day(10), to: null, late: true, silent: false, explained: true }];
    const silent = [{ from: day(13), to: null, late: false, silent: true }];
    all = await watched([
      { ...late, name: 'told', delays: told, customer: 'Birch' },
      { ...late, name: 'untold', customer: 'Cedar' },
      {
        name: 'silent',
        created: day(4),
        intervals: [{ from: day(4), to: null, court: 'ours_active', fresh: false }],
        delays: silent,
        customer: 'Birch',
      },
      { name: 'easy', created: day(19), intervals: [{ from: day(19), to: null }], customer: 'Acme' },
    ]);
  });
  const sorted = (sort: Parameters<typeof inOrder>[0]) =>
    [...all].toSorted(([, one], [, other]) => inOrder(sort)(one, other)).map(([name]) => name);

  test('of urgency puts those first whose customer was not told', () => {
    expect(sorted('urgency')).toEqual(['untold', 'silent', 'told', 'easy']);
  });

  test('of silence, and of customers', () => {
    // Silent since the 4th, the late ones since their word of the 2nd.
    expect(sorted('silence')).toEqual(['untold', 'told', 'silent', 'easy']);
    expect(sorted('customer')).toEqual(['easy', 'silent', 'told', 'untold']);
  });

  test('of customers to call counts what is untold and what is late of each', () => {
    const watchedOnes = [...all.values()].filter(({ reasons }) => reasons.length > 0);
    expect(exposures(watchedOnes).map(({ customer, untold, items }) => [customer, untold, items.length])).toEqual([
      // One untold each, one expected to be late each, and silent for as long: then by name.
      ['Birch', 1, 2],
      ['Cedar', 1, 1],
    ]);
  });
});

test('a filter asks for any of its names in every dimension, and the empty name for those without', async () => {
  const item = (await watched([late])).get('late');
  if (!item) throw new Error('The item is open.');
  expect(matches(item, { team: ['Billing', 'Support'], customer: ['Acme'] })).toBe(true);
  expect(matches(item, { team: ['Billing'], customer: ['Birch'] })).toBe(false);
  expect(matches(item, { channel: [''] })).toBe(true);
});
