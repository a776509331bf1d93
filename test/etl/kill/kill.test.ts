import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { addConnection } from '#etl/connections.js';
import { syncConnection } from '#etl/sync.js';
import { testDatabase } from '../../support/database.js';
import { sequence } from '../../support/sequence.js';
import { coreHash, emptyModel } from '../core-hash.js';
import { sessionsEnded, startSync } from './child.js';

const kills = Number(process.env['THROUGHLINE_KILLS'] ?? 10);
const rows = 12_000;

const { pool, url } = await testDatabase();
const directory = await mkdtemp(join(tmpdir(), 'throughline-kill-'));
const file = join(directory, 'log.csv');

afterAll(() => rm(directory, { recursive: true, force: true }));

/** Items interleave, so that every page touches items of the others; every 500th row is a repetition, every 1,000th broken. */
function log(): string {
  const lines = ['item,at,status,team,title'];
  for (let n = 1; n <= rows; n += 1) {
    const at = new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString();
    const line = `i${n % 700},${at},${n % 9 === 0 ? 'closed' : 'open'},team ${n % 5},title ${n}`;
    lines.push(n % 1_000 === 0 ? 'i1,not a time,open,,' : line, ...(n % 500 === 0 ? [line] : []));
  }
  return `${lines.join('\n')}\n`;
}

const mapping = {
  rows: 'events',
  item: { id: 'item', title: 'title', type: { value: 'task' } },
  event: { at: 'at', status: 'status', team: 'team' },
  statuses: { open: 'ours_active', closed: 'done' },
};

const syncInChild = (statement: number, when: 'before' | 'after') => startSync({ url, connection: 'log', statement, when }).output;

async function begin(): Promise<void> {
  await emptyModel(pool);
  await addConnection(pool, { name: 'log', connector: 'csv', config: { file, mapping } });
}

test(
  `an import killed at any of ${kills} points and started again ends like one never disturbed`,
  { timeout: 300_000 + kills * 60_000 },
  async () => {
    await writeFile(file, log());
    await begin();
    const statements = Number(await syncInChild(0, 'before'));
    const expected = await coreHash(pool);
    expect(statements).toBeGreaterThan(30);
    expect((await pool.query(`select count(*)::int as n from core.event`)).rows).toEqual([{ n: rows + 12 }]);
    const random = sequence(20_260_105);
    let resumed = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const statement = 1 + Math.floor(random() * statements);
      await begin();
      await expect(syncInChild(statement, kill % 2 === 0 ? 'before' : 'after')).rejects.toMatchObject({ signal: 'SIGKILL' });
      await sessionsEnded(pool);
      const outcome = await syncConnection(pool, 'log');
      expect({ statement, state: outcome.state, hash: await coreHash(pool) }).toEqual({ statement, state: 'complete', hash: expected });
      if (outcome.fetched < rows + 24) resumed += 1;
      const open = await pool.query(`select count(*)::int as n from ingest.quarantine`);
      expect(open.rows).toEqual([{ n: 12 }]);
    }
    expect(resumed).toBeGreaterThan(kills / 4);
    const runs = await pool.query(`select distinct state from ingest.sync_run`);
    expect(runs.rows).not.toContainEqual({ state: 'running' });
  },
);
