import { describe, expect, it } from 'vitest';
import type { Context, Cursor, Page, RawRecord } from '#etl/connector.js';
import { addConnection } from '#etl/connections.js';
import { sampleConnections, sampleConnector } from '#etl/connectors/sample/connector.js';
import { syncConnection } from '#etl/sync.js';
import { testDatabase } from '../../../support/database.js';

const config = { tool: 'crm' as const, seed: 'meridian', until: '2026-11-16' };
const context: Context = { signal: new AbortController().signal, now: () => new Date(0), secret: () => Promise.reject(new Error('none')) };
const { pool } = await testDatabase();

describe('the sample connector', () => {
  it('answers in pages of 500 and says when it is done', async () => {
    const pages = await read(null);
    expect(pages.map(({ records }) => records.length).slice(0, -1)).toEqual([500, 500, 500]);
    expect(pages.map(({ done }) => done)).toEqual([false, false, false, true]);
    expect(pages.at(-1)?.sourceNow).toBe('2026-11-15T23:00:00.000Z');
  });

  it('goes on where it stopped', async () => {
    const [first, second] = await read(null);
    const rest = await read(first?.next ?? null);
    expect(rest[0]).toEqual(second);
  });

  it('starts over when the end of the history has moved', async () => {
    const cursor = { v: 1, state: { seed: 'meridian', until: '2026-11-09', offset: 1_000 } };
    expect((await read(cursor))[0]?.records[0]).toEqual((await read(null))[0]?.records[0]);
  });

  it('refuses an end that is no Monday', () => {
    expect(() => sampleConnector.configSchema.parse({ ...config, until: '2026-11-17' })).toThrow(/must be a Monday/);
  });

  it('maps the same record to the same rows, and leaves it as it was', async () => {
    const record = (await read(null))[0]?.records[7] as RawRecord;
    const before = JSON.stringify(record);
    const rows = sampleConnector.map(config, 'items', record);
    expect(sampleConnector.map(config, 'items', JSON.parse(before) as RawRecord)).toEqual(rows);
    expect(JSON.stringify(record)).toBe(before);
  });

  it('refuses a record without its history, naming the field', () => {
    const record: RawRecord = { externalId: 'D-1', payload: { key: 'D-1' }, op: 'upsert' };
    expect(() => sampleConnector.map(config, 'items', record)).toThrow(/D-1.*changes/s);
  });

  it('loads with a balanced ledger, and a second sync changes nothing', async () => {
    const connections = sampleConnections('2026-11-16');
    expect(connections.map(({ name }) => name)).toEqual(['Sample CRM', 'Sample projects', 'Sample helpdesk']);
    for (const connection of connections) {
      await addConnection(pool, { ...connection, connector: 'sample', isSample: true });
      const { state, fetched, inserted, quarantined } = await syncConnection(pool, connection.name);
      expect({ state, inserted, quarantined }).toEqual({ state: 'complete', inserted: fetched, quarantined: 0 });
    }
    const before = await hashOfCore();
    for (const { name } of connections) {
      const { inserted, updated } = await syncConnection(pool, name);
      expect({ inserted, updated }).toEqual({ inserted: 0, updated: 0 });
    }
    expect(await hashOfCore()).toEqual(before);
  });

  it('loads every link with both its ends', async () => {
    const { rows } = await pool.query<{ links: number; broken: number }>(`
      select count(*)::int as links, count(*) filter (where other.item_id is null)::int as broken
      from core.link
      left join core.item other on other.item_id = link.other_item_id`);
    expect(rows[0]?.links).toBeGreaterThan(1_000);
    expect(rows[0]?.broken).toBe(0);
  });

  it('knows every person, team, customer and status by name', async () => {
    const { rows } = await pool.query<{ nameless: number; unmapped: number; customers: number }>(`
      select
        (select count(*)::int from core.person where name = external_id) as nameless,
        (select count(*)::int from core.status where meaning = 'unmapped') as unmapped,
        (select count(distinct name)::int from core.customer) as customers`);
    expect(rows[0]).toEqual({ nameless: 0, unmapped: 0, customers: 305 });
  });
});

async function read(from: Cursor | null): Promise<Page[]> {
  const pages: Page[] = [];
  for await (const page of sampleConnector.read(config, 'items', from, context)) pages.push(page);
  return pages;
}

async function hashOfCore(): Promise<unknown> {
  const { rows } = await pool.query(`
    select
      (select md5(string_agg(md5(event::text), '' order by event_id)) from core.event) as events,
      (select md5(string_agg(md5(message::text), '' order by event_id)) from core.message) as messages,
      (select md5(string_agg(md5(item::text), '' order by item_id)) from core.item) as items`);
  return rows[0];
}
