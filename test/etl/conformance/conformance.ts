import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { signals, type Json, type RawRecord } from '#etl/connector.js';
import type { SyncOutcome } from '#etl/sync.js';
import { testDatabase } from '../../support/database.js';
import type { ScriptedItem } from '../../support/scripted-source/history.js';
import { coreHash } from '../core-hash.js';
import { day, historyFor, hour, minute, setUp, type Bench } from './bench-of-one.js';
import { cases, type ConformanceCase, type Harness } from './harness.js';

/**
 * Proves a connector against a fake of its tool: one test a case, the same for all. Call it at the top of a test file.
 * A case is skipped only with a reason, which the printed table gives.
 */
export async function conformance(name: string, harness: Harness): Promise<void> {
  const { pool } = await testDatabase();
  const passed = new Set<ConformanceCase>();
  const open: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of open.splice(0)) await end();
  });
  afterAll(() => {
    const width = Math.max(...cases.map((each) => each.length));
    const lines = cases.map((each) => {
      const reason = harness.skips?.[each];
      return `  ${each.padEnd(width)}  ${reason !== undefined ? `skipped: ${reason}` : passed.has(each) ? 'ok' : 'FAILED'}`;
    });
    process.stdout.write(`${name}\n${lines.join('\n')}\n`);
  });

  const prove = (title: ConformanceCase, work: () => Promise<void>) => {
    test.skipIf(harness.skips?.[title] !== undefined)(title, async () => {
      await work();
      passed.add(title);
    });
  };
  /** A connection, ready; its fake ends with the test. */
  const begin = async (history?: ScriptedItem[]): Promise<Bench> => {
    const bench = await setUp(pool, harness, history);
    open.push(bench.end);
    await bench.connect();
    return bench;
  };
  const count = async (sql: string) => (await pool.query<{ n: number }>(`select count(*)::int as n ${sql}`)).rows[0]?.n ?? 0;
  const warningsOf = async () =>
    (await pool.query<{ code: string }>(`select jsonb_object_keys(warnings) as code from ingest.sync_run`)).rows.map(({ code }) => code);

  describe(`${name} conforms:`, () => {
    prove('check says what it may read, and refuses a wrong token', async () => {
      const bench = await begin();
      const good = await harness.connector.check(bench.config, bench.context());
      expect(good.ok).toBe(true);
      expect(good.findings.length).toBeGreaterThan(0);
      bench.server.secret = 'another-token-altogether';
      const bad = await harness.connector.check(bench.config, bench.context());
      expect(bad.ok).toBe(false);
      expect(bad.findings.join(' ')).toMatch(/credential|token|key|password|rights/i);
    });

    prove('discover gives every signal a fidelity, and every missing one a reason', async () => {
      const bench = await begin();
      const { capabilities, streams } = await harness.connector.discover(bench.config, bench.context());
      expect(streams.length).toBeGreaterThan(0);
      expect(Object.keys(capabilities).sort()).toEqual([...signals].sort());
      const unexplained = Object.entries(capabilities).filter(([, { fidelity, reason = '' }]) => fidelity !== 'full' && reason.length < 10);
      expect(unexplained).toEqual([]);
    });

    prove('a first read brings the whole history, a second one nothing', async () => {
      const bench = await begin();
      expect(await bench.sync()).toMatchObject({ state: 'complete', quarantined: 0 });
      expect(await bench.stored()).toEqual(bench.truth());
      const before = await coreHash(pool);
      bench.source.advance(15 * minute);
      expect(await bench.sync()).toMatchObject({ state: 'complete', inserted: 0, updated: 0, quarantined: 0 });
      expect(await coreHash(pool)).toBe(before);
    });

    prove('a read broken off after any page goes on to the same end', async () => {
      const whole = await begin();
      let pages = 0;
      await whole.sync({ onProgress: () => (pages += 1) });
      const expected = await coreHash(pool);
      expect(pages).toBeGreaterThan(2);
      for (let last = 1; last < pages; last += 1) {
        const bench = await begin();
        const stop = new AbortController();
        let n = 0;
        await bench.sync({ signal: stop.signal, onProgress: () => (n += 1) === last && stop.abort() });
        expect(await bench.sync()).toMatchObject({ state: 'complete' });
        expect({ last, hash: await coreHash(pool) }).toEqual({ last, hash: expected });
      }
    });

    prove('more items than a page with the same time are all read', async () => {
      const at = '2026-01-20T10:00:00.000Z';
      const history = historyFor(harness, { items: 40, events: 0 });
      for (const item of history.slice(5, 35)) Object.assign(item, { createdAt: at, visibleAt: at });
      const bench = await begin(history);
      expect(await bench.sync()).toMatchObject({ state: 'complete' });
      expect(await bench.stored()).toEqual(bench.truth());
      expect(await count('from core.item where deleted_at is null')).toBe(40);
    });

    prove('items that change while they are paged are all read', async () => {
      const history = historyFor(harness, { items: 40, events: 0 });
      // All at one time, where the tool can page within one.
      const apart = harness.skips?.['more items than a page with the same time are all read'] === undefined ? 0 : minute;
      history.slice(5, 35).forEach((item, index) => {
        const at = new Date(Date.parse('2026-01-20T10:00:00.000Z') + index * apart).toISOString();
        Object.assign(item, { createdAt: at, visibleAt: at });
      });
      const start = Date.parse('2026-02-01T00:00:00.000Z');
      history.slice(5, 20).forEach((item, index) => addChange(item, 6_000 + index, new Date(start + (index + 1) * minute).toISOString()));
      const bench = await begin(history);
      const from = bench.server.requests;
      bench.server.fault = (n) => {
        if (n - from > 2) bench.source.advance(minute / 2);
        return null;
      };
      expect(await bench.sync()).toMatchObject({ state: 'complete' });
      bench.server.fault = () => null;
      bench.source.advance(hour);
      expect(await bench.sync()).toMatchObject({ state: 'complete' });
      expect(await count('from core.item where deleted_at is null')).toBe(40);
      expect(await bench.stored()).toEqual(bench.truth());
    });

    prove('what the tool shows late is read by the next sync', async () => {
      const history = historyFor(harness, { seed: 3 });
      const late = historyFor(harness, { seed: 4, items: 1, events: 0 })[0] as ScriptedItem;
      Object.assign(late, { id: 900, createdAt: '2026-01-31T23:57:00.000Z', visibleAt: '2026-02-01T00:01:00.000Z' });
      const newest = { ...late, id: 901, createdAt: '2026-01-31T23:59:00.000Z', visibleAt: '2026-01-31T23:59:00.000Z' };
      const bench = await begin([...history, late, newest]);
      await bench.sync();
      expect(await bench.stored()).toEqual(bench.truth([...history, newest]));
      bench.source.advance(2 * minute);
      await bench.sync();
      expect(await bench.stored()).toEqual(bench.truth());
    });

    for (const paging of ['shuffled', 'repeated'] as const) {
      prove(`${paging} pages end in the same history`, async () => {
        const bench = await begin();
        bench.source.paging = paging;
        expect(await bench.sync()).toMatchObject({ state: 'complete' });
        bench.source.advance(minute);
        await bench.sync();
        expect(await bench.stored()).toEqual(bench.truth());
      });
    }

    prove('a 429 is waited for, in five spellings', async () => {
      const bench = await begin();
      const inAMinute = new Date(Date.parse(bench.source.now) + minute);
      const spellings: Record<string, string>[] = [
        { 'retry-after': '30' },
        { 'retry-after': inAMinute.toUTCString() },
        { 'x-ratelimit-reset': String(Math.floor(inAMinute.getTime() / 1_000)) },
        { 'retry-after': '-1' },
        {},
      ];
      const from = bench.server.requests;
      bench.server.fault = (n) => {
        const headers = (n - from) % 2 === 1 ? spellings[(n - from - 1) / 2] : undefined;
        return headers ? { kind: 'status', status: 429, headers } : null;
      };
      expect(await bench.sync()).toMatchObject({ state: 'complete' });
      expect(await bench.stored()).toEqual(bench.truth());
      expect(bench.network.lines.filter(({ status }) => status === 429).length).toBe(5);
      expect(Math.max(...bench.network.waits)).toBeLessThanOrEqual(61_000);
    });

    prove('a server that fails now and then loses nothing', async () => {
      const bench = await begin();
      bench.server.fault = (n) => (n % 3 === 0 ? { kind: 'status', status: [500, 502, 503, 504][n % 4] ?? 500 } : null);
      expect(await bench.sync()).toMatchObject({ state: 'complete' });
      expect(await bench.stored()).toEqual(bench.truth());
    });

    for (const [title, faults] of [
      ['a stalled answer is asked for again', ['stall']],
      ['a body cut off is asked for again', ['cut', 'half']],
    ] as const) {
      prove(title, async () => {
        const bench = await begin();
        if (faults.includes('stall' as never)) bench.stallsAfter(150);
        const from = bench.server.requests;
        bench.server.fault = (n) => {
          const kind = faults[((n - from - 2) / 5) % faults.length];
          return (n - from) % 5 === 2 && n - from < 20 && kind ? { kind } : null;
        };
        expect(await bench.sync()).toMatchObject({ state: 'complete' });
        expect(await bench.stored()).toEqual(bench.truth());
        expect(bench.network.lines.some(({ failure }) => failure !== undefined) || faults.includes('half' as never)).toBe(true);
      });
    }

    prove('a log-in page with status 200 ends the run and moves nothing', async () => {
      const bench = await begin();
      const from = bench.server.requests;
      bench.server.fault = (n) => (n - from > 4 ? { kind: 'login' } : null);
      expect(await failureOf(bench.sync())).toMatch(/text\/html where JSON was expected/);
      expect(await count('from ingest.connection where as_of_at is not null')).toBe(0);
      bench.server.fault = () => null;
      expect(await bench.sync()).toMatchObject({ state: 'complete' });
      expect(await bench.stored()).toEqual(bench.truth());
    });

    prove('a token that expires in mid-run ends the run, and a new one goes on', async () => {
      const bench = await begin();
      const from = bench.server.requests;
      bench.server.fault = (n) => (n - from > 4 ? { kind: 'status', status: 401 } : null);
      for (let failure = 0; failure < 3; failure += 1) await expect(bench.sync()).rejects.toThrow('give new ones');
      expect((await pool.query('select state from ingest.connection')).rows).toEqual([{ state: 'needs_auth' }]);
      const asked = bench.server.requests;
      await expect(bench.sync({ isScheduled: true })).rejects.toThrow('its credentials are refused');
      expect(bench.server.requests).toBe(asked);
      bench.server.fault = () => null;
      expect(await bench.sync()).toMatchObject({ state: 'complete' });
      expect((await pool.query('select state from ingest.connection')).rows).toEqual([{ state: 'active' }]);
      expect(await bench.stored()).toEqual(bench.truth());
    });

    prove('an event of an unknown type is counted, the rest is read', async () => {
      const history = historyFor(harness);
      addEvent(history[3], { kind: 'unknown' });
      const bench = await begin(history);
      expect(await bench.sync()).toMatchObject({ state: 'complete', quarantined: 0 });
      expect(await bench.stored()).toEqual(bench.truth());
      const code = harness.unknownWarning ?? 'unknown_kind';
      expect((await warningsOf()).filter((warning) => warning.startsWith(code)).length).toBeGreaterThan(0);
    });

    prove('a field of a new type harms its record alone', async () => {
      const history = historyFor(harness);
      addEvent(history[3], { kind: 'odd' });
      const bench = await begin(history);
      const outcome = await bench.sync();
      expect(outcome.state).toBe('complete');
      const isTold = outcome.quarantined > 0 || Object.keys(outcome.warnings).length > 0;
      expect(isTold).toBe(true);
      const id = `${harness.ids?.item?.(4) ?? '4'} `;
      const others = (lines: string[]) => lines.filter((line) => !line.startsWith(id));
      expect(others(await bench.stored())).toEqual(others(bench.truth()));
    });

    prove('a deleted item is marked, its story stays', async () => {
      const bench = await begin();
      await bench.sync({ census: 'always' });
      bench.source.delete(2);
      for (let again = 0; again < 2; again += 1) {
        bench.source.advance(day);
        await bench.sync({ census: 'always' });
      }
      const deleted = await pool.query<{ id: string }>('select external_id as id from core.item where deleted_at is not null');
      expect(deleted.rows).toEqual([{ id: harness.ids?.item?.(2) ?? '2' }]);
      expect(await bench.stored()).toEqual(bench.truth());
    });

    prove('lost access is no deletion', async () => {
      const bench = await begin();
      await bench.sync({ census: 'always' });
      bench.source.hide(2, 3);
      const warnings: Record<string, number> = {};
      for (let again = 0; again < 3; again += 1) {
        bench.source.advance(day);
        Object.assign(warnings, (await bench.sync({ census: 'always' })).warnings);
      }
      bench.source.hide(...Array.from({ length: 15 }, (_, n) => n + 4));
      bench.source.advance(day);
      Object.assign(warnings, (await bench.sync({ census: 'always' })).warnings);
      expect(await count('from core.item where deleted_at is not null')).toBe(0);
      expect(await bench.stored()).toEqual(bench.truth());
      if (harness.deletes === 'census') expect(warnings).toMatchObject({ hidden_item: 2, census_held: 17 });
    });

    prove('every zone of the account from −12 to +14 gives the same history', async () => {
      const few = () => begin(historyFor(harness, { items: 9 }));
      const bench = await few();
      await bench.sync();
      const expected = await coreHash(pool);
      const odd = [-9.5, 4.5, 5.75];
      const whole = Array.from({ length: 27 }, (_, hours) => hours - 12);
      for (const zone of harness.hasAccountZone ? [...whole, ...odd] : [-12, -3, 14, ...odd]) {
        const other = await few();
        other.source.zoneMinutes = zone * 60;
        const half = new Date(Date.parse(other.source.now) - 12 * day).toISOString();
        const end = other.source.now;
        other.source.now = half;
        await other.sync();
        other.source.now = end;
        await other.sync();
        expect({ zone, hash: await coreHash(pool) }).toEqual({ zone, hash: expected });
      }
    });

    prove('our clock a day off gives the same history', async () => {
      for (const off of [-day, day]) {
        const bench = await begin();
        const end = bench.source.now;
        const now = () => new Date(Date.parse(bench.source.now) + off);
        bench.source.now = new Date(Date.parse(end) - 12 * day).toISOString();
        await bench.sync({ now });
        bench.source.now = end;
        expect(await bench.sync({ now })).toMatchObject({ state: 'complete' });
        expect(await bench.stored()).toEqual(bench.truth());
      }
    });

    prove('a cursor that does not move ends the run', async () => {
      const bench = await begin();
      bench.source.paging = 'stuck';
      const from = bench.server.requests;
      expect(await failureOf(bench.sync())).toMatch(/does not move|again and again|no fixed order/);
      expect(bench.server.requests - from).toBeLessThan(500);
    });

    prove('no secret is in a log line, an error or a stored record', async () => {
      const bench = await begin();
      const seen: string[] = [];
      await bench.sync();
      bench.source.advance(hour);
      for (const status of [400, 401, 403, 500]) {
        bench.server.fault = () => ({ kind: 'status', status });
        seen.push(await failureOf(bench.sync()));
      }
      seen.push(...bench.network.lines.map((line) => JSON.stringify(line)));
      for (const table of [
        'ingest.raw_record',
        'ingest.sync_run',
        'ingest.connection',
        'ingest.checkpoint',
        'ingest.quarantine',
        'ingest.secret',
      ]) {
        seen.push(...(await pool.query<{ line: string }>(`select t::text as line from ${table} t`)).rows.map(({ line }) => line));
      }
      const text = seen.join('\n');
      for (const secret of Object.values(harness.secrets).filter(({ length }) => length > 12)) {
        for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) expect(text).not.toContain(form);
      }
    });

    prove('the same record is mapped alike every time', async () => {
      const bench = await begin();
      await bench.sync();
      const { rows } = await pool.query<{ stream: string; externalId: string; op: RawRecord['op']; payload: string }>(
        `select stream, external_id as "externalId", op, payload::text as payload from ingest.raw_record where op = 'upsert'`,
      );
      expect(rows.length).toBeGreaterThan(0);
      for (const { stream, externalId, op, payload } of rows) {
        const map = () =>
          JSON.stringify(harness.connector.map(bench.config, stream, { externalId, op, payload: JSON.parse(payload) as Json }));
        expect(map()).toBe(map());
      }
    });
  });
}

/** A move of the status to the next one. */
function addChange(item: ScriptedItem, id: number, at: string): void {
  item.events.push({ id, at, visibleAt: at, actor: 11, kind: 'change', field: 'status', from: item.initial.status, to: 'In Progress' });
}

/** One more event, last of its item, so that the others keep their numbers. */
function addEvent(item: ScriptedItem | undefined, told: { kind: 'unknown' | 'odd' }): void {
  if (!item) throw new Error('The history has no such item.');
  const at = '2026-01-30T12:00:00.000Z';
  item.events.push({ id: 5_000, at, visibleAt: at, actor: 11, ...told });
}

/** What a sync says went wrong, of some streams or of all, with its cause; empty where nothing did. */
function failureOf(sync: Promise<SyncOutcome>): Promise<string> {
  return sync.then(
    ({ failures }) => failures.map(({ message }) => message).join('\n'),
    (error: unknown) => `${String(error)}\n${String((error as Error).cause)}`,
  );
}
