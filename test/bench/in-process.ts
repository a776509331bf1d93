import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { to as copyTo } from 'pg-copy-streams';
import { factTables } from '#server/metrics/columnar-tables.js';
import type { MetricEngine } from '#server/metrics/engine.js';
import { openMetricEngine } from '#server/metrics/open-engine.js';
import { rebuildFacts } from '#server/metrics/facts/derive.js';
import { prepareAll } from '#server/metrics/prepare-all.js';
import { queryMetric } from '#server/metrics/query.js';
import { msOf, type Figure } from './figures.js';
import type { KeptCompany } from './kept-company.js';
import { yearQuestions } from './questions.js';

/** Derives all facts anew; the most memory this process had meanwhile. */
export async function benchRebuild({ pool, events }: KeptCompany): Promise<Figure[]> {
  let most = 0;
  const look = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50);
  const ms = await msOf(() => rebuildFacts(pool));
  clearInterval(look);
  return [
    { work: 'full rebuild of facts, events', value: (events * 1_000) / ms, unit: '/s', least: 350_000 },
    { work: 'full rebuild of facts, most memory in Node', value: most / 1e6, unit: 'MB', most: 1_000 },
  ];
}

/** Makes the columnar copy anew while readers ask, and tells how fast Postgres alone hands out the same rows. */
export async function benchCopy({ pool, directory, items }: KeptCompany): Promise<Figure[]> {
  const engine = await openMetricEngine({ pool, directory: join(directory, 'metrics'), engine: 'duckdb' });
  const rows = Number(
    (await engine.query(factTables.map(({ name }) => `select count(*)::int as n from measured.${name}`).join(' union all '))).reduce(
      (sum, { n }) => sum + Number(n),
      0,
    ),
  );
  // As if the database were another one: nothing of the copy can be kept, and readers have the old one meanwhile.
  await pool.query('update facts.state set identity = gen_random_uuid(), version = version + 1');
  const seen = await seenDuring(engine, () => engine.refresh());
  await engine.close();
  const bare = await msOf(() => bareCopy(pool));
  return [
    { work: 'columnar copy from scratch, rows of item-level facts', value: (rows * 1_000) / seen.ms, unit: '/s', least: 500_000 },
    { work: 'columnar copy from scratch, items', value: (items * 1_000) / seen.ms, unit: '/s' },
    { work: 'bare COPY of the same rows out of PostgreSQL, rows', value: (rows * 1_000) / bare, unit: '/s' },
    { work: 'reads while the copy was made', value: seen.reads, unit: 'n' },
    { work: 'of them, torn between two versions', value: seen.torn, unit: 'n', most: 0 },
  ];
}

const state = `
  select (select version::int from measured.copied) as version, (select count(*)::int from measured.item) as items,
    (select count(*)::int from measured.cycle) as cycles, (select count(*)::int from measured.word) as words`;

async function seenDuring(engine: MetricEngine, work: () => Promise<unknown>): Promise<{ ms: number; reads: number; torn: number }> {
  const before = JSON.stringify((await engine.query(state))[0]);
  let isDone = false;
  const asked: string[] = [];
  const asking = (async () => {
    while (!isDone) {
      asked.push(JSON.stringify((await engine.query(state))[0]));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  const ms = await msOf(work);
  isDone = true;
  await asking;
  const after = JSON.stringify((await engine.query(state))[0]);
  return { ms, reads: asked.length, torn: asked.filter((answer) => answer !== before && answer !== after).length };
}

async function bareCopy(pool: KeptCompany['pool']): Promise<void> {
  const client = await pool.connect();
  try {
    for (const { name } of factTables) {
      const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
      await pipeline(client.query(copyTo(`copy (select * from measured.${name}) to stdout (format binary)`)), nowhere);
    }
  } finally {
    client.release();
  }
}

/** The statements behind the questions of a year, alone in DuckDB: what HTTP is compared with. */
export async function bareYear({ pool, directory }: KeptCompany): Promise<number[]> {
  const engine = await openMetricEngine({ pool, directory: join(directory, 'metrics'), engine: 'duckdb' });
  try {
    // As in the server, which does so before anybody asks.
    await prepareAll(engine, 'Europe/Berlin', () => Promise.resolve(true));
    const times: number[] = [];
    let ms = 0;
    const timed: MetricEngine = {
      ...engine,
      async query(sql, parameters) {
        let rows: Awaited<ReturnType<MetricEngine['query']>> = [];
        ms += await msOf(async () => (rows = await engine.query(sql, parameters)));
        return rows;
      },
    };
    for (const question of yearQuestions()) {
      ms = 0;
      await queryMetric(timed, question);
      times.push(ms);
    }
    return times;
  } finally {
    await engine.close();
  }
}
