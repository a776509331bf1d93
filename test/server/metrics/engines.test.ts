import { beforeAll, describe, expect, test } from 'vitest';
import { dimensions } from '#dashboards/metric-result.js';
import { metrics } from '#server/metrics/definitions/index.js';
import type { MetricEngine } from '#server/metrics/engine.js';
import { prepareAll } from '#server/metrics/prepare-all.js';
import { queryMetric } from '#server/metrics/query.js';
import type { MetricRequest } from '#server/metrics/request.js';
import { isHeldByWeek } from '#server/metrics/weeks.js';
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
const { ask, compare, engines, refresh } = await bothEngines(pool);

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

const heldMetrics = metrics.filter(({ compute }) => compute.kind === 'counted' && isHeldByWeek(compute));

/** Of the columnar copy: the rows, and the relation that is held and that they came out of. */
async function answered(request: Partial<MetricRequest> & { metric: string }, holds = true) {
  const [engine] = engines;
  if (!engine) throw new Error('No engine.');
  const { hold, ...others } = engine;
  let relation: string | null = null;
  const listening: MetricEngine = {
    ...others,
    ...(holds && hold && { hold }),
    query(sql, parameters) {
      relation ??= /from (held\.\w+)/.exec(sql)?.[1] ?? null;
      return engine.query(sql, parameters);
    },
  };
  const window = { from: '2025-12-22', to: '2026-01-26', grain: 'week', zone: 'Asia/Tehran' } as const;
  const { rows } = await queryMetric(listening, { ...window, ...request });
  return { rows, relation };
}

describe('out of weeks that are held', () => {
  beforeAll(async () => {
    // Two teams of one name are one segment.
    await pool.query("insert into core.team select gen_random_uuid(), connection_id, 'twin', 'Alpha' from core.team limit 1");
    await pool.query(
      "update facts.interval set team_id = (select id from core.team where external_id = 'twin') where md5(item_id::text) < '4' and n % 2 = 0",
    );
    await pool.query("update facts.interval set team_id = null where md5(item_id::text) > 'd'");
    await pool.query('update facts.state set version = version + 1');
    await pool.query('update facts.item set version = (select version from facts.state)');
    await refresh();
    const [engine] = engines;
    if (engine) await prepareAll(engine, 'Asia/Tehran', () => Promise.resolve(true));
  });

  test.each(heldMetrics.map(({ id }) => id))('%s is what it is of the facts, to the last digit', async (metric) => {
    const questions: Partial<MetricRequest>[] = [
      {},
      { by: 'team' },
      { by: 'type', filters: { channel: ['web', ''], team: ['Alpha', 'Beta'] } },
      { by: 'connection', filters: { team: [''], service: ['mail', ''] } },
      // The last week is that in which the data ends.
      { from: '2026-01-05', to: '2026-02-02', filters: { connection: ['desk', 'field'], priority: ['high'] } },
    ];
    for (const question of questions) {
      const held = await answered({ metric, ...question });
      expect(held.relation).not.toBeNull();
      expect(held.rows).toEqual((await answered({ metric, ...question }, false)).rows);
    }
  });

  test('what is likely at the end of each week is what it is of the facts, to the last digit', async () => {
    const relations = new Set<string | null>();
    const byWeek: Partial<MetricRequest>[] = [{}, { by: 'team' }, { from: '2025-12-24', to: '2026-02-02', filters: { channel: ['web'] } }];
    for (const question of byWeek) {
      const held = await answered({ metric: 'p-late', ...question });
      expect(held.rows.some(({ n }) => n >= 5)).toBe(true);
      expect(held.rows).toEqual((await answered({ metric: 'p-late', ...question }, false)).rows);
      relations.add(held.relation);
    }
    expect(relations.size).toBe(1);
    const others: Partial<MetricRequest>[] = [{ grain: 'all' }, { to: '2026-01-25' }, { zone: 'UTC' }];
    for (const question of others) relations.add((await answered({ metric: 'p-late', ...question })).relation);
    expect(relations.size).toBe(4);
  });

  test('several weeks make one period', async () => {
    for (const by of [null, 'team'] as const) {
      const held = await answered({ metric: 'visibility-coverage', grain: 'all', by });
      expect(held.relation).not.toBeNull();
      expect(held.rows).toEqual((await answered({ metric: 'visibility-coverage', grain: 'all', by }, false)).rows);
    }
  });

  test.each<[string, Partial<MetricRequest>]>([
    ['days', { grain: 'day' }],
    ['weeks of another calendar', { calendar: 'jalali', from: '2025-12-20', to: '2026-01-24' }],
    ['another zone', { zone: 'UTC' }],
    ['a week that is cut', { from: '2025-12-23' }],
    ['a customer', { filters: { customer: ['Acme'] } }],
    ['what was known earlier', { asOf: '2026-01-20T00:00:00Z' }],
  ])('%s: no such weeks', async (_, question) => {
    expect(await answered({ metric: 'visibility-coverage', ...question })).toHaveProperty('relation', null);
  });
});

describe('of a filter that is tried again', () => {
  const filtered = async (request: Partial<MetricRequest> & { metric: string }, holds = true) => {
    const [engine] = engines;
    if (!engine) throw new Error('No engine.');
    const { hold, ...others } = engine;
    let statements = 0;
    const listening: MetricEngine = {
      ...others,
      ...(holds && hold && { hold }),
      query(sql, parameters) {
        statements += 1;
        return engine.query(sql, parameters);
      },
    };
    const { rows } = await queryMetric(listening, { from: '2025-12-22', to: '2026-01-26', grain: 'week', zone: 'UTC', ...request });
    return { rows, statements };
  };

  test.each(['on-time-first', 'goalpost-gap', 'slip', 'handoffs', 'reopen-rate', 'silence'])(
    '%s is added up of what its names count',
    async (metric) => {
      await filtered({ metric, filters: { channel: ['web'], type: ['request'] } });
      await filtered({ metric, filters: { channel: ['mail'], type: ['request'] } });
      for (const channel of [['web', 'mail'], ['web', ''], ['nothing']]) {
        const question = { metric, filters: { channel, type: ['request'] } };
        const added = await filtered(question);
        expect(added.statements).toBe(0);
        expect(added.rows).toEqual((await filtered(question, false)).rows);
      }
    },
  );

  test('what is of several teams is counted anew', async () => {
    for (const team of ['Alpha', 'Beta', 'Gamma']) {
      const { statements } = await filtered({ metric: 'silence', filters: { team: [team] } });
      expect(statements).toBeGreaterThan(0);
    }
  });
});
