import { beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, only, writeFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, refresh } = await bothEngines(pool);

const at = (day: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + (day - 1) * 86_400_000).toISOString();
const promised = (name: string, due: number, ended: number, type = 'ticket'): ItemFacts => ({
  name,
  type,
  created: at(1),
  ended: at(ended),
  promises: [{ said: at(1), due: at(due), until: at(ended) }],
});

beforeEach(() => pool.query('truncate app.belief'));

/** Ten promises of January, six kept; and ten of February, two kept. */
async function given(...beliefs: Partial<Record<'person' | 'metric' | 'scope' | 'from_on' | 'to_on' | 'time_zone' | 'answer', unknown>>[]) {
  const january = Array.from({ length: 10 }, (_, n) => promised(`january ${n}`, 10, n < 6 ? 9 : 11, n < 5 ? 'quick' : 'slow'));
  const february = Array.from({ length: 10 }, (_, n) => promised(`february ${n}`, 40, n < 2 ? 39 : 41));
  await writeFacts(pool, [{ name: 'desk', asOf: at(80) }], [...january, ...february]);
  for (const [n, belief] of beliefs.entries()) {
    const said = {
      person: `p${n}`,
      metric: 'on-time-first',
      scope: '{}',
      from_on: '2026-01-01',
      to_on: '2026-02-01',
      time_zone: 'UTC',
      ...belief,
    };
    await pool.query(
      `insert into app.belief (person, metric, scope, from_on, to_on, time_zone, answer, answered_at)
       values ($1, $2, $3, $4, $5, $6, $7, timestamptz '2026-03-01' + make_interval(hours => $8))`,
      [said.person, said.metric, said.scope, said.from_on, said.to_on, said.time_zone, said.answer, n],
    );
  }
  await refresh();
}

test('is the belief minus the number, with the interval of the number turned round', async () => {
  await given({ answer: 80 });
  const row = only(await ask({ metric: 'belief-gap' }));
  // Six of ten kept: 60 %, Wilson 31.27 to 83.18.
  expect(row).toMatchObject({ bucket: '2026-01-01', n: 10, numerator: 6, values: { beliefGap: 20, believed: 80, number: 60, answers: 1 } });
  expect(row.lo).toBeCloseTo(80 - 83.18, 2);
  expect(row.hi).toBeCloseTo(80 - 31.27, 2);
});

test('takes the mean of several answers, and a row for each window answered about', async () => {
  await given({ answer: 80 }, { answer: 90 }, { answer: 30, from_on: '2026-02-01', to_on: '2026-03-01' });
  const { rows } = await ask({ metric: 'belief-gap', to: '2026-04-01' });
  expect(rows.map(({ bucket, values }) => [bucket, values?.beliefGap, values?.answers])).toEqual([
    ['2026-01-01', 25, 2],
    ['2026-02-01', 10, 1],
  ]);
});

test('counts answers about other numbers, other filters and other windows for nothing', async () => {
  const others = [{ metric: 'reopen-rate' }, { scope: '{"type":["quick"]}' }, { from_on: '2025-12-31' }, { to_on: '2026-02-02' }];
  await given(...others.map((other) => ({ answer: 80, ...other })));
  expect(await ask({ metric: 'belief-gap' })).toMatchObject({ rows: [], absent: [{ connection: 'desk', signal: 'belief' }] });
  const quick = only(await ask({ metric: 'belief-gap', filters: { type: ['quick'] } }));
  expect(quick).toMatchObject({ n: 5, values: { beliefGap: -20, number: 100 } });
});

test('of windows that begin on the same day the one answered about last holds', async () => {
  await given({ answer: 80, to_on: '2026-03-01' }, { answer: 70 });
  expect(only(await ask({ metric: 'belief-gap', to: '2026-04-01' })).values).toEqual({
    beliefGap: 10,
    believed: 70,
    number: 60,
    answers: 1,
  });
});

test('is absent with the reason where nobody answered, or the source cannot tell', async () => {
  await given();
  const { rows, absent } = await ask({ metric: 'belief-gap' });
  expect(rows).toEqual([]);
  expect(absent).toEqual([
    {
      connection: 'desk',
      signal: 'belief',
      reason: 'Nobody has said what they believe of "on-time-first" here. Its board asks whoever gives a name, before it shows the number.',
    },
  ]);
  await given({ answer: 80 });
  await writeFacts(pool, [{ name: 'desk', asOf: at(80), lacks: ['due'] }], []);
  await refresh();
  expect(await ask({ metric: 'belief-gap' })).toMatchObject({ rows: [], absent: [{ connection: 'desk', signal: 'due' }] });
});

test('withholds the gap where the number is withheld', async () => {
  await given({ answer: 80, from_on: '2026-01-11', to_on: '2026-01-12' });
  expect(only(await ask({ metric: 'belief-gap' }))).toMatchObject({ n: 0, values: { beliefGap: null, believed: 80 }, lo: null });
});

test('refuses a break-down, and a number that is no percentage', async () => {
  await given({ answer: 80 });
  await expect(ask({ metric: 'belief-gap', by: 'type' })).rejects.toThrow('filter instead');
  await expect(ask({ metric: 'belief-gap', of: 'lead-time' })).rejects.toThrow('"lead-time" is none');
});
