import { beforeAll, describe, expect, test } from 'vitest';
import type { MetricRow } from '#dashboards/metric-result.js';
import { metrics } from '#server/metrics/definitions/index.js';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { queryMetric } from '#server/metrics/query.js';
import { testDatabase } from '../../support/database.js';
import { tell, tellConnection, tellTeam, type StoryItem } from '../../support/story.js';
import { bothEngines } from './support/measured.js';
import { randomStories, toldBy } from './support/random-stories.js';

/** "The value of a past week does not change when later events arrive": of every metric, asked as of then and asked now. */
const { pool } = await testDatabase();
const { engines, refresh } = await bothEngines(pool);
const then = '2026-02-02T00:00:00.000Z';

async function know(stories: StoryItem[], asOf: string): Promise<void> {
  await tell(pool, ...stories);
  await pool.query('update ingest.connection set as_of_at = $1', [asOf]);
  await deriveFacts(pool);
  await refresh();
}

/** The four weeks before `then`, of every metric. */
async function weeks(asOf?: string): Promise<Map<string, unknown>> {
  const [engine] = engines;
  if (!engine) throw new Error('No engine.');
  const window = { from: '2026-01-05', to: '2026-02-02', grain: 'week', zone: 'UTC' } as const;
  const results = await Promise.all(
    metrics.map(({ id }) => queryMetric(engine, { metric: id, ...window, ...(asOf !== undefined && { asOf }) })),
  );
  return new Map(results.map(({ metric, rows }) => [metric, rounded(rows)]));
}

function rounded(rows: MetricRow[]): unknown {
  return JSON.parse(JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(9)) : value)));
}

function differing(one: Map<string, unknown>, other: Map<string, unknown>): string[] {
  return [...one].filter(([metric, rows]) => JSON.stringify(rows) !== JSON.stringify(other.get(metric))).map(([metric]) => metric);
}

/** What is known of the words after a handoff is a number, not when each was said. */
const withoutInstants = ['re-ask', 'customer-repeats', 'handoff-loss', 'system-handoffs'];

/** Of an item reopened later its final finish alone is kept, and with it whether the first one kept its date. */
const byFinalFinish = [
  'lead-time',
  'lead-time-distribution',
  'court-age',
  'promise-survival',
  'cycle-time',
  'spread',
  'tail-ratio',
  'process-behaviour',
  'target-ratchet',
  'handoff-cost',
  'owner-share',
  'on-time-first',
  'on-time-last',
  'level-spread',
  'goalpost-gap',
  'tardiness',
  'promises-kept',
  'proactive-notice',
  'notice-lead',
  'chased-first',
  'customer-effort',
  'first-owner-authority',
  'first-response',
  'level-vs-load',
  'load',
  'newcomer-parity',
  'newcomer-tail',
  'calibration',
  'reliability',
  'p-late',
  'early-warning',
  'sle-attainment',
  'journey-lead-time',
  'journey-wait',
];

/** Counted by what had been decided by the end of the period, or by the time that passed in it. */
const decidedInTheirPeriod = [
  'cadence',
  'cold-handoff',
  'flow-efficiency',
  'handoff-loss-time',
  'handoff-wait-share',
  'handoffs',
  'promises-kept',
  'on-time-first',
  'push-to-front',
  'returns',
  'silence',
  'slip-after-due',
  'visibility-coverage',
];

describe.each([1, 2, 3])('of random stories (seed %i)', (seed) => {
  let known: Map<string, unknown>;

  beforeAll(async () => {
    await tellConnection(pool);
    for (const team of ['A', 'B', 'C']) await tellTeam(pool, { name: team });
    await pool.query('truncate core.item, core.event, core.message cascade');
    await pool.query('truncate facts.dirty');
    const stories = randomStories(250, seed, 0);
    await know(toldBy(stories, then), then);
    known = await weeks();
    await know(stories, '2026-04-01T00:00:00.000Z');
  });

  test('asked as of then, every metric says what it said then', async () => {
    expect(differing(known, await weeks(then)).filter((metric) => !withoutInstants.includes(metric))).toEqual([]);
  });

  test('what is decided in its period says so without being asked as of then', async () => {
    const changed = differing(known, await weeks());
    expect(changed.filter((metric) => decidedInTheirPeriod.includes(metric))).toEqual([]);
    // What is followed up does change: that items open then have been finished is what it waits for.
    expect(changed).toContain('lead-time');
  });
});

test('where items are reopened later, only what counts the final finish is told differently', async () => {
  await tellConnection(pool);
  await pool.query('truncate core.item, core.event, core.message cascade');
  const stories = randomStories(400, 9, 0.6);
  await know(toldBy(stories, then), then);
  const known = await weeks();
  await know(stories, '2026-04-01T00:00:00.000Z');
  const changed = differing(known, await weeks(then));
  expect(changed.filter((metric) => !withoutInstants.includes(metric) && !byFinalFinish.includes(metric))).toEqual([]);
  expect(changed).toContain('on-time-first');
});

test('an instant that is none is refused', async () => {
  await expect(weeks('yesterday')).rejects.toThrow('"asOf" is "yesterday", which is no instant; write it as 2026-03-01T00:00:00Z.');
});
