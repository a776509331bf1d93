import { describe, expect, test } from 'vitest';
import { dimensions } from '#dashboards/metric-result.js';
import { metrics } from '#server/metrics/definitions/index.js';
import { testDatabase } from '../../support/database.js';
import { generatedAsOf, generatedItems } from './support/generated.js';
import { bothEngines, writeFacts } from './support/measured.js';

const { pool } = await testDatabase();
await writeFacts(
  pool,
  [
    { name: 'desk', asOf: generatedAsOf },
    { name: 'field', asOf: '2026-01-25T00:00:00.250Z', from: '2026-01-02T00:00:00Z' },
    { name: 'silent', asOf: generatedAsOf, lacks: ['finish', 'status', 'courts', 'due', 'messages', 'team', 'person', 'links'] },
  ],
  generatedItems(1_500, 7),
);
await pool.query(
  `insert into app.belief (person, metric, scope, from_on, to_on, time_zone, answer)
   values ('lead', 'on-time-first', '{}', '2026-01-01', '2026-02-01', 'UTC', 80)`,
);
const { ask, compare } = await bothEngines(pool);

/** Of each metric the marks of every third dimension are opened, of the next metric those of the next; all of them by `npm run test:faults`. */
const everyMark = process.env['THROUGHLINE_MARKS'] === 'every';

// `ask` compares the engines and opens every mark, `compare` opens none.
describe.each(metrics.map((metric, at) => [metric.id, metric, at] as const))('%s', (id, metric, at) => {
  const isSplit = ['handover-matrix', 'court-age', 'reliability', 'promise-survival', 'belief-gap'].includes(id);
  const hasClock = metric.options?.includes('clock') ?? false;
  const hasLevel = (metric.options?.includes('level') ?? false) && id !== 'process-behaviour' && id !== 'target-ratchet';

  test('is the same on both engines, each mark opening to the units it counts', async () => {
    const whole = await ask({ metric: id });
    expect(whole.rows.length).toBeGreaterThan(0);
    expect(whole.rows.some((row) => row.n >= 5)).toBe(true);
    expect(whole.absent.map((missing) => missing.connection)).toEqual(expect.arrayContaining(['silent']));
    await ask({ metric: id, grain: 'week', zone: 'Asia/Tehran' });
    await ask({ metric: id, grain: 'month', calendar: 'jalali', zone: 'Asia/Tehran', from: '2025-12-22', to: '2026-03-21' });
    await ask({ metric: id, grain: 'day', zone: 'America/New_York', from: '2026-01-20', to: '2026-02-01' });
    await ask({ metric: id, filters: { customer: ['Beşiktaş A.Ş.', ''], type: ['request'], connection: ['desk'] } });
    await compare({ metric: id, filters: { channel: ['web', ''], service: ['mail', 'web'] } });
  });

  if (!isSplit) {
    test('is the same broken down by each dimension', async () => {
      for (const [index, by] of dimensions.entries()) {
        const opens = everyMark || (index + at) % 3 === 0;
        await (opens ? ask : compare)({ metric: id, by, grain: by === 'team' ? 'week' : 'all' });
      }
    });
  }

  if (hasClock) {
    test("is the same on the team's clock", async () => {
      await ask({ metric: id, clock: 'business', grain: 'week', ...(id === 'target-ratchet' && { of: 'lead-time' }) });
    });
  }

  if (hasLevel) {
    test('is the same between persons', async () => {
      await ask({ metric: id, level: 'person', grain: 'week' });
    });
  }
});
