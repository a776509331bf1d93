import { expect, test } from 'vitest';
import type { ItemResponse } from '#server/api.js';
import { courtTotals, layOut } from '../../web/src/lib/story.js';

function item(more: Partial<ItemResponse>): ItemResponse {
  return {
    id: '1',
    externalId: 'T-1',
    title: null,
    url: null,
    connection: 'Desk',
    type: 'Request',
    team: null,
    customer: null,
    createdAt: '2026-03-02T00:00:00Z',
    finishedAt: '2026-03-06T00:00:00Z',
    outcome: 'done',
    contribution: null,
    service: null,
    channel: null,
    priority: null,
    asOf: '2026-03-10T00:00:00Z',
    intervals: [],
    events: [],
    promises: [],
    handoffs: [],
    links: [],
    ...more,
  };
}

function interval(
  from: string,
  to: string | null,
  court: string,
  team: string | null = null,
  isFresh = true,
): ItemResponse['intervals'][number] {
  return { from: `2026-03-${from}T00:00:00Z`, to: to && `2026-03-${to}T00:00:00Z`, court, team, person: null, isFresh, isDuePast: false };
}

test('neighbours in the same court are one bar, and the bars fill the axis', () => {
  const story = layOut(
    item({
      intervals: [
        interval('02', '03', 'ours_waiting', 'A'),
        interval('03', '04', 'ours_waiting', 'B'),
        interval('04', '06', 'customer', 'B'),
      ],
    }),
  );
  expect(story.courts.map(({ name, start, width }) => [name, start, width])).toEqual([
    ['ours_waiting', 0, 50],
    ['customer', 50, 50],
  ]);
  expect(story.owners.map(({ name, width }) => [name, width])).toEqual([
    ['A', 25],
    ['B', 75],
  ]);
});

test('an open interval runs to the end of the data', () => {
  const story = layOut(
    item({ finishedAt: null, outcome: 'open', asOf: '2026-03-12T00:00:00Z', intervals: [interval('02', null, 'ours_active')] }),
  );
  expect(story.courts).toEqual([{ name: 'ours_active', start: 0, width: 100, seconds: 864_000, from: '2026-03-02T00:00:00Z' }]);
});

test('only our own time without a fresh word is stale', () => {
  const story = layOut(
    item({
      intervals: [
        interval('02', '03', 'ours_active', 'A', false),
        interval('03', '05', 'customer', 'A', false),
        interval('05', '06', 'ours_active', 'A'),
      ],
    }),
  );
  expect(story.stale.map(({ start, width }) => [start, width])).toEqual([[0, 25]]);
});

test('the courts add up to the whole time', () => {
  const story = layOut(item({ intervals: [interval('02', '03', 'customer'), interval('03', '06', 'ours_active')] }));
  expect(courtTotals(story)).toEqual([
    { court: 'ours_active', seconds: 259_200, percent: 75 },
    { court: 'customer', seconds: 86_400, percent: 25 },
  ]);
});

test('a promised date after the end lengthens the axis, one far away does not', () => {
  const promise = (dueAt: string) => ({
    saidAt: '2026-03-02T00:00:00Z',
    dueAt,
    until: null,
    movedSeconds: null,
    isAfterDue: null,
    askedByCustomer: false,
  });
  expect(new Date(layOut(item({ promises: [promise('2026-03-07T00:00:00Z')] })).to).toISOString()).toBe('2026-03-07T00:00:00.000Z');
  expect(new Date(layOut(item({ promises: [promise('2027-03-07T00:00:00Z')] })).to).toISOString()).toBe('2026-03-06T00:00:00.000Z');
});

test('a handoff waits until the receiver did something, and what nobody touched waits until the end', () => {
  const handoff = (day: string, to: string, waitSeconds: number | null, level = 'team') => ({
    level,
    at: `2026-03-${day}T00:00:00Z`,
    from: 'A',
    to,
    waitSeconds,
    returns: null,
  });
  const story = layOut(item({ handoffs: [handoff('03', 'B', 86_400), handoff('05', 'C', null), handoff('03', 'Ann', 60, 'person')] }));
  expect(story.waits.map(({ name, start, width, seconds }) => [name, start, width, seconds])).toEqual([
    ['B', 25, 25, 86_400],
    ['C', 75, 25, 86_400],
  ]);
});

test('where no team is told the handoffs between persons are shown', () => {
  const between = { level: 'person', at: '2026-03-03T00:00:00Z', from: 'Ann', to: 'Bob', waitSeconds: 86_400, returns: null };
  expect(layOut(item({ handoffs: [between] })).waits.map(({ name }) => name)).toEqual(['Bob']);
});
