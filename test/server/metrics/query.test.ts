import { describe, expect, test } from 'vitest';
import { metricItems } from '#server/metrics/items.js';
import { queryMetric } from '#server/metrics/query.js';
import type { MetricRequest } from '#server/metrics/request.js';
import { testDatabase } from '../../support/database.js';
import { bothEngines, id, writeFacts } from './support/measured.js';

const { pool } = await testDatabase();
const { ask, engines, refresh } = await bothEngines(pool);

const request: MetricRequest = { metric: 'lead-time', from: '2026-01-01', to: '2026-02-01', grain: 'week', zone: 'UTC' };
const engine = () => engines[0] as (typeof engines)[0];
const refusal = (change: object) => queryMetric(engine(), { ...request, ...change });

describe('a request that names something unknown is refused with the known ones', () => {
  test.each([
    [{ metric: 'lead-tme' }, 'Unknown metric "lead-tme"; known: lead-time, cycle-time'],
    [{ by: 'colour' }, 'Unknown dimension "colour"; known: team, type'],
    [{ filters: { colour: ['red'] } }, 'Unknown dimension "colour"; known: team, type'],
    [{ grain: 'fortnight' }, 'Unknown grain "fortnight"; known: day, week, month, quarter, year, all.'],
    [{ zone: 'Mars/Olympus' }, 'Unknown time zone "Mars/Olympus"; give an IANA name such as Europe/Istanbul.'],
    [{ from: '2026-02-30' }, '"from" is "2026-02-30", which is no date; write it as YYYY-MM-DD.'],
    [{ to: '01/02/2026' }, '"to" is "01/02/2026", which is no date; write it as YYYY-MM-DD.'],
    [{ to: '2026-01-01' }, 'The window from 2026-01-01 to 2026-01-01 is empty: "to" is exclusive and must be a later date.'],
    [{ clock: 'lunar' }, 'Unknown clock "lunar"; known: calendar, business.'],
    [{ level: 'person' }, '"lead-time" has no option "level"; known: clock.'],
    [{ metric: 'handover-matrix', by: 'team' }, '"handover-matrix" is broken down by pairs already; leave out "by".'],
    [
      { metric: 'process-behaviour', of: 'process-behaviour' },
      '"process-behaviour" cannot be watched by "process-behaviour"; name a metric that counts something.',
    ],
  ])('%o', async (change, message) => {
    await writeFacts(pool, [{ name: 'desk', asOf: '2026-01-20T00:00:00Z' }], []);
    await refresh();
    await expect(refusal(change)).rejects.toThrow(message);
  });

  test('also for marks that are not there', async () => {
    await expect(metricItems(engine(), { ...request, bucket: '2026-01-06' })).rejects.toThrow(
      'Unknown bucket "2026-01-06"; the window has 2026-01-01 to 2026-01-26 by week.',
    );
    await expect(metricItems(engine(), { ...request, bucket: '2026-01-05', part: 'numerator' })).rejects.toThrow(
      '"lead-time" has no numerator',
    );
  });
});

test('what was before a source told its history is not measurable, and the answer says since when', async () => {
  await writeFacts(pool, [{ name: 'desk', asOf: '2026-01-20T00:00:00Z', from: '2026-01-12T09:00:00Z' }], []);
  await refresh();
  const told = async (change: object) => (await ask({ ...request, ...change })).absent.map(({ reason }) => reason.slice(0, 33));
  expect(await told({})).toEqual(['Not measurable before 2026-01-12:']);
  expect(await told({ from: '2026-01-12' })).toEqual(['Not measurable before 2026-01-12:']);
  expect(await told({ from: '2026-01-13' })).toEqual([]);
  expect(await told({ zone: 'Pacific/Kiritimati', from: '2026-01-13' })).toEqual([]);
});

describe('connections', () => {
  const five = (connection: string) =>
    [1, 2, 3, 4, 5].map((hours) => ({
      name: `${connection} ${hours}`,
      connection,
      created: '2026-01-05T00:00:00Z',
      ended: `2026-01-05T0${hours}:00:00Z`,
    }));

  test('that lack a signal are left out with the reason, and never count as zero', async () => {
    await writeFacts(
      pool,
      [
        { name: 'desk', asOf: '2026-01-20T00:00:00Z' },
        { name: 'mute', asOf: '2026-01-20T00:00:00Z', lacks: ['finish'] },
      ],
      [...five('desk'), ...five('mute')],
    );
    await refresh();
    const result = await ask({ metric: 'lead-time', by: 'connection' });
    expect(result.rows.map((row) => [row.by, row.n])).toEqual([['desk', 5]]);
    expect(result.absent).toEqual([{ connection: 'mute', signal: 'finish', reason: 'No finish in the file.' }]);
  });

  test('of which none can be measured give no rows at all', async () => {
    await writeFacts(
      pool,
      [
        { name: 'mute', asOf: '2026-01-20T00:00:00Z', lacks: ['finish'] },
        { name: 'new', asOf: null },
      ],
      five('mute'),
    );
    await refresh();
    const result = await ask({ metric: 'lead-time' });
    expect(result.rows).toEqual([]);
    expect(result.asOf).toBeNull();
    expect(result.absent.map((missing) => [missing.connection, missing.signal])).toEqual([
      ['mute', 'finish'],
      ['new', 'sync'],
    ]);
  });

  test('that are filtered out are not told as absent', async () => {
    await writeFacts(
      pool,
      [
        { name: 'desk', asOf: '2026-01-20T00:00:00Z' },
        { name: 'mute', asOf: '2026-01-20T00:00:00Z', lacks: ['finish'] },
      ],
      five('desk'),
    );
    await refresh();
    expect((await ask({ metric: 'lead-time', filters: { connection: ['desk'] } })).absent).toEqual([]);
  });

  test("each count up to their own data's time", async () => {
    const open = (connection: string, index: number) => ({ name: `${connection} ${index}`, connection, created: '2026-01-05T00:00:00Z' });
    await writeFacts(
      pool,
      [
        { name: 'desk', asOf: '2026-01-05T01:00:00Z' },
        { name: 'field', asOf: '2026-01-05T02:00:00Z' },
      ],
      [0, 1, 2, 3, 4].flatMap((index) => [open('desk', index), open('field', index)]),
    );
    await refresh();
    const result = await ask({ metric: 'lead-time', by: 'connection' });
    expect(result.asOf).toBe('2026-01-05T02:00:00.000Z');
    expect(result.rows.map((row) => [row.by, row.lo, row.note])).toEqual([
      ['desk', 3_600, 'not-reached;too-few:p85;too-few:p95'],
      ['field', 7_200, 'not-reached;too-few:p85;too-few:p95'],
    ]);
  });
});

describe('marks', () => {
  test('of a period that is not over, or that the window cuts, say so', async () => {
    await writeFacts(pool, [{ name: 'desk', asOf: '2026-01-14T00:00:00Z' }], []);
    await refresh();
    const { rows } = await ask({ metric: 'lead-time', grain: 'week', to: '2026-01-21' });
    expect(rows.map((row) => [row.bucket, row.note])).toEqual([
      ['2026-01-01', 'empty;partial'],
      ['2026-01-05', 'empty'],
      ['2026-01-12', 'empty;running'],
      ['2026-01-19', 'empty;running;partial'],
    ]);
  });

  test('open to their items, greatest first and in pages', async () => {
    const items = [3, 1, 2].map((hours) => ({
      name: `i${hours}`,
      created: '2026-01-05T00:00:00Z',
      ended: `2026-01-05T0${hours}:00:00Z`,
      team: hours === 3 ? null : 'Alpha',
    }));
    await writeFacts(
      pool,
      [{ name: 'desk', asOf: '2026-01-14T00:00:00Z' }],
      [...items, { name: 'lost', created: '2026-01-05T00:00:00Z', ended: '2026-01-06T00:00:00Z', outcome: 'unknown' }],
    );
    await refresh();
    const mark = { ...request, by: 'team' as const, bucket: '2026-01-05' };
    expect(await metricItems(engine(), { ...mark, segment: 'Alpha', limit: 1, offset: 1 })).toEqual({
      total: 2,
      units: [{ itemId: id('item', 'i1'), contribution: 3_600 }],
    });
    expect(await metricItems(engine(), { ...mark, segment: null })).toMatchObject({ total: 2 - 1, units: [{ itemId: id('item', 'i3') }] });
    expect(await metricItems(engine(), { ...mark, offset: 9 })).toEqual({ total: 3, units: [] });
    expect(await metricItems(engine(), { ...mark, part: 'excluded' })).toMatchObject({ total: 1, units: [{ itemId: id('item', 'lost') }] });
  });

  test('take names as names, whatever is written in them', async () => {
    const name = `O'Brien"; drop table measured.item; --`;
    await writeFacts(
      pool,
      [{ name: 'desk', asOf: '2026-01-14T00:00:00Z' }],
      [{ name: 'i', created: '2026-01-05T00:00:00Z', team: name, customer: 'a, b' }],
    );
    await refresh();
    expect(
      (await ask({ metric: 'lead-time', by: 'team', filters: { team: [name, ''], customer: ['a, b'] } })).rows.map((row) => row.by),
    ).toEqual([name]);
  });
});
