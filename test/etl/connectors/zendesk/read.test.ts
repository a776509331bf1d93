import { expect, test } from 'vitest';
import type { Page } from '#etl/connector.js';
import type { ExportPage } from '#etl/connectors/zendesk/client.js';
import { readExport, recordOf } from '#etl/connectors/zendesk/read.js';

const at = '2026-03-31T12:00:00Z';
const clock = async () => at;
const now = Date.parse(at) / 1000;
const day = 86_400;

/** An export of rows with these times, in pages of so many, by time as Zendesk gives it. */
function exportOf(times: readonly number[], pageSize: number) {
  const asked: number[] = [];
  return {
    asked,
    isByTime: true,
    timeOf: (row: { [key: string]: unknown }) => Number(row['timestamp']),
    records: async ({ rows }: ExportPage) => rows.map(recordOf),
    fetch: async (from: string | number): Promise<ExportPage> => {
      asked.push(Number(from));
      const rows = times.map((timestamp, id) => ({ id, timestamp })).filter(({ timestamp }) => timestamp >= Number(from));
      const page = rows.slice(0, pageSize);
      return { rows: page, next: page.at(-1)?.timestamp ?? Number(from), isLast: rows.length <= pageSize, at };
    },
  };
}

async function pagesOf(pages: AsyncIterable<Page>): Promise<{ ids: string[][]; last: Page | undefined }> {
  const read: Page[] = [];
  for await (const page of pages) read.push(page);
  return {
    ids: read.map(({ records }) => records.flatMap((record) => ('externalId' in record ? [record.externalId] : []))),
    last: read.at(-1),
  };
}

test('the last month is read first, then what is older, then what came meanwhile', async () => {
  const source = exportOf([now - 60 * day, now - 40 * day, now - 20 * day, now - 10 * day], 10);
  const { ids, last } = await pagesOf(readExport(source, null, clock));
  expect(ids).toEqual([['2', '3'], ['0', '1', '2', '3'], ['3']]);
  expect(last?.done).toBe(true);
  expect(source.asked).toEqual([now - 30 * day, 0, now - 10 * day]);
});

test('the next run begins five minutes before the last update, once a day a day before', async () => {
  const source = exportOf([now - 10 * day], 10);
  const { last } = await pagesOf(readExport(source, null, clock));
  source.asked.length = 0;
  const again = await pagesOf(readExport(source, last?.next ?? null, clock));
  expect(source.asked).toEqual([now - 10 * day - 300]);
  const state = { ...(again.last?.next.state as Record<string, number>), sweptAt: now - 2 * day };
  source.asked.length = 0;
  await pagesOf(readExport(source, { v: 1, state }, clock));
  expect(source.asked).toEqual([now - 11 * day]);
});

test('a second with more updates than a page ends the run, and none is skipped', async () => {
  const source = exportOf(
    Array.from({ length: 1_500 }, () => now - day),
    1_000,
  );
  await expect(pagesOf(readExport(source, null, clock))).rejects.toThrow('More than 1000 updates carry the second');
});
