import { beforeAll, expect, test } from 'vitest';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { testDatabase } from '../../../support/database.js';
import { type StoryEvent, factsOf, tell, tellCalendar, tellConnection, tellTeam } from '../../../support/story.js';

const { pool } = await testDatabase();

beforeAll(() => tellConnection(pool));

async function handoffs(name: string, level: 'team' | 'person', events: StoryEvent[]): Promise<Record<string, unknown>[]> {
  await tell(pool, { name, events });
  await deriveFacts(pool);
  return factsOf(pool, 'handoff', name, level);
}

const atoB: StoryEvent[] = [
  { at: '2026-01-05T10:00:00Z', person: 'ann', actor: 'ann' },
  { at: '2026-01-05T12:00:00Z', person: 'bob', actor: 'ann' },
];

test('a person is waited for until the first event of their own', async () => {
  const [handoff] = await handoffs('own act', 'person', [
    ...atoB,
    { at: '2026-01-05T13:00:00Z', kind: 'said', actor: 'ann' },
    { at: '2026-01-05T15:00:00Z', kind: 'noted', actor: 'bob' },
  ]);
  // 12:00 to 15:00
  expect(handoff).toMatchObject({ acted_at: '2026-01-05T15:00:00Z', wait_business_seconds: 10_800 });
});

test('taking it oneself is no wait', async () => {
  const [handoff] = await handoffs('taken', 'person', [atoB[0]!, { at: '2026-01-05T12:00:00Z', person: 'bob', actor: 'bob' }]);
  expect(handoff).toMatchObject({ acted_at: '2026-01-05T12:00:00Z', wait_business_seconds: 0 });
});

test('passing it on is an act of a person', async () => {
  const [first, second] = await handoffs('passed on', 'person', [...atoB, { at: '2026-01-05T14:00:00Z', person: 'cem', actor: 'bob' }]);
  expect(first).toMatchObject({ to_id: 'bob', acted_at: '2026-01-05T14:00:00Z', until_at: '2026-01-05T14:00:00Z' });
  expect(second).toMatchObject({ to_id: 'cem', acted_at: null, until_at: 'infinity', wait_business_seconds: null });
});

test('what the receiver does after giving it back is no act', async () => {
  const [first] = await handoffs('gone', 'person', [
    ...atoB,
    { at: '2026-01-05T14:00:00Z', person: 'ann', actor: 'ann' },
    { at: '2026-01-05T15:00:00Z', kind: 'said', actor: 'bob' },
  ]);
  expect(first).toMatchObject({ to_id: 'bob', acted_at: null, until_at: '2026-01-05T14:00:00Z', wait_business_seconds: 7_200 });
});

test('without actors the next status change or word of ours is the act', async () => {
  const [handoff] = await handoffs('no actors', 'person', [
    { at: '2026-01-05T10:00:00Z', person: 'ann', status: 'queued' },
    { at: '2026-01-05T12:00:00Z', person: 'bob', status: 'queued' },
    { at: '2026-01-05T13:00:00Z', status: 'queued' },
    { at: '2026-01-05T14:00:00Z', status: 'working' },
  ]);
  expect(handoff?.acted_at).toBe('2026-01-05T14:00:00Z');
});

const teamAtoB: StoryEvent[] = [
  { at: '2026-01-05T10:00:00Z', team: 'A', person: 'ann', actor: 'ann' },
  { at: '2026-01-05T12:00:00Z', team: 'B', person: null, actor: 'ann' },
];

test.each<[string, StoryEvent, boolean]>([
  ['an agent of its own', { at: '2026-01-05T14:00:00Z', kind: 'noted', actor: 'bob' }, true],
  ['a person taking it', { at: '2026-01-05T14:00:00Z', person: 'bob' }, true],
  ['work begun', { at: '2026-01-05T14:00:00Z', status: 'working' }, true],
  ['a word to the customer', { at: '2026-01-05T14:00:00Z', kind: 'said' }, true],
  ['the sender saying something more', { at: '2026-01-05T14:00:00Z', kind: 'said', actor: 'ann' }, false],
  ['the sender adding something', { at: '2026-01-05T14:00:00Z', kind: 'noted', actor: 'ann' }, false],
  ['the customer asking', { at: '2026-01-05T14:00:00Z', kind: 'said', side: 'customer', actor: 'eve', role: 'customer' }, false],
  ['a system changing the status', { at: '2026-01-05T14:00:00Z', status: 'working', role: 'system' }, false],
  ['an automatic message', { at: '2026-01-05T14:00:00Z', kind: 'said', isBot: true }, false],
  ['queued once more', { at: '2026-01-05T14:00:00Z', status: 'queued' }, false],
])('an act of a team: %s (%#)', async (name, event, isAct) => {
  const [handoff] = await handoffs(`team act ${name}`, 'team', [...teamAtoB, event]);
  expect(handoff?.acted_at).toBe(isAct ? '2026-01-05T14:00:00Z' : null);
});

test('someone who moves an item to a team and takes it there acts at once', async () => {
  const [handoff] = await handoffs('taken to team', 'team', [
    teamAtoB[0]!,
    { at: '2026-01-05T12:00:00Z', team: 'B', person: 'bob', actor: 'bob' },
  ]);
  expect(handoff).toMatchObject({ acted_at: '2026-01-05T12:00:00Z', wait_business_seconds: 0 });
});

test("waits on the receiving team's calendar", async () => {
  await tellCalendar(pool, {
    name: 'Berlin office',
    timeZone: 'Europe/Berlin',
    hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '09:00', closes: '17:00' })),
  });
  await tellTeam(pool, { name: 'B', calendar: 'Berlin office' });
  const [handoff] = await handoffs('over the clock change', 'team', [
    { at: '2026-03-27T10:00:00Z', team: 'A' },
    { at: '2026-03-27T15:00:00Z', team: 'B' },
    { at: '2026-03-30T08:00:00Z', status: 'working' },
  ]);
  // Friday 16:00 to 17:00, Monday 9:00 to 10:00 local.
  expect(handoff?.wait_business_seconds).toBe(7_200);
});

test.each<[string, StoryEvent, boolean]>([
  ['a note before it', { at: '2026-01-05T11:40:00Z', kind: 'noted', actor: 'ann' }, true],
  ['an internal message just after it', { at: '2026-01-05T12:05:00Z', kind: 'said', isPublic: false, actor: 'ann' }, true],
  ['a note 31 minutes before', { at: '2026-01-05T11:29:00Z', kind: 'noted', actor: 'ann' }, false],
  ['a note six minutes after', { at: '2026-01-05T12:06:00Z', kind: 'noted', actor: 'ann' }, false],
  ['a public reply', { at: '2026-01-05T11:50:00Z', kind: 'said', actor: 'ann' }, false],
  ['a note by the receiver', { at: '2026-01-05T12:02:00Z', kind: 'noted', actor: 'bob' }, false],
])('a warm handoff needs a note by the sender: %s (%#)', async (name, event, isWarm) => {
  const [handoff] = await handoffs(`note ${name}`, 'person', [...atoB, event]);
  expect(handoff?.has_note).toBe(isWarm);
});

test('a note to an earlier owner is none to the next', async () => {
  const [, second] = await handoffs('earlier note', 'person', [
    { at: '2026-01-05T11:50:00Z', person: 'ann' },
    { at: '2026-01-05T11:55:00Z', kind: 'noted', actor: 'ann' },
    { at: '2026-01-05T12:00:00Z', person: 'bob', actor: 'ann' },
    { at: '2026-01-05T12:10:00Z', person: 'cem', actor: 'bob' },
  ]);
  expect(second).toMatchObject({ from_id: 'bob', to_id: 'cem', has_note: false });
});

test('says nothing of notes where the source does not tell them', async () => {
  await tellConnection(pool, { lacks: ['visibility'] });
  const [handoff] = await handoffs('unknown notes', 'person', atoB);
  expect(handoff?.has_note).toBeNull();
  await tellConnection(pool);
});

test('tells direct from indirect returns', async () => {
  const passed = await handoffs(
    'returns',
    'team',
    [...'ABCAC'].map((team, hour) => ({ at: `2026-01-05T1${hour}:00:00Z`, team })),
  );
  expect(passed.map((handoff) => [handoff.from_id, handoff.to_id, handoff.returns])).toEqual([
    ['A', 'B', null],
    ['B', 'C', null],
    ['C', 'A', 'indirect'],
    ['A', 'C', 'direct'],
  ]);
});
