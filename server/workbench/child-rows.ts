import type { ChildAnswer } from './child-messages.js';
import type { Wire } from './wire.js';

/** Where the rows of a query go. */
export interface RowsOut {
  /** A row as it came: the number of fields, then length and bytes of each. */
  row: (from: Buffer, start: number, end: number) => void;
  /** What was asked for at once has come. */
  pause: () => void;
  /** All have come, or as many as may. Gives the bytes of the file; rejects where it could not be written. */
  end: (isWhole: boolean) => Promise<number>;
  /** The parent has taken a message: there is room for another one. */
  heed: () => void;
}

/** Enough to be worth a message, few enough to wait in memory. */
const messageBytes = 1_000_000;
const mostUnread = 4;

/** Tells the parent of rows as they come. */
export function rowMessages(wire: Wire, tell: (answer: ChildAnswer) => void): RowsOut {
  let rows: Buffer[] = [];
  let bytes = 0;
  let unread = 0;
  const flush = (): void => {
    if (rows.length === 0) return;
    tell({ kind: 'rows', count: rows.length, rows: Buffer.concat(rows, bytes) });
    rows = [];
    bytes = 0;
    unread += 1;
    if (unread >= mostUnread) wire.pause();
  };
  return {
    row(from, start, end) {
      rows.push(from.subarray(start, end));
      bytes += end - start;
      if (bytes >= messageBytes) flush();
    },
    pause: flush,
    end() {
      flush();
      return Promise.resolve(0);
    },
    heed() {
      unread -= 1;
      if (unread < mostUnread) wire.resume();
    },
  };
}
