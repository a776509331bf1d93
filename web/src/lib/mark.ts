import { addDays, askedOf, withQuery, writeChoice, type Choice, type ReadableQuery, type Reader } from './address.js';

/**
 * A mark in the address: what the reader chose stays as it is, so the way back is the same board; what the mark adds has names of
 * its own. `mark-grain`, `mark-by` and `mark-type` stand where the chart did not follow the reader's choice.
 */
const names = { grain: 'mark-grain', by: 'mark-by', bucket: 'bucket', segment: 'segment', part: 'part', type: 'mark-type' } as const;

/** Where a mark leads: to the story of the item it stands for, or to the list behind it. */
export function markAddress(board: string, choice: Choice, row: Record<string, unknown>): string {
  return typeof row.item === 'string' ? `/items/${encodeURIComponent(row.item)}` : itemsAddress(board, choice, row);
}

/** Address of the list behind a mark of a board. */
export function itemsAddress(board: string, choice: Choice, row: Record<string, unknown>): string {
  const query = writeChoice(choice);
  query.set('metric', String(row.metric));
  const mark = new URLSearchParams(String(row.items));
  for (const [name, inAddress] of Object.entries(names)) {
    const value = mark.get(name);
    if (value !== null) query.set(inAddress, value);
  }
  return withQuery(`/boards/${encodeURIComponent(board)}/items`, query);
}

/** The list's question to the API. */
export function askedItems(address: ReadableQuery, choice: Choice, reader: Reader): URLSearchParams {
  const query = askedOf(choice, reader);
  query.delete('by');
  for (const [name, inAddress] of Object.entries(names)) {
    const value = address.get(inAddress);
    if (value !== null) query.set(name, value);
  }
  // A day is asked for alone: a long window has more of them than the server counts at once.
  const bucket = query.get('bucket');
  if (query.get('grain') === 'day' && bucket !== null && /^\d{4}-\d{2}-\d{2}$/.test(bucket)) {
    query.set('from', bucket);
    query.set('to', addDays(bucket, 1));
  }
  return query;
}

/** A portion of the list that a question asks for. */
export function portionOf(question: string, offset: number, limit: number): URLSearchParams {
  const query = new URLSearchParams(question);
  query.set('offset', String(offset));
  query.set('limit', String(limit));
  return query;
}

/** The same list in another order. */
export function inOrder(address: ReadableQuery, sort: string, isDescending: boolean): URLSearchParams {
  const query = new URLSearchParams(address.toString());
  query.set('sort', sort);
  query.set('order', isDescending ? 'desc' : 'asc');
  return query;
}
