import { expect, test } from 'vitest';
import { testDatabase } from '../../support/database.js';
import { sequence } from '../../support/sequence.js';
import { historyFor, setUp } from '../conformance/bench-of-one.js';
import { reference } from '../conformance/reference/harness.js';
import { coreHash } from '../core-hash.js';
import { sessionsEnded, startSync } from './child.js';

const kills = Number(process.env['THROUGHLINE_KILLS'] ?? 10);
const { pool, url } = await testDatabase();
const history = historyFor(reference, { seed: 11, items: 120, events: 8 });

test(
  `a pull from a tool killed at any of ${kills} points and started again ends like one never disturbed`,
  { timeout: 300_000 + kills * 60_000 },
  async () => {
    const begin = async () => {
      const bench = await setUp(pool, reference, history);
      await bench.connect();
      return bench;
    };
    const syncInChild = (host: string, statement: number, when: 'before' | 'after') =>
      startSync({ url, connection: 'tool', statement, when, allowed: host, token: Object.values(reference.secrets)[0] ?? '' }).output;
    const whole = await begin();
    const statements = Number(await syncInChild(whole.server.host, 0, 'before'));
    expect(statements).toBeGreaterThan(100);
    expect(await whole.stored()).toEqual(whole.truth());
    const expected = await coreHash(pool);
    const requests = whole.server.requests;
    await whole.end();
    const random = sequence(20_260_201);
    let resumed = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const statement = 1 + Math.floor(random() * statements);
      const bench = await begin();
      await expect(syncInChild(bench.server.host, statement, kill % 2 === 0 ? 'before' : 'after')).rejects.toMatchObject({
        signal: 'SIGKILL',
      });
      await sessionsEnded(pool);
      const before = bench.server.requests;
      const outcome = await bench.sync();
      expect({ statement, state: outcome.state, hash: await coreHash(pool) }).toEqual({ statement, state: 'complete', hash: expected });
      if (bench.server.requests - before < requests) resumed += 1;
      await bench.end();
    }
    expect(resumed).toBeGreaterThan(kills / 4);
    expect((await pool.query(`select distinct state from ingest.sync_run`)).rows).not.toContainEqual({ state: 'running' });
  },
);
