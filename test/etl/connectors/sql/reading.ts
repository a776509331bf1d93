import type { Context, Cursor, MappedRecord, Page, RawRecord } from '#etl/connector.js';
import { sqlConnector } from '#etl/connectors/sql/connector.js';
import { sqlConfigSchema, type SqlConfig } from '#etl/connectors/sql/payload.js';

export function contextWith(password: string, now = new Date()): Context {
  return { signal: new AbortController().signal, now: () => now, secret: () => Promise.resolve(password) };
}

/** An event log whose columns are item, at, status and changed, with the time of the change as the cursor. */
export function logConfig(address: string, query: string, more: object = {}): SqlConfig {
  return sqlConfigSchema.parse({
    address,
    query,
    cursor: { column: 'changed' },
    mapping: {
      rows: 'events',
      item: { id: 'item', type: { value: 'ticket' } },
      event: { id: 'id', at: 'at', status: 'status' },
      statuses: { Open: 'ours_active', Done: 'done' },
    },
    ...more,
  });
}

/** All pages from a cursor on. */
export async function readAll(config: SqlConfig, password: string, from: Cursor | null = null): Promise<Page[]> {
  const pages: Page[] = [];
  for await (const page of sqlConnector.read(config, 'rows', from, contextWith(password))) pages.push(page);
  return pages;
}

export function records(pages: readonly Page[]): RawRecord[] {
  return pages.flatMap((page) => page.records.flatMap((record) => ('unreadable' in record ? [] : [record])));
}

export function idsOf(pages: readonly Page[]): string[] {
  return records(pages).map((record) => record.externalId);
}

export function mapped(config: SqlConfig, pages: readonly Page[]): MappedRecord[] {
  return records(pages).map((record) => sqlConnector.map(config, 'rows', record));
}
