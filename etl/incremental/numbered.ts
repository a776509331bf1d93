import { SourceError } from '../connector.js';

/** One page of a list whose pages have numbers, from 1 on. */
export interface NumberedPage<Row> {
  rows: Row[];
  hasMore: boolean;
  /** The tool's own clock, ISO. */
  at: string | null;
}

/**
 * Rows from `offset` on, for `keysetPages`, of a tool that knows page numbers alone: where the offset lies within a page, that
 * one and the next are asked for. A full page may have one after it, whatever its links say.
 */
export async function fromOffset<Row>(
  offset: number,
  pageSize: number,
  fetch: (page: number) => Promise<NumberedPage<Row>>,
): Promise<{ rows: Row[]; sourceNow: string | null; hasMore: boolean }> {
  const number = Math.floor(offset / pageSize) + 1;
  const skipped = offset % pageSize;
  const isFull = (page: NumberedPage<Row>) => page.hasMore || page.rows.length >= pageSize;
  const first = await fetch(number);
  const second = skipped > 0 && isFull(first) ? await fetch(number + 1) : null;
  return { rows: [...first.rows, ...(second?.rows ?? [])].slice(skipped), sourceNow: first.at, hasMore: isFull(second ?? first) };
}

/**
 * All pages of a list that knows page numbers alone, in order. `what` names tool and list for the error where a page comes again as the
 * next one: the list would have no end.
 */
export async function* numberedPages<Row>(
  what: { tool: string; list: string },
  keyOf: (row: Row) => string | number,
  fetch: (page: number) => Promise<NumberedPage<Row>>,
): AsyncGenerator<Row[]> {
  let before = '';
  for (let page = 1; ; page += 1) {
    const { rows, hasMore } = await fetch(page);
    const keys = rows.map(keyOf).join();
    if (hasMore && keys === before) throw new SourceError(`${what.tool} shows page ${page - 1} of ${what.list} again as page ${page}.`);
    before = keys;
    yield rows;
    if (!hasMore) return;
  }
}
