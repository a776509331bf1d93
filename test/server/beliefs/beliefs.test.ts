import { beforeEach, expect, test } from 'vitest';
import type { BeliefResponse, ErrorResponse } from '#server/api.js';
import type { MetricResult } from '#dashboards/metric-result.js';
import { registerBeliefCommand } from '#server/beliefs/belief.cli.js';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { testDatabase } from '../../support/database.js';
import { runCommand } from '../dashboards/command-line.js';
import { testServer } from '../dashboards/test-server.js';
import { writeFacts, type ItemFacts } from '../metrics/support/measured.js';

const database = await testDatabase();
const { pool } = database;

/** Created on the first of January, promised for the 11th; eight of ten kept, those of the web half. */
const items = Array.from({ length: 10 }, (_, n): ItemFacts => {
  const ended = n < 8 ? '2026-01-10T00:00:00Z' : '2026-01-12T00:00:00Z';
  const promises = [{ said: '2026-01-01T00:00:00Z', due: '2026-01-11T00:00:00Z', until: ended }];
  return { name: `i${n}`, channel: n < 5 ? 'phone' : 'web', created: '2026-01-01T00:00:00Z', ended, promises };
});
await writeFacts(pool, [{ name: 'desk', asOf: '2026-01-20T12:00:00Z' }], items);
const server = await testServer(database);

beforeEach(() => pool.query('truncate app.belief, facts.dirty'));

const post = <Body = BeliefResponse>(body: unknown) => server.post<Body>('/api/beliefs', body);

test('keeps the answer and then tells the number', async () => {
  const { status, body } = await post({ metric: 'on-time-first', answer: 95 });
  expect(status).toBe(201);
  expect(body).toMatchObject({ answer: 95, number: 80, gap: 15, n: 10, person: 'lead', from: '2026-01-01', to: '2026-01-21' });
  const kept = await pool.query('select person, metric, scope, answer from app.belief');
  expect(kept.rows).toEqual([{ person: 'lead', metric: 'on-time-first', scope: '{}', answer: 95 }]);
});

test('takes one answer of a person about a number, and another of another person or about other items', async () => {
  const belief = { metric: 'on-time-first', answer: 95, person: 'Ann' };
  expect((await post(belief)).status).toBe(201);
  const again = await post<ErrorResponse>({ ...belief, answer: 80 });
  expect(again.status).toBe(400);
  expect(again.body.message).toContain('"Ann" has answered 95 for on-time-first from 2026-01-01 to 2026-01-21 already');
  expect((await post({ ...belief, person: 'Ben' })).status).toBe(201);
  const web = await post({ ...belief, filters: { channel: ['web'] } });
  expect(web.body).toMatchObject({ number: 60, gap: 35, n: 5 });
});

test('shows in the metric once the next version is derived', async () => {
  await post({ metric: 'on-time-first', answer: 95 });
  await deriveFacts(pool);
  await server.engine.refresh();
  const { rows } = await server.json<MetricResult>('/api/metrics/belief-gap?from=2026-01-01&to=2026-02-01&grain=week');
  expect(rows).toMatchObject([{ bucket: '2026-01-01', n: 10, values: { beliefGap: 15, answers: 1 } }]);
});

test.each([
  [{ metric: 'on-time-first', answer: 101 }, 'answer'],
  [{ metric: 'on-time-first' }, 'answer'],
  [{ metric: 'on-time-frist', answer: 80 }, 'Unknown metric'],
  [{ metric: 'lead-time', answer: 80 }, 'is none'],
  [{ metric: 'on-time-first', answer: 80, from: '2026-03-01', to: '2026-02-01' }, 'is empty'],
  [{ metric: 'on-time-first', answer: 80, filters: { colour: ['red'] } }, 'colour'],
])('refuses %j and keeps nothing of it', async (body, said) => {
  const refused = await post<ErrorResponse>(body);
  expect(refused.status).toBe(400);
  expect(refused.body.message).toContain(said);
  expect((await pool.query('select from app.belief')).rowCount).toBe(0);
});

test('is asked on the command line too', async () => {
  const belief = (...words: string[]) => runCommand(pool, registerBeliefCommand, ['belief', ...words]);
  expect((await belief('on-time-first', '95')).printed).toEqual([
    'on-time-first from 2026-01-01 to 2026-01-21: believed 95 %, is 80.0 % (n 10); gap +15.0 pp',
  ]);
  expect((await belief('on-time-first', '80')).error).toContain('the first answer holds');
  expect((await belief('on-time-first', 'most', '--person', 'Ann')).error).toContain('"most" is no number');
  expect((await belief('on-time-first', '40', '--filter', 'channel=web', '--json')).printed).toMatchObject([{ gap: -20, n: 5 }]);
});
