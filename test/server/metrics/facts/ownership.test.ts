import { beforeAll, beforeEach, expect, test } from 'vitest';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { testDatabase } from '../../../support/database.js';
import { type StoryEvent, factsOf, tell, tellConnection } from '../../../support/story.js';

const { pool } = await testDatabase();

beforeAll(() => tellConnection(pool));
beforeEach(() => tellConnection(pool, { settings: { ownerCorrectionSeconds: 0 } }));

/** One owner an hour from noon on; `-` is explicitly nobody, `?` an event that says nothing of the owner. */
function owners(sequence: string, level: 'team' | 'person' = 'team'): StoryEvent[] {
  return [...sequence].map((letter, hour) => ({
    at: `2026-01-05T${12 + hour}:00:00Z`,
    ...(letter === '?' ? {} : { [level]: letter === '-' ? null : letter }),
  }));
}

async function counts(sequence: string, level: 'team' | 'person' = 'team'): Promise<unknown[]> {
  await tell(pool, { name: sequence, events: owners(sequence, level) });
  await deriveFacts(pool);
  const [item] = await factsOf(pool, 'item', sequence);
  return [item?.[`${level}_handoffs`], item?.[`${level}_returns`], item?.[`${level}_direct_returns`]];
}

test.each([
  ['AABA', 2, 1, 1],
  ['A-B', 1, 0, 0],
  ['ABCA', 3, 1, 0],
  ['ABABA', 4, 3, 3],
  ['ABC', 2, 0, 0],
  ['A', 0, 0, 0],
  ['-A', 0, 0, 0],
  ['A-A', 0, 0, 0],
  ['A?B?', 1, 0, 0],
  ['???', 0, 0, 0],
])('owners %s: %i handoffs, %i returns, %i direct', async (sequence, handoffs, returns, direct) => {
  expect(await counts(sequence)).toEqual([handoffs, returns, direct]);
});

test('counts persons apart from teams', async () => {
  expect(await counts('ABA', 'person')).toEqual([2, 1, 1]);
  const [item] = await factsOf(pool, 'item', 'ABA');
  expect(item?.team_handoffs).toBe(0);
});

test('keeps the time with nobody as a stay and dates the handoff by the receiver', async () => {
  await tell(pool, { name: 'gap', events: owners('A-B') });
  await deriveFacts(pool);
  expect(await factsOf(pool, 'ownership', 'gap', 'team')).toEqual([
    { level: 'team', n: 1, owner_id: 'A', from_at: '2026-01-05T12:00:00Z', to_at: '2026-01-05T13:00:00Z' },
    { level: 'team', n: 2, owner_id: null, from_at: '2026-01-05T13:00:00Z', to_at: '2026-01-05T14:00:00Z' },
    { level: 'team', n: 3, owner_id: 'B', from_at: '2026-01-05T14:00:00Z', to_at: 'infinity' },
  ]);
  const [handoff] = await factsOf(pool, 'handoff', 'gap', 'team');
  expect(handoff).toMatchObject({
    from_id: 'A',
    to_id: 'B',
    left_at: '2026-01-05T13:00:00Z',
    at: '2026-01-05T14:00:00Z',
    until_at: 'infinity',
  });
});

const misassigned: StoryEvent[] = [
  { at: '2026-01-05T12:00:00Z', team: 'A' },
  { at: '2026-01-05T13:00:00Z', team: 'B' },
  { at: '2026-01-05T13:01:59Z', team: 'A' },
];

test('a stay under the correction drops out', async () => {
  await tellConnection(pool, { settings: { ownerCorrectionSeconds: 120 } });
  await tell(pool, { name: 'corrected', events: misassigned });
  await deriveFacts(pool);
  expect(await factsOf(pool, 'ownership', 'corrected', 'team')).toEqual([
    { level: 'team', n: 1, owner_id: 'A', from_at: '2026-01-05T12:00:00Z', to_at: 'infinity' },
  ]);
});

test('with the correction off it is two handoffs', async () => {
  await tell(pool, { name: 'uncorrected', events: misassigned });
  await deriveFacts(pool);
  const [item] = await factsOf(pool, 'item', 'uncorrected');
  expect(item).toMatchObject({ team_handoffs: 2, team_returns: 1, team_direct_returns: 1 });
});

test('a stay of exactly the correction counts', async () => {
  await tellConnection(pool, { settings: { ownerCorrectionSeconds: 120 } });
  const events = misassigned.map((event, n) => (n === 2 ? { ...event, at: '2026-01-05T13:02:00Z' } : event));
  await tell(pool, { name: 'boundary', events });
  await deriveFacts(pool);
  const [item] = await factsOf(pool, 'item', 'boundary');
  expect(item?.team_handoffs).toBe(2);
});

test('the last owner is never a correction', async () => {
  await tellConnection(pool, { settings: { ownerCorrectionSeconds: 120 } });
  await tell(pool, {
    name: 'last minute',
    events: [
      { at: '2026-01-05T12:00:00Z', team: 'A' },
      { at: '2026-01-05T13:00:00Z', team: 'B' },
      { at: '2026-01-05T13:00:30Z', status: 'done' },
    ],
  });
  await deriveFacts(pool);
  const [, second] = await factsOf(pool, 'ownership', 'last minute', 'team');
  expect(second).toEqual({ level: 'team', n: 2, owner_id: 'B', from_at: '2026-01-05T13:00:00Z', to_at: '2026-01-05T13:00:30Z' });
});

test('changes at the same instant follow the order of the source', async () => {
  await tell(pool, {
    name: 'ties',
    events: [
      { at: '2026-01-05T12:00:00Z', seq: 3, team: 'C' },
      { at: '2026-01-05T12:00:00Z', seq: 1, team: 'A' },
      { at: '2026-01-05T12:00:00Z', seq: 2, team: 'B' },
    ],
  });
  await deriveFacts(pool);
  const stays = await factsOf(pool, 'ownership', 'ties', 'team');
  expect(stays.map((stay) => stay.owner_id)).toEqual(['A', 'B', 'C']);
  const [item] = await factsOf(pool, 'item', 'ties');
  expect(item).toMatchObject({ first_team_id: 'A', team_id: 'C', team_handoffs: 2 });
});

test('changes after the end count, and nobody waits for them', async () => {
  await tell(pool, {
    name: 'after the end',
    events: [
      { at: '2026-01-05T12:00:00Z', team: 'A' },
      { at: '2026-01-05T13:00:00Z', status: 'done' },
      { at: '2026-01-05T14:00:00Z', team: 'B' },
    ],
  });
  await deriveFacts(pool);
  const [handoff] = await factsOf(pool, 'handoff', 'after the end', 'team');
  expect(handoff).toMatchObject({ at: '2026-01-05T14:00:00Z', until_at: '2026-01-05T14:00:00Z', acted_at: null, wait_business_seconds: 0 });
});
