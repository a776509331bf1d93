import { expect, test } from 'vitest';
import type { Cursor, Page } from '#etl/connector.js';
import { readRecentFirst, type RecentFirstSource } from '#etl/incremental/recent-first.js';
import type { WindowRules } from '#etl/incremental/window.js';

const rules: WindowRules = { grain: 's', overlapMs: 300_000, lagMs: 0 };
const now = '2026-03-31T12:00:00.000Z';

interface Row {
  day: number;
  at: string;
}

/** A tool with rows of these days of March and, below zero, of the days before it; one row a page. */
function toolOf(days: number[], clock: string | null): RecentFirstSource<Row> {
  const rows = days.map((day): Row => ({ day, at: new Date(Date.UTC(2026, 2, day)).toISOString() }));
  return {
    rules,
    clock: async () => clock,
    atOf: ({ at }) => at,
    changed: async function* (from, position) {
      const found = rows.filter(({ at }) => from === null || at >= from);
      const start = typeof position === 'number' ? position : 0;
      if (found.length === 0) yield { rows: [], position: 0, isLast: true, sourceNow: now };
      for (const [index, row] of found.entries()) {
        if (index >= start) yield { rows: [row], position: index + 1, isLast: index === found.length - 1, sourceNow: now };
      }
    },
    recordsOf: async (asked) => ({
      records: asked.map(({ day, at }) => ({ at, record: { externalId: String(day), payload: null, op: 'upsert' } })),
      warnings: [],
    }),
  };
}

async function read(days: number[], from: Cursor | null, most = Infinity, clock: string | null = now): Promise<Page[]> {
  const pages: Page[] = [];
  for await (const page of readRecentFirst(toolOf(days, clock), from)) {
    pages.push(page);
    if (pages.length >= most) break;
  }
  return pages;
}

const ids = (pages: readonly Page[]) =>
  pages.flatMap(({ records }) => records.map((record) => ('externalId' in record ? record.externalId : '')));

test('the last month comes first, then the past, then what changed meanwhile', async () => {
  const pages = await read([-40, -20, 5, 20], null);
  expect(ids(pages)).toEqual(['5', '20', '-40', '-20', '5']);
  expect(pages.map(({ done }) => done)).toEqual([false, false, false, false, false, true]);
});

test('a first reading broken off after any page goes on where it stood', async () => {
  const whole = ids(await read([-40, -20, 5, 20], null));
  for (let most = 1; most < 6; most += 1) {
    const part = await read([-40, -20, 5, 20], null, most);
    const rest = await read([-40, -20, 5, 20], part.at(-1)?.next ?? null);
    expect([...ids(part), ...ids(rest)]).toEqual(whole);
  }
});

test('the next run reads what changed since', async () => {
  const cursor = (await read([-40, 5, 20], null)).at(-1)?.next ?? null;
  expect(ids(await read([-40, 5, 20, 32], cursor))).toEqual(['32']);
});

test('a tool without a clock is read whole', async () => {
  expect([...new Set(ids(await read([-40, 5], null, Infinity, null)))]).toEqual(['-40', '5']);
});
