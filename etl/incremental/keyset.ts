import { SourceError, type Json } from '../connector.js';

export interface KeysetSource<Row> {
  /**
   * Rows with time of change at or after `from` (null: all), by time of change and then in any fixed order, leaving out the
   * first `offset`. A tool whose short page is not the last one says so by `hasMore`.
   */
  fetch(from: string | null, offset: number): Promise<{ rows: Row[]; sourceNow: string | null; hasMore?: boolean }>;
  idOf(row: Row): string;
  /** ISO, in the grain by which the tool can be asked. */
  atOf(row: Row): string;
  pageSize: number;
}

export interface KeysetPage<Row> {
  /** Without those that came in the pages before. */
  rows: Row[];
  position: Json;
  isLast: boolean;
  sourceNow: string | null;
}

interface Position {
  from: string | null;
  offset: number;
  /** Where one instant fills more than a page: rows of the page before, of which the next page must show one again, unmoved. */
  hinge: string[];
}

/** As often an instant is read anew because rows moved while it was paged. */
const mostRestarts = 20;

/** So many pages in a row without a row that is new, as caches and proxies show them, are borne. */
const mostBarren = 5;

/**
 * Pages by time of change instead of by offset: each page begins at the last time of the one before, so that rows which
 * move while paging are met again instead of skipped. Only within one instant that fills a page offsets are used, and
 * checked: where the page before does not reach into the next one, the instant is read anew.
 */
export async function* keysetPages<Row>(source: KeysetSource<Row>, from: string | null, position: Json): AsyncGenerator<KeysetPage<Row>> {
  let at: Position = (position as unknown as Position | null) ?? { from, offset: 0, hinge: [] };
  let seen = new Set<string>();
  let restarts = 0;
  let barren = 0;
  for (;;) {
    const page = await source.fetch(at.from, at.offset);
    const { rows } = page;
    if (at.hinge.length > 0 && !rows.some((row) => at.hinge.includes(keyOf(source, row)))) {
      restarts += 1;
      if (restarts > mostRestarts) throw unstable(at.from);
      at = { from: at.from, offset: 0, hinge: [] };
      continue;
    }
    // Said to have more and showing none is no end: a cache or a proxy gave the page of another time.
    if (rows.length === 0 && page.hasMore === true) {
      barren += 1;
      if (barren > mostBarren) throw stuck(at.from);
      continue;
    }
    const isLast = !(page.hasMore ?? rows.length >= source.pageSize) || rows.length === 0;
    const fresh = rows.filter((row) => !seen.has(keyOf(source, row)));
    barren = fresh.length === 0 ? barren + 1 : 0;
    if (barren > mostBarren && !isLast) throw stuck(at.from);
    const last = rows.reduce<string | null>((latest, row) => later(latest, source.atOf(row)), null) ?? at.from;
    const isSameInstant = at.from !== null && last !== null && Date.parse(last) === Date.parse(at.from);
    if (!isSameInstant) restarts = 0;
    const next: Position = isSameInstant
      ? { from: at.from, offset: at.offset + Math.max(1, rows.length - 1), hinge: rows.map((row) => keyOf(source, row)) }
      : { from: last, offset: 0, hinge: [] };
    if (isSameInstant && rows.length <= 1 && !isLast) throw unstable(at.from);
    seen = new Set(rows.map((row) => keyOf(source, row)));
    at = next;
    yield { rows: fresh, position: next as unknown as Json, isLast, sourceNow: page.sourceNow };
    if (isLast) return;
  }
}

function keyOf<Row>(source: KeysetSource<Row>, row: Row): string {
  return `${source.idOf(row)} ${source.atOf(row)}`;
}

function later(a: string | null, b: string): string {
  return a === null || Date.parse(b) > Date.parse(a) ? b : a;
}

function stuck(from: string | null): SourceError {
  return new SourceError(`The tool shows the same page from ${from ?? 'the start'} again and again; the cursor does not move.`);
}

function unstable(from: string | null): SourceError {
  return new SourceError(
    `More rows than fit a page carry the time ${from}, and the tool shows them in no fixed order; none of them may be skipped.`,
  );
}
