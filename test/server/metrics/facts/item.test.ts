import { beforeAll, expect, test } from 'vitest';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { testDatabase } from '../../../support/database.js';
import { type StoryItem, factsOf, tell, tellCalendar, tellConnection, tellTeam } from '../../../support/story.js';

const { pool } = await testDatabase();

beforeAll(() => tellConnection(pool));

async function itemOf(item: StoryItem): Promise<Record<string, unknown> | undefined> {
  await tell(pool, item);
  await deriveFacts(pool);
  return (await factsOf(pool, 'item', item.name))[0];
}

const hour = (h: number): string => `2026-01-05T${String(h).padStart(2, '0')}:00:00Z`;

test('is created, started and finished by its statuses', async () => {
  const item = await itemOf({
    name: 'plain',
    events: [
      { at: hour(9), kind: 'created', status: 'queued', team: 'A' },
      { at: hour(10), status: 'working' },
      { at: hour(12), status: 'done' },
      { at: hour(13), kind: 'rated' },
    ],
  });
  expect(item).toMatchObject({
    created_at: hour(9),
    started_at: hour(10),
    finished_at: hour(12),
    ended_at: hour(12),
    outcome: 'done',
    excluded: null,
    first_event_at: hour(9),
    last_event_at: hour(13),
    event_count: 4,
    lead_business_seconds: 10_800,
    cycle_business_seconds: 7_200,
    resolutions: 1,
    reopens: 0,
  });
});

test('a reopened item ends with its last finish and keeps its cycles', async () => {
  const item = await itemOf({
    name: 'reopened',
    events: [
      { at: hour(9), status: 'queued', team: 'A' },
      { at: hour(10), status: 'done' },
      { at: hour(11), status: 'working', team: 'B' },
      { at: hour(14), status: 'done' },
    ],
  });
  expect(item).toMatchObject({ finished_at: hour(14), resolutions: 2, reopens: 1, lead_business_seconds: 18_000 });
  expect(await factsOf(pool, 'cycle', 'reopened')).toEqual([
    { n: 1, opened_at: hour(9), resolved_at: hour(10), reopened_at: hour(11), team_id: 'A' },
    { n: 2, opened_at: hour(11), resolved_at: hour(14), reopened_at: null, team_id: 'B' },
  ]);
});

test('an item reopened and still open has no finish', async () => {
  const item = await itemOf({
    name: 'open again',
    events: [
      { at: hour(9), status: 'done' },
      { at: hour(10), status: 'working', team: 'A' },
    ],
  });
  expect(item).toMatchObject({
    finished_at: null,
    ended_at: 'infinity',
    outcome: 'open',
    resolutions: 1,
    reopens: 1,
    lead_business_seconds: null,
  });
});

test('a thank-you after the finish is no reopening', async () => {
  const item = await itemOf({
    name: 'thanked',
    events: [
      { at: hour(9), status: 'working' },
      { at: hour(10), status: 'done' },
      { at: hour(11), kind: 'said', side: 'customer' },
      { at: hour(12), status: 'odd' },
    ],
  });
  expect(item).toMatchObject({ finished_at: hour(10), outcome: 'done', reopens: 0 });
  expect(await factsOf(pool, 'turn', 'thanked')).toMatchObject([
    { asked_at: hour(11), answered_at: null, until_at: hour(11), business_seconds: 0 },
  ]);
});

test('a late copy of an earlier row is no reopening where the source numbers its events throughout', async () => {
  const events = [
    { at: hour(9), seq: 2, status: 'queued', team: 'A' },
    { at: hour(10), seq: 3, status: 'done', team: 'B' },
    { at: hour(11), seq: 1, status: 'queued', team: 'A' },
  ];
  expect(await itemOf({ name: 'copied', events })).toMatchObject({ reopens: 1, outcome: 'open', team_handoffs: 2 });
  await tellConnection(pool, { settings: { isNumberedThroughout: true } });
  expect(await itemOf({ name: 'copied', events })).toMatchObject({ reopens: 0, finished_at: hour(10), team_handoffs: 1, event_count: 3 });
  await tellConnection(pool);
});

test('moving between done statuses does nothing', async () => {
  const item = await itemOf({
    name: 'closed',
    events: [
      { at: hour(9), status: 'queued' },
      { at: hour(10), status: 'done' },
      { at: hour(12), status: 'closed' },
    ],
  });
  expect(item).toMatchObject({ finished_at: hour(10), resolutions: 1, reopens: 0 });
});

test('a cancelled item is no success, and reviving it is no reopening', async () => {
  const events = [
    { at: hour(9), status: 'queued' },
    { at: hour(10), status: 'cancelled' },
  ];
  expect(await itemOf({ name: 'cancelled', events })).toMatchObject({
    outcome: 'cancelled',
    finished_at: null,
    ended_at: hour(10),
    resolutions: 0,
  });
  const revived = await itemOf({ name: 'revived', events: [...events, { at: hour(12), status: 'working' }] });
  expect(revived).toMatchObject({ outcome: 'open', resolutions: 0, reopens: 0 });
  expect(await factsOf(pool, 'cycle', 'revived')).toMatchObject([
    { n: 1, opened_at: hour(9), resolved_at: null, reopened_at: null },
    { n: 2, opened_at: hour(12), resolved_at: null, reopened_at: null },
  ]);
});

test('an explicit finish overrides the statuses', async () => {
  const item = await itemOf({
    name: 'explicit',
    createdAt: hour(8),
    finishedAt: hour(11),
    finishIsExplicit: true,
    events: [
      { at: hour(9), status: 'queued' },
      { at: hour(10), status: 'done' },
    ],
  });
  expect(item).toMatchObject({
    created_at: hour(8),
    finished_at: hour(11),
    ended_at: hour(11),
    outcome: 'done',
    lead_business_seconds: 10_800,
  });
});

test('done without the explicit finish its source tells has an unknown end', async () => {
  const item = await itemOf({
    name: 'unknown end',
    finishIsExplicit: true,
    events: [
      { at: hour(9), status: 'working', team: 'A' },
      { at: hour(10), status: 'done' },
    ],
  });
  expect(item).toMatchObject({
    outcome: 'unknown',
    finished_at: null,
    ended_at: hour(10),
    lead_business_seconds: null,
    ours_active_seconds: 3_600,
  });
});

test('an item that ended before it was created is kept, excluded and without seconds', async () => {
  const item = await itemOf({
    name: 'backwards',
    createdAt: hour(12),
    finishedAt: hour(11),
    events: [{ at: hour(12), status: 'working' }],
  });
  expect(item).toMatchObject({
    excluded: 'clock_anomaly',
    outcome: 'done',
    finished_at: hour(11),
    lead_business_seconds: null,
    ours_active_seconds: null,
  });
  expect(await factsOf(pool, 'interval', 'backwards')).toEqual([]);
});

test('what the source excludes stays excluded for its reason', async () => {
  expect(await itemOf({ name: 'merged', excluded: 'merged', events: [{ at: hour(9), kind: 'created' }] })).toMatchObject({
    excluded: 'merged',
  });
});

test('an item finished the second it was created has a lead time of nothing', async () => {
  const item = await itemOf({
    name: 'instant',
    events: [
      { at: hour(9), kind: 'created' },
      { at: hour(9), status: 'done' },
    ],
  });
  expect(item).toMatchObject({ lead_business_seconds: 0, ours_waiting_seconds: 0, cycle_business_seconds: null });
});

test('an item without events is open since it was created', async () => {
  const item = await itemOf({ name: 'silent', createdAt: hour(9), events: [] });
  expect(item).toMatchObject({ created_at: hour(9), first_event_at: hour(9), event_count: 0, outcome: 'open' });
});

test('the first response is the first public human word', async () => {
  const item = await itemOf({
    name: 'answered',
    events: [
      { at: hour(9), kind: 'created' },
      { at: hour(9), kind: 'said', side: 'customer' },
      { at: hour(10), kind: 'said', isBot: true },
      { at: hour(11), kind: 'said', isPublic: false },
      { at: hour(12), kind: 'said' },
      { at: hour(13), kind: 'said' },
    ],
  });
  expect(item).toMatchObject({ first_response_at: hour(12), first_response_business_seconds: 10_800 });
});

test('a turn starts at the first message and stops at our next public word', async () => {
  await tell(pool, {
    name: 'turns',
    events: [
      { at: hour(9), kind: 'said', side: 'customer' },
      { at: hour(10), kind: 'said', side: 'customer', team: 'A' },
      { at: hour(11), kind: 'said', isPublic: false },
      { at: hour(12), kind: 'said' },
      { at: hour(13), kind: 'said' },
      { at: hour(14), kind: 'said', side: 'customer' },
    ],
  });
  await deriveFacts(pool);
  expect(await factsOf(pool, 'turn', 'turns')).toEqual([
    { n: 1, asked_at: hour(9), answered_at: hour(12), until_at: hour(12), team_id: 'A', business_seconds: 10_800 },
    { n: 2, asked_at: hour(14), answered_at: null, until_at: 'infinity', team_id: 'A', business_seconds: null },
  ]);
});

test('lead time runs on the calendar of whoever had it', async () => {
  const hours = (opens: string, closes: string) => [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens, closes }));
  await tellCalendar(pool, { name: 'early', timeZone: 'UTC', hours: hours('06:00', '12:00') });
  await tellCalendar(pool, { name: 'late', timeZone: 'UTC', hours: hours('12:00', '20:00') });
  await tellTeam(pool, { name: 'Early', calendar: 'early' });
  await tellTeam(pool, { name: 'Late', calendar: 'late' });
  const item = await itemOf({
    name: 'shifts',
    events: [
      { at: hour(9), kind: 'created', team: 'Early' },
      { at: hour(14), team: 'Late' },
      { at: hour(16), status: 'done' },
    ],
  });
  // Early 9 to 12, Late 14 to 16.
  expect(item?.lead_business_seconds).toBe(18_000);
});
