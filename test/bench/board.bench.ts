import { expect, test } from 'vitest';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { loadSample } from '#server/sync/sample.js';
import { testServer } from '../server/dashboards/test-server.js';
import { testDatabase } from '../support/database.js';
import { benchBoards, type Report } from './board.js';
import { insertSyntheticFacts } from './synthetic-facts.js';

const sample = await testDatabase();
const large = await testDatabase();
const lines: Parameters<Report>[0][] = [];

const report: Report = (line) => {
  lines.push(line);
  const { name, value, unit, most } = line;
  process.stdout.write(`${name}: ${Math.round(value)} ${unit === 'ms' ? 'ms' : ''}${most === undefined ? '' : ` (at most ${most} ms)`}\n`);
};

test('boards answer in time over the sample', { timeout: 600_000 }, async () => {
  await loadSample(sample.pool, { signal: AbortSignal.timeout(300_000), now: new Date('2026-11-21T12:00:00Z') });
  await deriveFacts(sample.pool);
  const server = await testServer(sample);
  const { rows } = await sample.pool.query<{ type: string }>(
    'select type from facts.item group by type order by count(*) desc, type limit 2',
  );
  await benchBoards('sample', await server.listen(), { name: 'type', values: rows.map(({ type }) => type) }, report);
});

test('boards answer in time over 200,000 items', { timeout: 600_000 }, async () => {
  await insertSyntheticFacts(large.pool, 200_000);
  const server = await testServer(large);
  await benchBoards('200,000 items', await server.listen(), { name: 'type', values: ['incident', 'change'] }, report);
});

test('nothing took longer than it may', () => {
  expect(lines.filter(({ value, most }) => most !== undefined && value > most)).toEqual([]);
});
