import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, only, writeFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, refresh } = await bothEngines(pool);

const at = (day: number, hour = 0) => new Date(Date.parse('2026-01-01T00:00:00Z') + ((day - 1) * 24 + hour) * 3_600_000).toISOString();
type Facts = Omit<ItemFacts, 'name' | 'created'> & { created?: string };

async function given(items: Facts[], asOf = at(31)): Promise<void> {
  await writeFacts(
    pool,
    [{ name: 'desk', asOf }],
    items.map((item, index) => ({ name: `i${index}`, created: at(1), ...item })),
  );
  await refresh();
}

describe('promises-kept', () => {
  const promised = (due: number, ended: number | null, outcome?: ItemFacts['outcome']): Facts => ({
    ended: ended === null ? null : at(ended),
    ...(outcome && { outcome }),
    promises: [{ said: at(1), due: at(due), until: ended === null ? null : at(ended) }],
  });
  /** Due on the 10th, moved on the 9th to the 20th, finished on the 19th. */
  const moved = (asked: boolean): Facts => ({
    ended: at(19),
    promises: [
      { said: at(1), due: at(10), until: at(9) },
      { said: at(9), due: at(20), until: at(19), asked, movedSeconds: 864_000, isAfterDue: false },
    ],
  });
  const kept = promised(10, 9);

  test('is empty without promises', async () => {
    await given([{ ended: at(3) }]);
    expect(only(await ask({ metric: 'promises-kept' }))).toMatchObject({ n: 0, value: null, note: 'empty' });
  });

  test('takes each date as a promise, and one we moved as broken', async () => {
    // Dates: 10, 10, 10 kept; 10 broken and 20 kept by the moved one.
    await given([kept, kept, kept, moved(false)]);
    expect(only(await ask({ metric: 'promises-kept' }))).toMatchObject({ n: 5, value: 80, numerator: 4 });
  });

  test('leaves out a date the customer asked to move, and one cancelled before it', async () => {
    await given([kept, kept, kept, kept, moved(true), promised(10, 9, 'cancelled')]);
    expect(only(await ask({ metric: 'promises-kept' }))).toMatchObject({ n: 5, value: 100, note: 'excluded:2' });
  });

  test('takes a finish at the due instant as kept, one second later and open past it as broken', async () => {
    await given([kept, kept, promised(10, 10), { ...kept, ended: '2026-01-10T00:00:01Z' }, promised(10, null), promised(31, null)]);
    expect(only(await ask({ metric: 'promises-kept' }))).toMatchObject({ n: 5, value: 60 });
  });

  test('shows 0 where all are late', async () => {
    await given(Array.from({ length: 5 }, () => promised(10, null)));
    expect(only(await ask({ metric: 'promises-kept' }))).toMatchObject({ n: 5, value: 0, lo: 0 });
  });

  test('puts a date into the week it falls in where the reader is', async () => {
    // Midnight of Monday the 12th in UTC is still Sunday in New York.
    await given([promised(12, 9)]);
    const bucketOf = async (zone: string) =>
      (await ask({ metric: 'promises-kept', grain: 'week', from: '2026-01-05', to: '2026-01-19', zone })).rows.find(({ n }) => n > 0)
        ?.bucket;
    expect(await bucketOf('UTC')).toBe('2026-01-12');
    expect(await bucketOf('America/New_York')).toBe('2026-01-05');
  });
});

describe('customer-effort', () => {
  const turns = (...days: number[]): NonNullable<ItemFacts['turns']> => days.map((day) => ({ asked: at(day), answered: at(day, 1) }));
  const finished = (more: Facts = {}): Facts => ({ customer: 'Acme', channel: 'web', ended: at(5), ...more });

  test('counts the turns, and one for opening it without a word', async () => {
    // 1, 1, 2, 3, 4 turns: median 2. The third has a turn a second over 7 days after the finish, which is something else.
    await given([
      finished({ customer: 'A' }),
      finished({ customer: 'B', turns: turns(1) }),
      finished({ customer: 'C', turns: [...turns(1, 2), { asked: '2026-01-12T00:00:01Z' }] }),
      finished({ customer: 'D', turns: turns(1, 2, 12) }),
      finished({ customer: 'E', turns: turns(1, 2, 3, 4) }),
    ]);
    expect(only(await ask({ metric: 'customer-effort' }))).toMatchObject({ n: 5, values: { p50: 2, p90: null }, note: 'too-few:p90' });
  });

  test('counts coming back with the same within a week, twice through another channel', async () => {
    // Five customers: one turn each. All come back: at the end of the seventh day, by phone, as another type, a second later, not at all.
    const back = (customer: string, created: string, more: Facts = {}): Facts => ({ customer, channel: 'web', created, ...more });
    const one = (customer: string, type?: string): Facts => finished({ customer, ...(type && { type }) });
    const open = [
      back('A', at(12)),
      back('B', at(6), { channel: 'phone' }),
      back('C', at(6), { type: 'bill' }),
      back('D', '2026-01-12T00:00:01Z'),
    ];
    for (const [customer, contacts] of [
      ['A', 2],
      ['B', 3],
      ['C', 1],
      ['D', 1],
      ['E', 1],
    ] as const) {
      await given([...['A', 'B', 'C', 'D', 'E'].map((name) => one(name)), ...Array.from({ length: 4 }, () => one(customer)), ...open]);
      expect(only(await ask({ metric: 'customer-effort', filters: { customer: [customer] } }))).toMatchObject({
        n: 5,
        values: { p50: contacts },
      });
    }
  });

  test('does not judge an item before it is seven days old, nor an open one', async () => {
    await given([
      finished(),
      finished({ ended: at(24) }),
      finished({ ended: at(24, 1) }),
      { customer: 'Acme' },
      finished({ customer: null }),
    ]);
    expect(only(await ask({ metric: 'customer-effort' }))).toMatchObject({ n: 2, note: 'too-few;excluded:1' });
  });
});

describe('first-owner-authority', () => {
  const solved = (handoffs: ItemFacts['handoffs'] = [], more: Facts = {}): Facts => ({
    firstTeam: 'Desk',
    team: 'Desk',
    ended: at(5),
    handoffs,
    ...more,
  });
  const toLab = { at: at(2), from: 'Desk', to: 'Lab', acted: at(3), until: at(4) };

  test('counts what the first team finished without handing it on', async () => {
    // Handed to the lab and back is escalated; handed on only after the finish is not.
    await given([
      solved(),
      solved(),
      solved([toLab], { team: 'Lab' }),
      solved([toLab, { at: at(4), from: 'Lab', to: 'Desk', acted: at(4), until: at(5), returns: 'direct' }]),
      solved([{ ...toLab, at: at(6), acted: null, until: at(7) }]),
    ]);
    expect(only(await ask({ metric: 'first-owner-authority' }))).toMatchObject({ n: 5, value: 60, numerator: 3 });
    expect((await ask({ metric: 'first-owner-authority', by: 'team' })).rows).toMatchObject([{ by: 'Desk', n: 5 }]);
  });

  test('leaves out what nobody owned and what is open', async () => {
    await given([solved(), solved(), solved(), solved(), { ended: at(5) }, { firstTeam: 'Desk', team: 'Desk' }]);
    expect(only(await ask({ metric: 'first-owner-authority' }))).toMatchObject({ n: 4, value: null, note: 'too-few;excluded:1' });
  });
});

describe('escalation-wait', () => {
  test('waits for the first act of the next team, of the first handoff alone', async () => {
    // Waits of 1 to 19 h and one open for 48 h: P50 is the 10th of 20, P85 the 17th. The second handoff does not count.
    const escalated = (hours: number): Facts => ({
      firstTeam: 'Desk',
      team: 'Lab',
      ended: at(9),
      handoffs: [
        { at: at(2), from: 'Desk', to: 'Lab', acted: at(2, hours), until: at(4) },
        { at: at(4), from: 'Lab', to: 'Shop', acted: at(8), until: at(9) },
      ],
    });
    await given(
      [
        ...Array.from({ length: 19 }, (_, index) => escalated(index + 1)),
        { team: 'Lab', handoffs: [{ at: at(2), from: 'Desk', to: 'Lab', acted: null, until: null }] },
      ],
      at(10),
    );
    const result = await ask({ metric: 'escalation-wait', by: 'team' });
    expect(result.rows).toMatchObject([{ by: 'Desk', n: 20, values: { p85: 17 * 3_600, p50: 10 * 3_600 } }]);
  });
});
