import { once } from 'node:events';
import { Socket } from 'node:net';
import type { ColumnBatch } from '../exports/column-batch.js';
import { fileBytes } from '../exports/formats.js';
import { RowTaker } from '../exports/row-taker.js';
import type { ChildColumn, ChildJob } from './child-messages.js';
import type { RowsOut } from './child-rows.js';
import { queryColumns } from './query-columns.js';
import type { Wire } from './wire.js';

/** Of the way that the bytes of files go, beside that of messages. */
export const fileDescriptor = 4;

/** Batches that wait to be written; there is no reading on while there are more. */
const mostWaiting = 2;

let way: Socket | null = null;

/** Writes the rows to a file, whose bytes go to the parent as it takes them. A writer that fails ends the connection. */
export function rowFile(wire: Wire, told: readonly ChildColumn[], { format, isRaw }: NonNullable<ChildJob['file']>): RowsOut {
  const columns = queryColumns(told);
  const rows = new RowTaker(columns);
  const waiting = new Waiting(wire);
  let written = 0;
  const write = async (): Promise<void> => {
    way ??= new Socket({ fd: fileDescriptor, readable: false, writable: true });
    for await (const bytes of fileBytes(format, {}, columns, waiting, isRaw)) {
      written += bytes.length;
      if (!way.write(bytes)) await once(way, 'drain');
    }
  };
  const writing = write();
  writing.catch((error: unknown) => wire.fail(error));
  let isEmpty = true;
  const put = (): void => {
    isEmpty = false;
    waiting.put(rows.batch());
  };
  return {
    row(from, start) {
      rows.take(from, start);
      if (rows.isFull) put();
    },
    pause: () => undefined,
    async end(isWhole) {
      // Half an answer is no file: the parent ends this process.
      if (!isWhole) return 0;
      // At least one batch, so that a file without rows has its columns.
      if (isEmpty || !rows.isEmpty) put();
      waiting.end();
      await writing;
      return written;
    },
    heed: () => undefined,
  };
}

/** Batches in their order, as they are taken. */
class Waiting implements AsyncIterable<ColumnBatch> {
  private readonly wire: Wire;
  private readonly batches: ColumnBatch[] = [];
  private isEnded = false;
  private wake: (() => void) | null = null;

  constructor(wire: Wire) {
    this.wire = wire;
  }

  put(batch: ColumnBatch): void {
    this.batches.push(batch);
    if (this.batches.length >= mostWaiting) this.wire.pause();
    this.wake?.();
  }

  end(): void {
    this.isEnded = true;
    this.wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ColumnBatch> {
    for (;;) {
      const batch = this.batches.shift();
      if (batch) {
        if (this.batches.length < mostWaiting) this.wire.resume();
        yield batch;
      } else if (this.isEnded) return;
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}
