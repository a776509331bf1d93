import { beforeAll, beforeEach, expect, test } from 'vitest';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { testDatabase } from '../../../support/database.js';
import { type StoryEvent, type StoryItem, factsOf, tell, tellConnection } from '../../../support/story.js';

const { pool } = await testDatabase();

const owners = { settings: {}, lacks: ['team' as const, 'person' as const] };
beforeAll(() => tellConnection(pool));
beforeEach(() => tellConnection(pool, owners));

/** `HH:MM` of 5 January, or a date and time of January. */
function moment(value: unknown): unknown {
  return typeof value === 'string' ? value.replace('2026-01-05T', '').replace('2026-01-', '').replace(':00Z', '') : value;
}

async function parts(item: StoryItem, ...columns: string[]): Promise<unknown[][]> {
  await tell(pool, item);
  await deriveFacts(pool);
  const rows = await factsOf(pool, 'interval', item.name);
  return rows.map((row) => ['from_at', 'to_at', ...columns].map((column) => moment(row[column])));
}

const at = (time: string, event: Omit<StoryEvent, 'at'> = {}): StoryEvent => ({ at: `2026-01-05T${time}:00Z`, ...event });

test('every open second is in one court', async () => {
  const story = {
    name: 'courts',
    events: [
      at('10:00', { kind: 'created' }),
      at('10:30', { status: 'working' }),
      at('11:00', { status: 'asked' }),
      at('12:00', { status: 'vendor' }),
      at('12:30', { status: 'working2' }),
      at('13:00', { status: 'working' }),
      at('14:00', { status: 'done' }),
    ],
  };
  expect(await parts(story, 'court')).toEqual([
    ['10:00', '10:30', 'ours_waiting'],
    ['10:30', '11:00', 'ours_active'],
    ['11:00', '12:00', 'customer'],
    ['12:00', '12:30', 'third_party'],
    ['12:30', '14:00', 'ours_active'],
  ]);
  const [item] = await factsOf(pool, 'item', 'courts');
  expect(item).toMatchObject({
    ours_waiting_seconds: 1_800,
    ours_active_seconds: 7_200,
    customer_seconds: 3_600,
    third_party_seconds: 1_800,
    unowned_seconds: 14_400,
  });
});

test('an item nobody has is waiting, whatever its status says', async () => {
  await tellConnection(pool);
  const story = {
    name: 'unowned',
    events: [
      at('10:00', { kind: 'created', status: 'working' }),
      at('11:00', { team: 'A' }),
      at('12:00', { team: null }),
      at('13:00', { person: 'ann' }),
      at('14:00', { status: 'done' }),
    ],
  };
  expect(await parts(story, 'court', 'team_id', 'person_id', 'is_owned')).toEqual([
    ['10:00', '11:00', 'ours_waiting', null, null, false],
    ['11:00', '12:00', 'ours_active', 'A', null, true],
    ['12:00', '13:00', 'ours_waiting', null, null, false],
    ['13:00', '14:00', 'ours_active', null, 'ann', true],
  ]);
  const [item] = await factsOf(pool, 'item', 'unowned');
  expect(item).toMatchObject({ unowned_seconds: 7_200, started_at: '2026-01-05T11:00:00Z' });
});

test('where the source tells no owners the status alone decides', async () => {
  const story = { name: 'ownerless', events: [at('10:00', { status: 'working' }), at('11:00', { status: 'done' })] };
  expect(await parts(story, 'court', 'is_owned')).toEqual([['10:00', '11:00', 'ours_active', false]]);
});

test('an unmapped status is waiting and marked', async () => {
  const story = {
    name: 'unmapped',
    events: [at('10:00', { status: 'odd' }), at('11:00', { status: 'working' }), at('12:00', { status: 'done' })],
  };
  expect(await parts(story, 'court', 'is_unmapped')).toEqual([
    ['10:00', '11:00', 'ours_waiting', true],
    ['11:00', '12:00', 'ours_active', false],
  ]);
});

test('the last part of an open item has no end', async () => {
  const story = { name: 'open', events: [at('10:00', { status: 'queued' })] };
  const rows = await parts(story, 'court', 'is_fresh');
  expect(rows).toEqual([
    ['10:00', '07T10:00', 'ours_waiting', true],
    ['07T10:00', 'infinity', 'ours_waiting', false],
  ]);
  const [item] = await factsOf(pool, 'item', 'open');
  expect(item).toMatchObject({ outcome: 'open', ended_at: 'infinity', ours_waiting_seconds: null });
});

test('a due date passing cuts without an event', async () => {
  const story = {
    name: 'due',
    events: [
      at('10:00', { kind: 'created' }),
      at('10:30', { kind: 'promised', due: '2026-01-05T12:00:00Z' }),
      at('13:00', { kind: 'promised', due: '2026-01-05T16:00:00Z' }),
      at('14:00', { kind: 'promised', due: null }),
      at('15:00', { status: 'done' }),
    ],
  };
  await tellConnection(pool, { ...owners, settings: { dueCorrectionSeconds: 0 } });
  expect(await parts(story, 'has_next_step', 'is_due_past')).toEqual([
    ['10:00', '10:30', false, false],
    ['10:30', '12:00', true, false],
    ['12:00', '13:00', false, true],
    ['13:00', '14:00', true, false],
    ['14:00', '15:00', false, false],
  ]);
});

test('a public word keeps an item fresh for the promised interval', async () => {
  await tellConnection(pool, { ...owners, settings: { updateIntervalSeconds: 3_600 } });
  const story = {
    name: 'fresh',
    events: [
      at('10:00', { kind: 'created' }),
      at('10:40', { kind: 'said' }),
      at('12:00', { kind: 'said', isBot: true }),
      at('12:10', { kind: 'said', isPublic: false }),
      at('12:20', { kind: 'said', side: 'customer' }),
      at('12:30', { kind: 'said' }),
      at('13:00', { status: 'done' }),
    ],
  };
  expect(await parts(story, 'is_fresh')).toEqual([
    ['10:00', '11:40', true],
    ['11:40', '12:30', false],
    ['12:30', '13:00', true],
  ]);
  expect(await factsOf(pool, 'silence', 'fresh')).toMatchObject([
    { n: 1, from_at: '2026-01-05T10:00:00Z', to_at: '2026-01-05T10:40:00Z', ours_seconds: 2_400 },
    { n: 2, from_at: '2026-01-05T10:40:00Z', to_at: '2026-01-05T12:30:00Z', ours_seconds: 6_600 },
    { n: 3, from_at: '2026-01-05T12:30:00Z', to_at: '2026-01-05T13:00:00Z', ours_seconds: 1_800 },
  ]);
});

test('silence counts only the time the ball is ours', async () => {
  const story = {
    name: 'silence',
    events: [
      at('10:00', { status: 'working' }),
      at('11:00', { status: 'asked' }),
      at('13:00', { status: 'working' }),
      at('13:30', { status: 'done' }),
    ],
  };
  await parts(story);
  // 10 to 11 and 13 to 13:30.
  expect(await factsOf(pool, 'silence', 'silence')).toMatchObject([{ ours_seconds: 5_400 }]);
});

test('closed time between a finish and a reopening is in no court', async () => {
  const story = {
    name: 'reopened',
    events: [
      at('10:00', { status: 'working' }),
      at('11:00', { status: 'done' }),
      at('12:00', { status: 'closed' }),
      at('13:00', { status: 'queued' }),
      at('14:00', { status: 'done' }),
    ],
  };
  expect(await parts(story, 'court')).toEqual([
    ['10:00', '11:00', 'ours_active'],
    ['13:00', '14:00', 'ours_waiting'],
  ]);
});

test('an explicit finish after the last status goes on in the court it was in', async () => {
  const story = {
    name: 'finished later',
    finishedAt: '2026-01-05T12:00:00Z',
    events: [at('10:00', { status: 'working' }), at('11:00', { status: 'done' })],
  };
  expect(await parts(story, 'court')).toEqual([['10:00', '12:00', 'ours_active']]);
});

test('an explicit finish before the last status cuts off what follows', async () => {
  const story = {
    name: 'finished earlier',
    finishedAt: '2026-01-05T10:30:00Z',
    events: [at('10:00', { status: 'working' }), at('11:00', { status: 'asked' }), at('12:00', { status: 'done' })],
  };
  expect(await parts(story, 'court')).toEqual([['10:00', '10:30', 'ours_active']]);
});

test('instants keep their parts of a second, seconds are those of the clock and add up', async () => {
  const story = {
    name: 'milliseconds',
    events: [
      { at: '2026-01-05T10:00:00.900Z', status: 'working' },
      { at: '2026-01-05T10:00:01.100Z', status: 'asked' },
      { at: '2026-01-05T10:00:01.200Z', status: 'working' },
      { at: '2026-01-05T10:00:02.999Z', status: 'done' },
    ],
  };
  await parts(story);
  const [item] = await factsOf(pool, 'item', 'milliseconds');
  expect(item).toMatchObject({
    created_at: '2026-01-05T10:00:00.900Z',
    finished_at: '2026-01-05T10:00:02.999Z',
    ours_active_seconds: 2,
    customer_seconds: 0,
    lead_business_seconds: 2,
  });
});
