import { expect, test } from 'vitest';
import { keysetPages, type KeysetSource } from '#etl/incremental/keyset.js';

interface Row {
  id: string;
  at: string;
}

const at = (second: number) => new Date(Date.UTC(2026, 0, 5, 0, 0, second)).toISOString();
const row = (id: string, second: number): Row => ({ id, at: at(second) });

/** A list by time and id; `before` may change it before each request. */
function listOf(
  rows: Row[],
  pageSize: number,
  before: (request: number) => void = () => undefined,
): KeysetSource<Row> & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    pageSize,
    idOf: ({ id }) => id,
    atOf: (each) => each.at,
    fetch: async (from, offset) => {
      before(asked.length);
      asked.push(`${from === null ? 'start' : Date.parse(from) / 1_000 - Date.UTC(2026, 0, 5) / 1_000}+${offset}`);
      const sorted = rows.filter((each) => from === null || each.at >= from).sort((a, b) => (a.at + a.id < b.at + b.id ? -1 : 1));
      return { rows: sorted.slice(offset, offset + pageSize), sourceNow: null };
    },
  };
}

async function idsOf(source: KeysetSource<Row>, from: string | null = null): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of keysetPages(source, from, null)) ids.push(...page.rows.map(({ id }) => id));
  return ids;
}

test('begins each page at the last time of the one before', async () => {
  const source = listOf([row('a', 1), row('b', 2), row('c', 3), row('d', 4)], 2);
  expect(await idsOf(source)).toEqual(['a', 'b', 'c', 'd']);
  expect(source.asked).toEqual(['start+0', '2+0', '3+0', '4+0']);
});

test('goes through an instant that fills pages by offsets that overlap by one', async () => {
  const source = listOf(
    ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => row(id, 1)),
    3,
  );
  expect(new Set(await idsOf(source))).toEqual(new Set(['a', 'b', 'c', 'd', 'e', 'f']));
  expect(source.asked).toEqual(['start+0', '1+0', '1+2', '1+4']);
});

test('skips nothing where a row leaves the instant while it is paged', async () => {
  const rows = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => row(id, 1));
  const source = listOf(rows, 3, (request) => {
    if (request === 2) for (const moved of rows.slice(0, 3)) moved.at = at(9);
  });
  const ids = await idsOf(source);
  expect(new Set(ids)).toEqual(new Set(['a', 'b', 'c', 'd', 'e', 'f']));
});

test('goes on from a position as it would have without the break', async () => {
  const source = listOf([row('a', 1), row('b', 2), row('c', 3), row('d', 4)], 2);
  const first = (await keysetPages(source, null, null).next()).value as { position: never };
  const ids: string[] = [];
  for await (const page of keysetPages(source, null, first.position)) ids.push(...page.rows.map(({ id }) => id));
  expect(ids).toEqual(['b', 'c', 'd']);
});

test('gives up on a list that stays at the same page', async () => {
  const stuck: KeysetSource<Row> = { ...listOf([], 2), fetch: async () => ({ rows: [row('a', 1), row('b', 2)], sourceNow: null }) };
  await expect(idsOf(stuck)).rejects.toThrow('the cursor does not move');
});

test('takes an empty page for an end only where the tool says that nothing more is there', async () => {
  const rows = [row('a', 1), row('b', 2)];
  const source = listOf(rows, 5);
  const { fetch } = source;
  let isStale = true;
  source.fetch = async (from, offset) => {
    const page = await fetch(from, offset);
    if (!isStale) return { ...page, hasMore: false };
    isStale = false;
    return { ...page, rows: [], hasMore: true };
  };
  expect(await idsOf(source)).toEqual(['a', 'b']);

  source.fetch = async () => ({ rows: [], sourceNow: null, hasMore: true });
  await expect(idsOf(source)).rejects.toThrow('shows the same page from the start again and again');
});
