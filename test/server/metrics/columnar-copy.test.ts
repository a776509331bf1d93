import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { factTables, nameTables, workingTime } from '#server/metrics/columnar-tables.js';
import type { MetricEngine } from '#server/metrics/engine.js';
import { whileWanted } from '#server/metrics/engine.js';
import { openMetricEngine } from '#server/metrics/open-engine.js';
import { testDatabase } from '../../support/database.js';
import { generatedAsOf, generatedItems } from './support/generated.js';
import { addItems, removeItem, writeFacts } from './support/measured.js';

const { pool } = await testDatabase();
const desk = { name: 'desk', asOf: generatedAsOf };
const open: MetricEngine[] = [];
const directories: string[] = [];

afterEach(async () => {
  for (const engine of open.splice(0)) await engine.close();
  for (const directory of directories.splice(0)) await rm(directory, { recursive: true, force: true });
});

async function newDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'throughline-copy-'));
  directories.push(directory);
  return directory;
}

async function openIn(directory: string): Promise<MetricEngine> {
  const engine = await openMetricEngine({ pool, directory, engine: 'duckdb' });
  open.push(engine);
  return engine;
}

const relations = [...nameTables, workingTime, ...factTables].map(({ name }) => name);

/** Every row of every relation, in an order of its own. */
async function contents(engine: MetricEngine): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const name of relations) {
    const columns = (
      await engine.query(
        `select column_name from information_schema.columns where table_schema = 'measured' and table_name = '${name}' and column_name <> 'version' order by column_name`,
      )
    ).map((row) => `"${String(row.column_name)}"`);
    const rows = await engine.query(`select ${columns.join(', ')} from measured.${name}`);
    all[name] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return all;
}

async function expectWhole(engine: MetricEngine): Promise<void> {
  const postgres = await openMetricEngine({ pool, directory: '', engine: 'postgres' });
  expect(await contents(engine)).toEqual(await contents(postgres));
  expect(await engine.version()).toBe(await postgres.version());
}

describe('the columnar copy', () => {
  test('holds every row as it is: empty texts, nulls, new lines, instants without end', async () => {
    await writeFacts(pool, [desk, { name: 'field', asOf: null }], generatedItems(300, 1));
    const engine = await openIn(await newDirectory());
    expect(engine.name).toBe('duckdb');
    await expectWhole(engine);
  });

  test('takes over new, changed and removed items by version', async () => {
    const items = generatedItems(200, 2);
    await writeFacts(pool, [desk], items.slice(0, 150));
    const engine = await openIn(await newDirectory());
    await addItems(pool, 'desk', items.slice(150));
    await removeItem(pool, 'item 2 3');
    await pool.query(`update core.team set name = 'Alpha & Co' where name = 'Alpha'`);
    expect(await engine.refresh()).toEqual({
      version: await (await openMetricEngine({ pool, directory: '', engine: 'postgres' })).version(),
    });
    await expectWhole(engine);
  });

  test('is kept over a restart, and goes on from its version', async () => {
    const directory = await newDirectory();
    const items = generatedItems(100, 3);
    await writeFacts(pool, [desk], items.slice(0, 60));
    await (await openMetricEngine({ pool, directory, engine: 'duckdb' })).close();
    await addItems(pool, 'desk', items.slice(60));
    await expectWhole(await openIn(directory));
  });

  test('of another database is made anew', async () => {
    const directory = await newDirectory();
    await writeFacts(pool, [desk], generatedItems(50, 4));
    await (await openMetricEngine({ pool, directory, engine: 'duckdb' })).close();
    await writeFacts(pool, [desk], generatedItems(20, 5));
    await expectWhole(await openIn(directory));
  });

  test('that is damaged is made anew', async () => {
    const directory = await newDirectory();
    await writeFacts(pool, [desk], generatedItems(20, 6));
    await writeFile(join(directory, 'facts.duckdb'), 'not a database at all, and long enough to be read as one'.repeat(500));
    const engine = await openIn(directory);
    expect(engine.name).toBe('duckdb');
    await expectWhole(engine);
  });

  test('shows a reader the version before, whole, until the next one is', async () => {
    const items = generatedItems(400, 7);
    await writeFacts(pool, [desk], items.slice(0, 100));
    const engine = await openIn(await newDirectory());
    await addItems(pool, 'desk', items.slice(100));
    const seen = new Set<string>();
    const refreshed = engine.refresh().then(() => 'refreshed');
    while ((await Promise.race([refreshed, count(engine)])) !== 'refreshed') seen.add(await count(engine));
    seen.add(await count(engine));
    expect([...seen].filter((number) => number !== '100' && number !== '400')).toEqual([]);
    expect(await count(engine)).toBe('400');
  });

  test('refreshed by two at once is refreshed one after the other', async () => {
    await writeFacts(pool, [desk], generatedItems(50, 8));
    const engine = await openIn(await newDirectory());
    await addItems(pool, 'desk', generatedItems(50, 9));
    await Promise.all([engine.refresh(), engine.refresh(), engine.refresh()]);
    await expectWhole(engine);
  });

  test('is closed while it is asked: the statement is broken off', async () => {
    await writeFacts(pool, [desk], generatedItems(20, 13));
    const engine = await openMetricEngine({ pool, directory: await newDirectory(), engine: 'duckdb' });
    const asked = engine.query(
      'select count(*) as n from range(1000000) one, range(1000000) other where (one.range * other.range) % 7 = 1',
    );
    const outcome = asked.then(
      () => 'answered',
      (error: unknown) => String(error),
    );
    await engine.query('select 1 as n');
    await engine.close();
    expect(await outcome).toMatch(/interrupt/i);
  });

  test('breaks off what nobody wants any more, also what only waits for its turn, and answers the next', async () => {
    await writeFacts(pool, [desk], generatedItems(20, 14));
    const engine = await openIn(await newDirectory());
    const left = new AbortController();
    const asked = ['1', '2', '3', '4', '5'].map((seventh) =>
      whileWanted(engine, left.signal).query(
        `select count(*) as n from range(1000000) one, range(1000000) other where (one.range * other.range) % 7 = ${seventh}`,
      ),
    );
    setImmediate(() => left.abort());
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && String(outcome.reason))).toEqual(
      asked.map(() => 'AbortError: This operation was aborted'),
    );
    expect(await engine.query('select 1 as n')).toEqual([{ n: 1 }]);
  });

  test('leaves no files of its travel behind', async () => {
    await writeFacts(pool, [desk], generatedItems(20, 10));
    const directory = await newDirectory();
    await openIn(directory);
    expect(await readdir(join(directory, 'facts-copy'))).toEqual([]);
  });
});

describe('where the copy is open elsewhere Postgres answers', () => {
  test('in this process', async () => {
    await writeFacts(pool, [desk], generatedItems(20, 11));
    const directory = await newDirectory();
    await openIn(directory);
    expect((await openIn(directory)).name).toBe('postgres');
  });

  test('in another process', async () => {
    await writeFacts(pool, [desk], generatedItems(20, 12));
    const directory = await newDirectory();
    const script = `const { DuckDBInstance } = await import('@duckdb/node-api'); await DuckDBInstance.create(process.argv[1]); console.log('open'); process.stdin.resume();`;
    const other = spawn(process.execPath, ['--input-type=module', '-e', script, join(directory, 'facts.duckdb')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(other.stdout, 'data');
    expect((await openIn(directory)).name).toBe('postgres');
    other.stdin.end();
    await once(other, 'exit');
    expect((await openIn(directory)).name).toBe('duckdb');
  });
});

test('the columnar engine reads no files and takes no settings', async () => {
  await writeFacts(pool, [desk], []);
  const engine = await openIn(await newDirectory());
  await expect(engine.query(`select * from read_csv('/etc/hostname')`)).rejects.toThrow('disabled by configuration');
  await expect(engine.query('set enable_external_access = true')).rejects.toThrow();
  await expect(engine.query(`set memory_limit = '8GB'`)).rejects.toThrow('configuration has been locked');
});

test('the columnar engine gives memory back while nobody asks', async () => {
  const engine = await openIn(await newDirectory());
  expect(await engine.query(`select current_setting('allocator_background_threads') as is_on`)).toEqual([{ is_on: true }]);
});

async function count(engine: MetricEngine): Promise<string> {
  return String((await engine.query('select count(*)::int as n from measured.item'))[0]?.n);
}
